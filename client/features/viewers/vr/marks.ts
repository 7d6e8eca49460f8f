import { Group, Vector3 as Vector, type Vector3, type Vector3Like } from 'three';
import { readImage } from '../sphere/ball.ts';
import { darkSheetOf, inFront, type Plate, plateOf, releasePlate, sheetOf, type } from './plate.ts';
import { type Written, wordsPlate } from './words-plate.ts';

/** Metres a mark is wide, for each metre that it is away: it looks as large from everywhere. */
const share = 0.045;
const [least, most] = [0.02, 0.3];
/** A ray that passes this near hits, in breadths of a mark: hands tremble. */
const catches = 0.75;
const far = 0.3;
/** Metres for which words are written; from farther away they are larger, and nearer than this no smaller than half. */
const reading = 1.2;
/** Pixels; no more of a picture is seen on its plate. */
const widestPicture = 1024;

/** Where a label stands, and which way it looks. */
export interface Spot {
  readonly position: Vector3Like;
  readonly normal: Vector3Like;
  /** What is written beside its number, of a label that leads elsewhere. */
  readonly leads?: string | undefined;
}

interface Words extends Written {
  /** Address of a picture, which comes when it has been fetched. */
  image?: string | undefined;
}

interface Mark {
  plate: Plate;
  chosen: Plate;
  normal: Vector3;
  isFacing: boolean;
}

/** Numbers at the places of labels, and the words of the one that was chosen. */
export class Marks {
  readonly group = new Group();
  readonly #marks: readonly Mark[];
  #written: Written = { title: '', text: '', more: [] };
  #words: Plate | undefined;
  #at: number | undefined;
  #pointed: number | undefined;
  /** Counts what was chosen: a picture may come when its words have gone. */
  #choices = 0;

  constructor(spots: readonly Spot[]) {
    this.#marks = spots.map(({ position, normal, leads }, at) => {
      const [plate, chosen] = [numberPlate(at + 1, false), numberPlate(at + 1, true)];
      if (leads !== undefined) for (const one of [plate, chosen]) one.add(namePlate(leads));
      for (const one of [plate, chosen]) one.position.set(position.x, position.y, position.z);
      chosen.visible = false;
      this.group.add(plate, chosen);
      return { plate, chosen, normal: new Vector(normal.x, normal.y, normal.z), isFacing: true };
    });
  }

  /** Shows the words of one. */
  choose(at: number, words: Words): void {
    this.#at = at;
    this.#write(words);
    const { image } = words;
    const choice = ++this.#choices;
    if (image === undefined) return;
    readImage(image, widestPicture).then(
      (picture) => choice === this.#choices && this.#write({ ...this.#written, picture }),
      () => {}, // the words are there, and the page beside tells of the picture
    );
  }

  /** Says more beneath the words that are shown. */
  add(more: string): void {
    this.#write({ ...this.#written, more: [...this.#written.more, more] });
  }

  #write(written: Written): void {
    this.#written = written;
    if (this.#words) releasePlate(this.#words);
    this.#words = wordsPlate(written);
    this.group.add(this.#words);
  }

  /** Which mark a ray meets, and after how many metres. */
  under(from: Vector3, along: Vector3): { at: number; distance: number } | undefined {
    if (!this.group.visible) return undefined;
    found.at = -1;
    found.distance = Number.POSITIVE_INFINITY;
    for (let at = 0; at < this.#marks.length; at++) {
      const { plate, isFacing } = this.#marks[at] as Mark;
      if (!isFacing && at !== this.#at) continue;
      way.setFromMatrixPosition(plate.matrixWorld).sub(from);
      const distance = way.dot(along);
      if (distance <= 0 || distance >= found.distance) continue;
      const beside = Math.sqrt(Math.max(0, way.lengthSq() - distance * distance));
      if (beside > plate.scale.x * catches) continue;
      found.at = at;
      found.distance = distance;
    }
    return found.at === -1 ? undefined : found;
  }

  /** Tells which one is pointed at. */
  point(at: number | undefined): void {
    this.#pointed = at;
  }

  /** All look at the visitor; what is on the far side is faint. */
  onFrame(eyes: Vector3): void {
    this.group.worldToLocal(here.copy(eyes));
    for (let at = 0; at < this.#marks.length; at++) {
      const mark = this.#marks[at] as Mark;
      const { plate, chosen, normal } = mark;
      const isChosen = at === this.#at;
      way.subVectors(here, plate.position);
      mark.isFacing = way.dot(normal) > 0;
      const breadth = Math.min(most, Math.max(least, share * way.length()));
      const shown = isChosen ? chosen : plate;
      plate.visible = !isChosen;
      chosen.visible = isChosen;
      plate.scale.setScalar(breadth * (at === this.#pointed ? 1.3 : 1));
      chosen.scale.copy(plate.scale);
      shown.material.opacity = mark.isFacing || isChosen ? 1 : far;
      shown.lookAt(eyes);
    }
    this.#standWords(eyes);
  }

  /** Above the mark, a little nearer than it. */
  #standWords(eyes: Vector3): void {
    const mark = this.#at === undefined ? undefined : this.#marks[this.#at];
    if (!this.#words || !mark) return;
    const { position, scale } = mark.plate;
    way.subVectors(here, position);
    const size = Math.max(0.5, way.length() / reading);
    const { height } = this.#words.geometry.parameters;
    this.#words.scale.setScalar(size);
    this.#words.position.copy(position).addScaledVector(way, 0.1);
    this.#words.position.y += scale.y / 2 + size * (height / 2 + 0.02);
    this.#words.lookAt(eyes);
  }

  dispose(): void {
    this.#choices++;
    if (this.#words) releasePlate(this.#words);
    for (const { plate, chosen } of this.#marks)
      for (const one of [plate, chosen]) {
        for (const name of [...one.children]) releasePlate(name as Plate);
        releasePlate(one);
      }
  }
}

// Nothing is made anew for a picture: what is thrown away ninety times a second is seen as a jerk later on.
const [way, here] = [new Vector(), new Vector()];
const found = { at: -1, distance: 0 };

/** A number on a disc, a metre wide: it is scaled to what it is to be. */
function numberPlate(number: number, isChosen: boolean): Plate {
  const side = 128;
  const { canvas, pen } = sheetOf(side, side);
  if (pen) {
    pen.fillStyle = isChosen ? '#0f6e84' : '#ffffff';
    pen.strokeStyle = isChosen ? '#ffffff' : '#0f6e84';
    pen.lineWidth = 10;
    pen.arc(side / 2, side / 2, side / 2 - 6, 0, 2 * Math.PI);
    pen.fill();
    pen.stroke();
    pen.fillStyle = isChosen ? '#ffffff' : '#1f1d1b';
    pen.font = type(number > 99 ? 48 : 68, 600);
    pen.textAlign = 'center';
    pen.fillText(String(number), side / 2, side / 2 + 4, side - 24);
  }
  return inFront(plateOf(canvas, 1), isChosen ? 11 : 10);
}

/** Where a label leads to, to the right of its number; in breadths of it. */
function namePlate(name: string): Plate {
  const [size, tall, margin] = [60, 96, 28];
  const { pen: ruler } = sheetOf(1, 1);
  const said = `${name} ›`;
  if (ruler) ruler.font = type(size, 600);
  const width = Math.min(900, Math.ceil(ruler?.measureText(said).width ?? 400) + 2 * margin);
  const { canvas, pen } = darkSheetOf(width, tall, 24);
  if (pen) {
    pen.font = type(size, 600);
    pen.fillText(said, margin, tall / 2 + 3, width - 2 * margin);
  }
  const breadth = width / 128;
  const plate = inFront(plateOf(canvas, breadth), 10);
  plate.position.x = 0.6 + breadth / 2;
  return plate;
}
