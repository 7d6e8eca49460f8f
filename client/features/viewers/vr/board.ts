import { Group, Matrix4, type Object3D, Vector3 } from 'three';
import { inFront, type Plate, plateOf, releasePlate, sheetOf, type } from './plate.ts';

/** Metres. */
const [breadth, height, gap] = [0.2, 0.075, 0.012];
const columns = 2;
const [width, tall] = [448, 168];
/** Where it hangs from the eyes: within reach, but beside the way of rays to what one looks at. */
const [ahead, left, below] = [0.5, 0.4, 0.45];
/** Farther away than this it is brought along. */
const leash = 1.1;
/** Who sits down or stands up by more than this has it brought along, too. */
const stoop = 0.3;

export interface BoardButton {
  readonly key: string;
  /** What it does now, and a word beneath it; undefined while there is nothing for it to do: then its place is empty. */
  says: () => readonly [string, (string | undefined)?] | undefined;
  press: () => void;
}

interface Drawn {
  given: BoardButton;
  plate: Plate;
  said: string;
}

/** Buttons that float in front of a visitor, and come along with them. */
export class Board {
  readonly group = new Group();
  readonly #buttons: Drawn[];
  readonly #away = new Matrix4();
  #pointed = -1;
  #isPlaced = false;

  constructor(buttons: readonly BoardButton[]) {
    this.#buttons = buttons.map((given) => ({ given, plate: draw(given), said: saidBy(given) }));
    this.#arrange();
  }

  #arrange(): void {
    const rows = Math.ceil(this.#buttons.length / columns);
    for (const [at, { plate }] of this.#buttons.entries()) {
      const [column, row] = [at % columns, Math.floor(at / columns)];
      plate.position.set(
        (column - (columns - 1) / 2) * (breadth + gap),
        ((rows - 1) / 2 - row) * (height + gap),
        0,
      );
      this.group.add(plate);
    }
  }

  /** After how many metres a ray meets a button, which is then the one to be pressed. */
  under(from: Vector3, along: Vector3): number | undefined {
    this.#away.copy(this.group.matrixWorld).invert();
    start.copy(from).applyMatrix4(this.#away);
    way.copy(along).transformDirection(this.#away);
    if (way.z >= -0.01 || start.z <= 0) return undefined;
    const distance = -start.z / way.z;
    start.addScaledVector(way, distance);
    for (let at = 0; at < this.#buttons.length; at++) {
      const { position, visible } = (this.#buttons[at] as Drawn).plate;
      if (!visible) continue;
      if (Math.abs(start.x - position.x) > (breadth + gap) / 2) continue;
      if (Math.abs(start.y - position.y) > (height + gap) / 2) continue;
      this.#pointed = at;
      return distance;
    }
    return undefined;
  }

  forget(): void {
    this.#pointed = -1;
  }

  press(): boolean {
    const button = this.#buttons[this.#pointed];
    button?.given.press();
    if (button) this.say();
    return button !== undefined;
  }

  /** Writes anew what says something else than before. */
  say(): void {
    for (const button of this.#buttons) {
      const said = saidBy(button.given);
      if (said === button.said) continue;
      button.said = said;
      releasePlate(button.plate);
      button.plate = draw(button.given);
    }
    this.#arrange();
  }

  /** @param view where somebody looks, in the room */
  onFrame(eyes: Vector3, view: Vector3): void {
    for (let at = 0; at < this.#buttons.length; at++)
      this.#buttons[at]?.plate.scale.setScalar(at === this.#pointed ? 1.06 : 1);
    const { parent } = this.group;
    if (!parent) return;
    parent.worldToLocal(start.copy(eyes));
    const drop = start.y - this.group.position.y;
    way.subVectors(this.group.position, start).setY(0);
    const isNear = way.length() < leash && Math.abs(drop - below) < stoop;
    if (this.#isPlaced && isNear && !isBehind(parent, way, view)) return;
    this.#isPlaced = true;
    this.#place(parent, view);
  }

  #place(parent: Object3D, view: Vector3): void {
    this.#away.copy(parent.matrixWorld).invert();
    way.copy(view).transformDirection(this.#away).setY(0).normalize();
    const { position, rotation } = this.group;
    position.copy(start).addScaledVector(way, ahead);
    position.x += left * way.z;
    position.z -= left * way.x;
    // Leans back, so that it is looked at squarely.
    const turn = Math.atan2(start.x - position.x, start.z - position.z);
    rotation.set(-Math.atan2(below, Math.hypot(ahead, left)), turn, 0, 'YXZ');
    position.y -= below;
  }

  dispose(): void {
    for (const { plate } of this.#buttons) releasePlate(plate);
  }
}

const [start, way, seen] = [new Vector3(), new Vector3(), new Vector3()];

/** Whether somebody has turned their back on it. */
function isBehind(parent: Object3D, towards: Vector3, view: Vector3): boolean {
  seen.copy(towards).transformDirection(parent.matrixWorld);
  return seen.x * view.x + seen.z * view.z < -0.3;
}

const saidBy = ({ says }: BoardButton): string => (says() ?? []).join('\n');

function draw({ says }: BoardButton): Plate {
  const said = says();
  const [name, detail] = said ?? [''];
  const { canvas, pen } = sheetOf(width, tall);
  if (pen) {
    pen.fillStyle = '#1f1d1b';
    pen.strokeStyle = '#4fb3c8';
    pen.lineWidth = 6;
    pen.roundRect(4, 4, width - 8, tall - 8, 32);
    pen.fill();
    pen.stroke();
    pen.textAlign = 'center';
    pen.fillStyle = '#fff';
    pen.font = type(52, 600);
    pen.fillText(name, width / 2, detail ? 62 : tall / 2, width - 40);
    pen.fillStyle = '#b9d9e0';
    pen.font = type(38);
    if (detail) pen.fillText(detail, width / 2, 118, width - 40);
  }
  const plate = inFront(plateOf(canvas, breadth), 20);
  plate.visible = said !== undefined;
  return plate;
}
