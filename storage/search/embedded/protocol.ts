import type { IndexSettings, SearchAnswer } from '../search-index.ts';
import type { Packed } from './packing.ts';

/** What a worker is started with. */
export interface WorkerSettings {
  readonly file: string;
  readonly settings: IndexSettings;
}

/** What a worker is asked, and what it answers. */
export interface Calls {
  apply: [[put: readonly Packed[], remove: readonly string[]], undefined];
  /** The request as JSON: one text is handed over faster than the objects in it. */
  search: [[request: string], SearchAnswer];
  /** The questions as JSON, too. */
  totals: [[questions: string], number[]];
  revisions: [[after: string, limit: number], { id: string; revision: number }[]];
  close: [[], undefined];
}

export interface Question {
  readonly id: number;
  readonly call: keyof Calls;
  readonly args: readonly unknown[];
}

/** The answer is JSON: one text is handed over many times faster than the objects in it. */
export type Reply =
  | { readonly id: number; readonly answer: string | undefined }
  | { readonly id: number; readonly failure: { readonly name: string; readonly message: string } };
