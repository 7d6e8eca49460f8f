import type { EnqueuedTaskPromise } from 'meilisearch';
import { SearchUnavailable } from '../search-index.ts';

/** The longest that a task may take, in ms: the engine works them off one after the other. */
const longestTask = 10 * 60_000;

/** The answer of a call. @throws SearchUnavailable when the engine cannot be reached or refuses */
export async function reached<Answer>(call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (cause) {
    throw new SearchUnavailable(`Meilisearch: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

/**
 * Hands tasks over in this order and resolves once the engine has done them all, not only taken them: it does those
 * of one index that follow each other in one go. @throws SearchUnavailable
 */
export async function done(...tasks: readonly (() => EnqueuedTaskPromise)[]): Promise<void> {
  const taken: EnqueuedTaskPromise[] = [];
  for (const task of tasks) {
    const promise = task();
    await reached(promise);
    taken.push(promise);
  }
  for (const task of taken) {
    const { status, error } = await reached(task.waitTask({ timeout: longestTask, interval: 20 }));
    if (status !== 'succeeded')
      throw new SearchUnavailable(`Meilisearch: task ${status}: ${error?.message ?? ''}`);
  }
}
