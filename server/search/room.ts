import type { Analysis } from './analysis/index.ts';
import type { VocabularyWords } from './vocabulary-words.ts';

/** What searching needs beside the index. */
export interface SearchRoom {
  readonly analysis: Analysis;
  readonly words: VocabularyWords;
  /** Milliseconds since 1970. */
  now(): number;
}
