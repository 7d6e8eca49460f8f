import type { IndexSettings, SearchAnswer, SearchDocument, SearchRequest } from '../search-index.ts';

/** What a worker is started with. */
export interface WorkerSettings {
  readonly file: string;
  readonly settings: IndexSettings;
}

/** What a worker is asked, and what it answers. */
export interface Calls {
  apply: [[put: readonly SearchDocument[], remove: readonly string[]], undefined];
  search: [[request: SearchRequest], SearchAnswer];
  revisions: [[after: string, limit: number], { id: string; revision: number }[]];
  close: [[], undefined];
}

export interface Question {
  readonly id: number;
  readonly call: keyof Calls;
  readonly args: readonly unknown[];
}

export type Reply =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly failure: { readonly name: string; readonly message: string } };
