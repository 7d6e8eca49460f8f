import type { ProblemBody } from '../../../server/http/contract.ts';
import type { TakenWay } from '../../../server/resources/contract.ts';
import { asProblem, ProblemError } from '../../api/problem-error.ts';
import { signInAgain } from '../../api/session.ts';

/** One file on its way into a draft. */
export interface Parcel {
  readonly file: File;
  /** Id of the draft. */
  readonly resource: string;
  /** Where it will stand in the draft, folders included. */
  readonly path: string;
  /** What becomes of it when another file stands there: nothing is replaced of which the author was not asked. */
  readonly taken: TakenWay;
}

/** What a way of sending tells while it sends. */
export interface Watcher {
  /** Bytes that the server has for certain, or nearly so. */
  onProgress(sent: number): void;
  /** Something failed that may pass by itself; it is tried again. */
  onRetry(): void;
  /** @param path where the file stands: under another name when its own was taken meanwhile */
  onDone(path: string | undefined): void;
  /** @param status HTTP status, 0 when no answer came; @param words the server's, in the reader's language */
  onFailed(status: number, words: string | undefined): void;
}

export interface Sending {
  pause(): void;
  resume(): void;
  /** Gives up, and lets the server drop what it has. */
  cancel(): void;
}

/** Sends again once the member has signed in again, where that is why it was refused; otherwise it has failed. */
export async function afterRefusal(
  status: number,
  refusal: ProblemBody | undefined,
  { onFailed }: Watcher,
  sendAgain: () => void,
): Promise<void> {
  try {
    const toTell = refusal && (await signInAgain(refusal));
    if (refusal && !toTell) sendAgain();
    else onFailed(status, toTell?.detail);
  } catch (error) {
    console.info('Nobody could say whether the session has ended', error);
    onFailed(status, refusal?.detail);
  }
}

/** What the server says in an answer that is a problem (RFC 9457). */
export function problemIn(body: string | undefined): ProblemError | undefined {
  if (!body?.startsWith('{')) return undefined;
  try {
    const problem = asProblem(JSON.parse(body));
    return problem && new ProblemError(problem);
  } catch {
    return undefined; // a gateway's page that only begins like JSON
  }
}
