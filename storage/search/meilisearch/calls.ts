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

/** Resolves once the engine has done the task, not only taken it. @throws SearchUnavailable */
export async function done(task: EnqueuedTaskPromise): Promise<void> {
  const { status, error } = await reached(task.waitTask({ timeout: longestTask, interval: 20 }));
  if (status !== 'succeeded')
    throw new SearchUnavailable(`Meilisearch: task ${status}: ${error?.message ?? ''}`);
}
