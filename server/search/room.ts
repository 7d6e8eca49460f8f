import type { Analysis } from './analysis/index.ts';
import type { KnownTerm } from './vocabulary-words.ts';

/** What searching needs beside the index. */
export interface SearchRoom {
  readonly analysis: Analysis;
  readonly words: {
    /** Folded words that mean the same as this one. */
    synonymsOf(word: string): readonly string[];
    readonly known: readonly KnownTerm[];
  };
  /** Milliseconds since 1970. */
  now(): number;
}
