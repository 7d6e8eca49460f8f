import type { IndexSettings, SearchDocument } from '../search-index.ts';

/**
 * Terms, keys and facet values stand in the documents as the hexadecimal digits of their bytes: no value can break out
 * of an expression, and none is folded or cut by the engine's own analysis.
 */
export const encoded = (text: string): string => Buffer.from(text).toString('hex');
export const decoded = (hex: string): string => Buffer.from(hex, 'hex').toString();

/** All of the terms, in one of the fields. */
export interface Way {
  readonly terms: readonly string[];
  readonly fields: readonly string[];
}

/**
 * How the terms of a document stand in one list: each with the number of its field before it. The short fields, those
 * before the passages by importance, also stand there as if the first two, three, … were one: what is looked for in
 * several of them is asked for once.
 */
export class TermPlaces {
  readonly #fields: readonly string[];
  /** How many fields are joined. */
  readonly #joined: number;
  /** The terms of a query as they stand there: each list is asked for in many ways. */
  readonly #asked = new WeakMap<readonly string[], string[]>();

  constructor({ fields, passageField }: IndexSettings) {
    const weightOf = (field: string) => fields[field] ?? 0;
    this.#fields = Object.keys(fields).sort((a, b) => weightOf(b) - weightOf(a));
    this.#joined = this.#fields.indexOf(passageField);
  }

  /** All that stands for the terms of a document. */
  of(terms: SearchDocument['terms']): string[] {
    const found: string[] = [];
    const joined = new Set<string>();
    for (const [at, field] of this.#fields.entries()) {
      const own = (terms[field] ?? []).map(encoded);
      found.push(...own.map((term) => `${at}_${term}`));
      if (at >= this.#joined) continue;
      for (const term of own) joined.add(term);
      if (at > 0) found.push(...Array.from(joined, (term) => `0-${at}_${term}`));
    }
    return found;
  }

  /** What to ask for: all of one of the lists. */
  askedFor({ terms, fields }: Way): string[][] {
    const own = this.#asked.get(terms) ?? terms.map(encoded);
    this.#asked.set(terms, own);
    const first = terms.length === 1 ? this.#joinedOf(fields) : 0;
    const places = this.#fields.flatMap((field, at) => (at >= first && fields.includes(field) ? [at] : []));
    return [...(first > 0 ? [`0-${first - 1}`] : []), ...places].map((place) =>
      own.map((term) => `${place}_${term}`),
    );
  }

  /** How many of the joined fields are all among these; none when there are fewer than two. */
  #joinedOf(fields: readonly string[]): number {
    let first = 0;
    while (first < this.#joined && fields.includes(this.#fields[first] ?? '')) first++;
    return first > 1 ? first : 0;
  }
}
