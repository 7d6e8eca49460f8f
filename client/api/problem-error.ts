import type { ProblemBody } from '../../server/http/contract.ts';
import { shellText } from '../i18n/index.ts';

/** What went wrong with a call, as the server says it in the reader's language. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: ProblemBody;

  constructor(problem: ProblemBody) {
    super(problem.detail);
    this.problem = problem;
  }

  /** HTTP status; 0 when no answer came at all. */
  get status(): number {
    return this.problem.status;
  }

  /** May pass by itself: no answer, a server that is overloaded or being started anew. */
  get mayPass(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** Stable name of the problem, for example `http/changed-meanwhile`. */
  get kind(): string {
    return this.problem.type.replace('/api/problems/', '');
  }

  /** What is wrong with each field, by its name, for forms. */
  get fields(): Record<string, string> {
    return Object.fromEntries((this.problem.errors ?? []).map(({ field, message }) => [field, message]));
  }
}

/** What went wrong in two or three words, for the title of a page. */
export const titleOf = (error: Error): string =>
  error instanceof ProblemError ? error.problem.title : shellText('broken');

/** Whether an error is this declared problem. */
export function isProblem(error: unknown, kind: string): error is ProblemError {
  return error instanceof ProblemError && error.kind === kind;
}

/** An answer's content as a problem (RFC 9457), unless it is something else: a gateway in between has pages of its own. */
export function asProblem(content: unknown): ProblemBody | undefined {
  const isOne = typeof content === 'object' && content !== null && 'type' in content && 'detail' in content;
  return isOne ? (content as ProblemBody) : undefined;
}
