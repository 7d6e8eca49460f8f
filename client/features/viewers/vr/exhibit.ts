import { Box3, type Object3D, type Vector3 } from 'three';
import type { ModelLabel } from '../labels/label.ts';
import { type Parts, partsToMove } from '../model/apart.ts';
import type { BoardButton } from './board.ts';
import { Guide, type Guided, type GuideWords } from './guide.ts';
import type { Variants } from './variants.ts';

/** What is said on its buttons and plates. */
export interface ExhibitWords extends GuideWords {
  variant: string;
  asDelivered: string;
  apart: string;
  together: string;
}

/** What a model has to show, besides itself, and where its viewer stands with it. */
export interface Exhibited extends Guided {
  labels: readonly ModelLabel[];
  variant: string | undefined;
  words: ExhibitWords;
  onVariant: (name: string | undefined) => void;
}

/** Parts move as fast as a hand would move them. */
const perSecond = 1.5;

/** Labels, looks and parts of a model that somebody stands before. */
export class Exhibit {
  readonly guide: Guide;
  readonly #given: Exhibited;
  readonly #variants: Variants;
  readonly #model: Object3D;
  readonly #parts: Parts | undefined;
  readonly #ground: number;
  #variant: number;
  #share = 0;
  #wanted = 0;
  #lift = 0;

  /** @param model where it stands @param leave takes the headset's wearer out */
  constructor(model: Object3D, variants: Variants, given: Exhibited, leave: () => Promise<void>) {
    this.#given = given;
    this.#variants = variants;
    this.#model = model;
    this.#ground = model.position.y;
    model.updateMatrixWorld(true);
    this.#parts = partsToMove(model);
    if (this.#parts) this.#lift = liftOf(model, this.#parts);
    this.#variant = given.variant === undefined ? -1 : variants.names.indexOf(given.variant);
    if (this.#variant !== -1) void variants.wear(this.#variant);
    const onLabel = (at: number) => {
      this.#wanted = 0;
      given.onLabel(at);
    };
    this.guide = new Guide({ ...given, onLabel }, this.#buttons(), leave);
    this.guide.marks.group.position.copy(model.position);
  }

  #buttons(): BoardButton[] {
    const { words } = this.#given;
    const { names } = this.#variants;
    const variant: BoardButton = {
      key: 'variant',
      says: () => [words.variant, names[this.#variant] ?? words.asDelivered],
      press: () => this.#wear(this.#variant === names.length - 1 ? -1 : this.#variant + 1),
    };
    const apart: BoardButton = {
      key: 'apart',
      says: () => [this.#wanted > 0 ? words.together : words.apart],
      press: () => {
        this.#wanted = this.#wanted > 0 ? 0 : 1;
      },
    };
    return [...(names.length > 0 ? [variant] : []), ...(this.#parts ? [apart] : [])];
  }

  #wear(variant: number): void {
    this.#variant = variant;
    void this.#variants.wear(variant);
    this.#given.onVariant(this.#variants.names[variant]);
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
    this.guide.onFrame(eyes, view, this.isWhole);
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
