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

/**
 * The answer is JSON: one text is handed over many times faster than the objects in it. What is stored of the hits of
 * a search goes beside it, for it is JSON already.
 */
export type Reply =
  | { readonly id: number; readonly answer: string | undefined; readonly stored?: readonly string[] }
  | { readonly id: number; readonly failure: { readonly name: string; readonly message: string } };

export function writeReply(id: number, answer: unknown): Reply {
  if (!isSearchAnswer(answer)) return { id, answer: JSON.stringify(answer) };
  const hits = answer.hits.map(({ stored, ...hit }) => hit);
  return { id, answer: JSON.stringify({ ...answer, hits }), stored: answer.hits.map(({ stored }) => stored) };
}

export function readReply({ answer, stored }: Extract<Reply, { answer: unknown }>): unknown {
  if (answer === undefined) return undefined;
  const read = JSON.parse(answer);
  stored?.forEach((text, at) => {
    read.hits[at].stored = text;
  });
  return read;
}

const isSearchAnswer = (answer: unknown): answer is SearchAnswer =>
  typeof answer === 'object' && answer !== null && 'hits' in answer;
