import type { SearchDocument } from '../search-index.ts';

/** A document as the worker is handed it: its terms, thousands of them, as one text, which is copied far faster. */
export interface Packed extends Omit<SearchDocument, 'terms'> {
  /** Each with the letter of its field before it, set apart by spaces. */
  readonly terms: string;
}

/** In the file a term begins with the letter of its field: one posting list a field and term. */
export class FieldLetters {
  private readonly letters: ReadonlyMap<string, string>;

  constructor(fields: Readonly<Record<string, number>>) {
    this.letters = new Map(Object.keys(fields).map((field, at) => [field, String.fromCharCode(97 + at)]));
  }

  /** Undefined for a field that the index does not have. */
  of(field: string): string | undefined {
    return this.letters.get(field);
  }

  pack(document: SearchDocument): Packed {
    const rows: string[] = [];
    for (const [field, terms] of Object.entries(document.terms)) {
      const letter = this.letters.get(field);
      if (letter !== undefined && terms.length > 0) rows.push(letter + terms.join(` ${letter}`));
    }
    return { ...document, terms: rows.join(' ') };
  }
}
