import { Box3, type Object3D, type Vector3 } from 'three';
import type { ModelLabel } from '../labels/label.ts';
import { type Parts, partsToMove } from '../model/apart.ts';
import { Board, type BoardButton } from './board.ts';
import { Marks } from './marks.ts';
import type { Variants } from './variants.ts';

/** What is said on its buttons and plates. */
export interface ExhibitWords {
  previous: string;
  next: string;
  hide: string;
  show: string;
  variant: string;
  apart: string;
  together: string;
  leave: string;
  secret: string;
  reveal: string;
}

/** What a model has to show, besides itself, and where its viewer stands with it. */
export interface Exhibited {
  labels: readonly ModelLabel[];
  /** Whether learners test themselves: words are told when they ask a second time. */
  testing: boolean;
  variant: string | undefined;
  words: ExhibitWords;
  /** Told what was chosen, so that those beside, and the page later on, see the same. */
  onLabel: (at: number) => void;
  onVariant: (name: string) => void;
}

/** Parts move as fast as a hand would move them. */
const perSecond = 1.5;

/** Labels, looks and parts of a model that somebody stands before, and the board that they are chosen by. */
export class Exhibit {
  readonly marks: Marks;
  readonly board: Board;
  readonly #given: Exhibited;
  readonly #variants: Variants;
  readonly #model: Object3D;
  readonly #parts: Parts | undefined;
  readonly #ground: number;
  readonly #told = new Set<number>();
  #at: number | undefined;
  #variant: number;
  #share = 0;
  #wanted = 0;
  #lift = 0;
  #hasMarks = true;
  #mark: number | undefined;

  /** @param model where it stands @param leave takes the headset's wearer out */
  constructor(model: Object3D, variants: Variants, given: Exhibited, leave: () => void) {
    this.#given = given;
    this.#variants = variants;
    this.#model = model;
    this.#ground = model.position.y;
    model.updateMatrixWorld(true);
    this.#parts = partsToMove(model);
    if (this.#parts) this.#lift = liftOf(model, this.#parts);
    this.marks = new Marks(given.labels);
    this.marks.group.position.copy(model.position);
    this.#variant = given.variant === undefined ? -1 : variants.names.indexOf(given.variant);
    if (this.#variant !== -1) void variants.wear(this.#variant);
    this.board = new Board(this.#buttons(leave));
  }

  #buttons(leave: () => void): BoardButton[] {
    const { labels, words } = this.#given;
    const { names } = this.#variants;
    const count = labels.length;
    const tour: BoardButton[] = [
      {
        key: 'previous',
        says: () => [words.previous],
        press: () => this.#choose(((this.#at ?? 0) - 1 + count) % count),
      },
      {
        key: 'next',
        says: () => [words.next, this.#at === undefined ? `${count}` : `${this.#at + 1} / ${count}`],
        press: () => this.#choose(this.#at === undefined ? 0 : (this.#at + 1) % count),
      },
      {
        key: 'labels',
        says: () => [this.#hasMarks ? words.hide : words.show],
        press: () => {
          this.#hasMarks = !this.#hasMarks;
        },
      },
    ];
    return [
      ...(count > 0 ? tour : []),
      ...(names.length > 0
        ? [
            {
              key: 'variant',
              says: () => [words.variant, names[this.#variant]] as [string, string?],
              press: () => this.#wear((this.#variant + 1) % names.length),
            },
          ]
        : []),
      ...(this.#parts
        ? [
            {
              key: 'apart',
              says: () => [this.#wanted > 0 ? words.together : words.apart] as [string],
              press: () => {
                this.#wanted = this.#wanted > 0 ? 0 : 1;
              },
            },
          ]
        : []),
      { key: 'leave', says: () => [words.leave], press: leave },
    ];
  }

  /** Goes to a label; where learners test themselves, its words come when it is chosen again. */
  #choose(at: number): void {
    const label = this.#given.labels[at];
    if (!label) return;
    this.#wanted = 0;
    this.#hasMarks = true;
    const { testing, words } = this.#given;
    const isSecret = testing && !this.#told.has(at) && this.#at !== at;
    if (!isSecret) this.#told.add(at);
    this.#at = at;
    const title = `${at + 1}  ${isSecret ? words.secret : label.title}`;
    this.marks.choose(at, { title, text: isSecret ? words.reveal : label.text });
    this.#given.onLabel(at);
  }

  #wear(variant: number): void {
    this.#variant = variant;
    void this.#variants.wear(variant);
    const name = this.#variants.names[variant];
    if (name !== undefined) this.#given.onVariant(name);
  }

  /** Nothing is pointed at, until a ray tells otherwise. */
  forget(): void {
    this.board.forget();
    this.marks.point(undefined);
    this.#mark = undefined;
  }

  /** After how many metres a ray meets what can be pressed. */
  aim(from: Vector3, along: Vector3): number | undefined {
    const board = this.board.under(from, along);
    if (board !== undefined) return board;
    const mark = this.marks.under(from, along);
    if (!mark) return undefined;
    this.#mark = mark.at;
    this.marks.point(mark.at);
    return mark.distance;
  }

  /** Presses what was aimed at last. */
  press(): void {
    if (this.board.press() || this.#mark === undefined) return;
    this.#choose(this.#mark);
    this.board.say();
  }

  get isWhole(): boolean {
    return this.#share === 0;
  }

  onFrame(seconds: number, eyes: Vector3, view: Vector3): void {
    if (this.#parts && this.#share !== this.#wanted) {
      const step = Math.sign(this.#wanted - this.#share) * perSecond * seconds;
      this.#share = Math.min(1, Math.max(0, this.#share + step));
      this.#parts.set(this.#share);
      this.#model.position.y = this.#ground + this.#lift * this.#share;
    }
    // Labels tell of places on the model as it was built.
    this.marks.group.visible = this.#hasMarks && this.isWhole;
    this.marks.onFrame(eyes);
    this.board.onFrame(eyes, view);
  }

  dispose(): void {
    this.marks.dispose();
    this.board.dispose();
  }
}

/** By how much a model must rise while it is taken apart, so that nothing of it goes into the floor. */
function liftOf(model: Object3D, parts: Parts): number {
  const low = new Box3().setFromObject(model).min.y;
  parts.set(1);
  const lowest = new Box3().setFromObject(model).min.y;
  parts.set(0);
  return Math.max(0, low - lowest);
}
