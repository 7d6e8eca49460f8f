import type { Types } from 'mongoose';
import type { z } from 'zod';
import { actionsOn, type Member } from '../access/index.ts';
import type { Job } from './contract.ts';
import type { StoredJob } from './model.ts';
import { stateOf } from './rules.ts';

/** A job as an administrator sees it. */
export function present(member: Member, job: StoredJob & { _id: Types.ObjectId }): z.input<typeof Job> {
  return {
    id: String(job._id),
    name: job.name,
    state: stateOf(job),
    data: job.data ?? {},
    failures: job.failCount ?? 0,
    reason: job.failReason ?? undefined,
    dueAt: job.nextRunAt ?? undefined,
    startedAt: job.lastRunAt ?? undefined,
    failedAt: job.failedAt ?? undefined,
    every: job.repeatInterval ? String(job.repeatInterval) : undefined,
    ...(job.lockedAt && typeof job.doneShare === 'number' && { progress: job.doneShare }),
    can: actionsOn(member, 'job', job, ['edit']),
  };
}
