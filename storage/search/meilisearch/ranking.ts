import type { MultiSearchQuery } from 'meilisearch';
import type { Row } from './rows.ts';
import type { Answer } from './searcher.ts';

/** Signs of filters that are asked for together at first: mostly they fill the page. Then twice as many, and so on. */
const signsAtFirst = 12_000;

/** A hit, and the first of the steps that holds it, counted from 0. */
export interface Ranked {
  readonly row: Row;
  readonly step: number;
}

/** The first hits of steps in their order, each hit once, asked for as far as they are needed. */
export class Ranking {
  readonly #levels: readonly (readonly string[])[];
  readonly #most: number;
  readonly #queryOf: (step: string) => MultiSearchQuery;
  readonly #answers = new Map<string, Answer<Row>>();
  /** The steps in question. */
  #order: readonly string[];
  #asked: readonly string[] = [];
  #signs = signsAtFirst;
  readonly #numberOf: ReadonlyMap<string, number>;

  /**
   * @param levels lists of steps; the last of a list holds all before it, and all of the lists before
   * @param most hits that are wanted
   */
  constructor(
    levels: readonly (readonly string[])[],
    most: number,
    queryOf: (step: string) => MultiSearchQuery,
  ) {
    this.#levels = levels;
    this.#most = most;
    this.#queryOf = queryOf;
    this.#order = levels.flat();
    this.#numberOf = new Map(this.#order.map((step, at) => [step, at]));
  }

  /** No step is left to ask for. */
  get isDone(): boolean {
    return this.#order.every((step) => this.#answers.has(step));
  }

  /** What to ask for next: of several levels first their ends, which tell how much they hold. */
  queries(): MultiSearchQuery[] {
    const tellLevels = this.#levels.length > 1 && this.#answers.size === 0;
    this.#asked = tellLevels ? this.#levels.flatMap((steps) => steps.slice(-1)) : this.#following();
    return this.#asked.map((step) => ({ ...this.#queryOf(step), limit: this.#most }));
  }

  /** The hits that are known, best first, after the answers to what was asked last; each with its first step. */
  read(answers: readonly Answer<Row>[]): Ranked[] {
    const tellLevels = this.#levels.length > 1 && this.#answers.size === 0;
    for (const [n, step] of this.#asked.entries()) {
      const answer = answers[n];
      if (answer) this.#answers.set(step, answer);
    }
    if (tellLevels) this.#order = this.#filled();
    const found = new Map<string, Ranked>();
    for (const step of this.#order) {
      const answer = this.#answers.get(step);
      if (!answer) break;
      const number = this.#numberOf.get(step) ?? 0;
      for (const row of answer.hits) if (!found.has(row.id)) found.set(row.id, { row, step: number });
    }
    return [...found.values()];
  }

  /** The next steps that were not asked for, as many as go together. */
  #following(): string[] {
    const next: string[] = [];
    let signs = 0;
    for (const step of this.#order) {
      if (this.#answers.has(step)) continue;
      signs += step.length;
      if (signs > this.#signs && next.length > 0) break;
      next.push(step);
    }
    this.#signs *= 2;
    return next;
  }

  /** The steps of the levels that hold more than those before, as far as the wanted hits reach. */
  #filled(): string[] {
    const order: string[] = [];
    let before = 0;
    for (const steps of this.#levels) {
      const there = this.#answers.get(steps.at(-1) ?? '')?.estimatedTotalHits ?? 0;
      if (there > before && before < this.#most) order.push(...steps);
      before = there;
    }
    return order;
  }
}
