import type { Vector3 } from 'three';
import { Board, type BoardButton } from './board.ts';
import { Marks, type Spot } from './marks.ts';

/** What is said on buttons and plates about labels. */
export interface GuideWords {
  previous: string;
  next: string;
  hide: string;
  show: string;
  leave: string;
  secret: string;
  reveal: string;
  /** What a label says that leads elsewhere. */
  onward: string;
  /** Names a resource that a label leads to. */
  linked: (title: string) => string;
  /** Takes the headset's wearer to that resource. */
  open: string;
}

/** Resources that labels lead to. */
interface Links {
  /** The title of one; undefined when whoever looks may not see it. */
  titleOf: (resource: string) => Promise<string | undefined>;
  /** Shows one, once nothing is shown in the headset any more. */
  open: (resource: string) => void;
}

/** A label as it is told in a headset. */
export interface Told extends Spot {
  readonly title: string;
  readonly text: string;
  readonly image?: { readonly url: string } | undefined;
  /** Another resource that it leads to. */
  readonly resource?: string | undefined;
}

/** What there is to be led through, and where its viewer stands with it. */
export interface Guided {
  labels: readonly Told[];
  /** Whether learners test themselves: words are told when they ask a second time. */
  testing: boolean;
  words: GuideWords;
  links: Links;
  /** Told what was chosen, so that those beside, and the page later on, see the same. */
  onLabel: (at: number) => void;
  /** Told when somebody points at a label that leads elsewhere, and pulls the trigger. */
  onLead?: (at: number) => void;
}

/** Leads somebody with a headset from label to label: marks to point at, and the board with what else can be done. */
export class Guide {
  readonly marks: Marks;
  readonly board: Board;
  readonly #given: Guided;
  readonly #told = new Set<number>();
  readonly #leave: () => Promise<void>;
  #at: number | undefined;
  /** The resource that the label leads to, once its title is known. */
  #linked: string | undefined;
  /** Counts what was chosen: a title may come when another label is told. */
  #choices = 0;
  #hasMarks = true;
  #mark: number | undefined;

  /** @param more buttons after those for labels @param leave takes the headset's wearer out */
  constructor(given: Guided, more: readonly BoardButton[], leave: () => Promise<void>) {
    this.#given = given;
    this.#leave = leave;
    this.marks = new Marks(given.labels);
    const { words } = given;
    const tour = given.labels.length > 0 ? this.#buttons() : [];
    this.board = new Board([...tour, ...more, { key: 'leave', says: () => [words.leave], press: leave }]);
  }

  #buttons(): BoardButton[] {
    const { labels, words } = this.#given;
    const count = labels.length;
    return [
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
      ...(labels.some(({ resource }) => resource !== undefined) ? [this.#link()] : []),
    ];
  }

  #link(): BoardButton {
    const { words, links } = this.#given;
    return {
      key: 'open',
      says: () => (this.#linked === undefined ? undefined : [words.open]),
      press: () => {
        const resource = this.#linked;
        if (resource !== undefined) void this.#leave().then(() => links.open(resource));
      },
    };
  }

  /** Goes to a label; where learners test themselves, its words come when it is chosen again. */
  #choose(at: number): void {
    const label = this.#given.labels[at];
    if (!label) return;
    this.#hasMarks = true;
    const { testing, words } = this.#given;
    const isSecret = testing && !label.leads && !this.#told.has(at) && this.#at !== at;
    if (!isSecret) this.#told.add(at);
    this.#at = at;
    const title = `${at + 1}  ${isSecret ? words.secret : label.title}`;
    const text = isSecret ? words.reveal : label.text;
    const image = isSecret ? undefined : label.image?.url;
    this.marks.choose(at, { title, text, image, more: label.leads ? [words.onward] : [] });
    this.#linked = undefined;
    this.#choices++;
    if (label.resource !== undefined && !isSecret) void this.#tellOf(label.resource);
    this.#given.onLabel(at);
  }

  /** Names a resource beneath the words of the label that leads to it, and offers to go there. */
  async #tellOf(resource: string): Promise<void> {
    const { words, links } = this.#given;
    const choice = this.#choices;
    const title = await links.titleOf(resource);
    if (title === undefined || choice !== this.#choices) return;
    this.#linked = resource;
    this.marks.add(words.linked(title));
    this.board.say();
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
    const { labels, onLead } = this.#given;
    if (labels[this.#mark]?.leads) {
      onLead?.(this.#mark);
      return;
    }
    this.#choose(this.#mark);
    this.board.say();
  }

  /** @param isReady whether places of labels are where they were when they were set */
  onFrame(eyes: Vector3, view: Vector3, isReady = true): void {
    this.marks.group.visible = this.#hasMarks && isReady;
    this.marks.onFrame(eyes);
    this.board.onFrame(eyes, view);
  }

  dispose(): void {
    this.#choices++;
    this.marks.dispose();
    this.board.dispose();
  }
}
