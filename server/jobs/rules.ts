import type { QueryFilter } from 'mongoose';
import type { jobStates } from './contract.ts';
import { stopped } from './jobs.ts';
import type { StoredJob } from './model.ts';

export type JobState = (typeof jobStates)[number];

/** What nothing runs again by itself. */
export const hasEnded = { lockedAt: null, nextRunAt: null, failedAt: { $ne: null } } as const;

/** The state as a database filter, by the index; `stateOf` is the same rule for one job. */
export const filterForState = {
  running: { lockedAt: { $gt: new Date(0) } },
  waiting: { lockedAt: null, nextRunAt: { $ne: null } },
  failed: { ...hasEnded, failReason: { $ne: stopped } },
  stopped: { ...hasEnded, failReason: stopped },
} satisfies Record<JobState, QueryFilter<StoredJob>>;

/** What makes a job that has failed, was stopped or waits, one that has all its attempts before it. */
export const asNew = (now: Date) => ({
  nextRunAt: now,
  failCount: 0,
  taken: 0,
  failedAt: null,
  failReason: null,
});

export function stateOf(job: Pick<StoredJob, 'lockedAt' | 'nextRunAt' | 'failReason'>): JobState {
  if (job.lockedAt) return 'running';
  if (job.nextRunAt) return 'waiting';
  return job.failReason === stopped ? 'stopped' : 'failed';
}

/** Milliseconds to wait before the next attempt: 1 s, 4 s, 16 s …, at most 15 minutes; null when there is none. */
export function pauseBefore(attemptsMade: number, attempts: number): number | null {
  return attemptsMade >= attempts ? null : Math.min(1000 * 4 ** (attemptsMade - 1), 15 * 60_000);
}
