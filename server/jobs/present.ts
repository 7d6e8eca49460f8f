import type { Types } from 'mongoose';
import type { z } from 'zod';
import { actionsOn, type Member } from '../access/index.ts';
import type { Job } from './contract.ts';
import { filesOf } from './files.ts';
import type { StoredJob } from './model.ts';
import { stateOf } from './rules.ts';

/** A job as an administrator sees it. */
export async function present(member: Member, job: Found): Promise<z.input<typeof Job>> {
  const [presented] = await presentAll(member, [job]);
  return presented as z.input<typeof Job>;
}

/** Several, with the files that they work on. */
export async function presentAll(member: Member, jobs: readonly Found[]): Promise<z.input<typeof Job>[]> {
  const files = await filesOf(member, jobs);
  return jobs.map((job) => presentOne(member, job, files.get(job.data?.sha256)));
}

type Found = StoredJob & { _id: Types.ObjectId };
type Presented = z.input<typeof Job>;

function presentOne(member: Member, job: Found, file: Presented['file']): Presented {
  const state = stateOf(job);
  return {
    id: String(job._id),
    name: job.name,
    state,
    data: job.data ?? {},
    ...(file && { file }),
    failures: job.failCount ?? 0,
    reason: job.failReason ?? undefined,
    // Of one that runs again and again, the next time is known while it runs.
    dueAt: (state === 'waiting' && job.nextRunAt) || undefined,
    startedAt: job.lastRunAt ?? undefined,
    failedAt: job.failedAt ?? undefined,
    every: job.repeatInterval ? String(job.repeatInterval) : undefined,
    ...(job.lockedAt && typeof job.doneShare === 'number' && { progress: job.doneShare }),
    ...(job.lockedAt && job.cancelledAt && { isStopping: true as const }),
    can: actionsOn(member, 'job', job, ['edit']),
  };
}
