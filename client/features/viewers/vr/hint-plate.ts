import { CanvasTexture, Mesh, MeshBasicMaterial, PlaneGeometry, SRGBColorSpace } from 'three';

const [width, lineHeight, margin] = [1024, 84, 48];
/** Metres. */
const breadth = 0.9;
/** Seconds for which it is there to be read. */
const patience = 20;

/** A plate with a few lines that tell what the buttons do; it goes by itself. */
export class HintPlate {
  readonly mesh: Mesh<PlaneGeometry, MeshBasicMaterial>;
  #left = patience;

  constructor(lines: readonly string[]) {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = lines.length * lineHeight + 2 * margin;
    const pen = canvas.getContext('2d');
    if (pen) {
      pen.fillStyle = '#1f1d1b';
      pen.roundRect(0, 0, width, canvas.height, 40);
      pen.fill();
      pen.fillStyle = '#fff';
      pen.font = '44px system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif';
      pen.textBaseline = 'middle';
      for (const [at, line] of lines.entries())
        pen.fillText(line, margin, margin + (at + 0.5) * lineHeight, width - 2 * margin);
    }
    const map = new CanvasTexture(canvas);
    map.colorSpace = SRGBColorSpace;
    this.mesh = new Mesh(
      new PlaneGeometry(breadth, (breadth * canvas.height) / width),
      new MeshBasicMaterial({ map, transparent: true, toneMapped: false }),
    );
  }

  onFrame(seconds: number): void {
    this.#left -= seconds;
    if (this.#left <= 0) this.mesh.visible = false;
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.map?.dispose();
    this.mesh.material.dispose();
  }
}
