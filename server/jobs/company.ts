import { randomUUID } from 'node:crypto';
import { JobModel } from './model.ts';

export interface Taken {
  id: string;
  data: Record<string, unknown>;
}

/**
 * Claims the jobs that stand first in the queue, as long as they fit, and at most so many. None is overtaken, so that
 * turns stay as they are; one that somebody has tried before is left to stand, for it is tried alone. Of a queue that
 * ends soon each of the runs that go on at a time gets its share, so that none ends long before the others.
 */
export async function takeAlong(
  name: string,
  { atMost, runs }: { atMost: number; runs: number },
  fits: (data: Record<string, unknown>) => boolean,
): Promise<Taken[]> {
  const now = new Date();
  const next = await JobModel.find({ name, lockedAt: null, nextRunAt: { $lte: now } })
    .sort({ priority: -1, nextRunAt: 1 })
    .limit(atMost * runs)
    .lean();
  const end = next.findIndex(({ data, taken }) => Boolean(taken) || !data || !fits(data));
  const fitting = next.slice(0, Math.min(end < 0 ? atMost : end, Math.ceil(next.length / runs)));
  if (fitting.length === 0) return [];
  const takenBy = randomUUID();
  const ids = fitting.map(({ _id }) => _id);
  const { modifiedCount } = await JobModel.updateMany(
    { _id: { $in: ids }, lockedAt: null, nextRunAt: { $ne: null } },
    { $set: { lockedAt: now, lastRunAt: now, takenBy }, $inc: { taken: 1 } },
  );
  const ours =
    modifiedCount === ids.length
      ? fitting
      : (await JobModel.find({ _id: { $in: ids }, takenBy }).lean()).toSorted(
          (one, other) =>
            ids.findIndex((id) => id.equals(one._id)) - ids.findIndex((id) => id.equals(other._id)),
        );
  return ours.map(({ _id, data }) => ({ id: String(_id), data: data ?? {} }));
}

/** Says that jobs are still being worked on. */
export const renew = (ids: readonly string[]): Promise<unknown> =>
  JobModel.updateMany({ _id: { $in: ids } }, { $set: { lockedAt: new Date() } });

/** Puts jobs back that nobody has begun, as if they had not been taken. */
export const putBack = (ids: readonly string[]): Promise<unknown> =>
  JobModel.updateMany({ _id: { $in: ids } }, { $set: { lockedAt: null }, $inc: { taken: -1 } });

/** How jobs ended that were taken along, by their ids. */
export interface Ended {
  done: string[];
  failed: string[];
  givenUp: { id: string; reason: string }[];
}

/** Removes what is done, leaves what failed to be tried alone, at once, and keeps what was given up as Agenda would. */
export async function conclude({ done, failed, givenUp }: Ended): Promise<void> {
  if (done.length > 0) await JobModel.deleteMany({ _id: { $in: done } });
  if (failed.length > 0)
    await JobModel.updateMany({ _id: { $in: failed } }, { $set: { lockedAt: null, nextRunAt: new Date() } });
  const kept = { lockedAt: null, nextRunAt: null, failedAt: new Date() };
  for (const { id, reason } of givenUp)
    await JobModel.updateOne({ _id: id }, { $set: { ...kept, failReason: reason }, $inc: { failCount: 1 } });
}
