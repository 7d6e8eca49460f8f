import type { AttemptAnswer, IndexSettings, SearchAnswer } from '../search-index.ts';
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
  searchInTurn: [[request: string, attempts: string], AttemptAnswer | undefined];
  total: [[question: string], number];
  reach: [[audience: readonly string[]], string[]];
  revisions: [[after: string, limit: number], { id: string; revision: number }[]];
  close: [[], undefined];
}

export interface Question {
  readonly id: number;
  readonly call: keyof Calls;
  readonly args: readonly unknown[];
}

/**
 * The answer is JSON: one text is handed over many times faster than the objects in it. What is stored of the
 * hits of a search goes beside it, a line a hit, for it is JSON already.
 */
export interface Answer {
  readonly answer: string | undefined;
  readonly stored?: string;
}

export type Reply =
  | ({ readonly id: number } & Answer)
  | { readonly id: number; readonly failure: { readonly name: string; readonly message: string } };

export function writeReply(id: number, answer: unknown): Reply {
  if (!isSearchAnswer(answer)) return { id, answer: JSON.stringify(answer) };
  const hits = answer.hits.map(({ id, passages }) => ({ id, passages }));
  const stored = answer.hits.map((hit) => hit.stored).join('\n');
  return { id, answer: JSON.stringify({ ...answer, hits }), stored };
}

export function readAnswer({ answer, stored }: Answer): unknown {
  if (answer === undefined) return undefined;
  const read = JSON.parse(answer);
  const lines = stored?.split('\n') ?? [];
  read.hits?.forEach((hit: { stored?: string }, at: number) => {
    hit.stored = lines[at] as string;
  });
  return read;
}

const isSearchAnswer = (answer: unknown): answer is SearchAnswer =>
  typeof answer === 'object' && answer !== null && 'hits' in answer;
