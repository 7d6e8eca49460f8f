import { darkSheetOf, type Plate, plateOf, releasePlate, type } from './plate.ts';

const [width, lineHeight, margin] = [1024, 84, 48];
/** Metres. */
const breadth = 0.9;
/** Seconds for which it is there to be read. */
const patience = 20;

/** A plate with a few lines that tell what the buttons do; it goes by itself. */
export class HintPlate {
  readonly mesh: Plate;
  #left = patience;

  constructor(lines: readonly string[]) {
    const { canvas, pen } = darkSheetOf(width, lines.length * lineHeight + 2 * margin, 40);
    if (pen) {
      pen.font = type(44);
      for (const [at, line] of lines.entries())
        pen.fillText(line, margin, margin + (at + 0.5) * lineHeight, width - 2 * margin);
    }
    this.mesh = plateOf(canvas, breadth);
  }

  onFrame(seconds: number): void {
    this.#left -= seconds;
    if (this.#left <= 0) this.mesh.visible = false;
  }

  dispose(): void {
    releasePlate(this.mesh);
  }
}
