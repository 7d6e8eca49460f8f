import type { QueryFilter } from 'mongoose';
import { assertCan, filterFor, findFor, type Member } from '../access/index.ts';
import { fromCursor } from '../http/index.ts';
import { JobModel, type StoredJob } from './model.ts';
import { jobNotStoppable, jobRepeats, jobRuns } from './problems.ts';
import { asNew, filterForState, type JobState } from './rules.ts';

interface Wanted {
  state?: JobState | undefined;
  name?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** One more than `limit` of the jobs, newest first. @throws forbidden, badCursor */
export async function listJobs(member: Member, { state, name, limit, cursor }: Wanted) {
  assertCan(member, 'read', 'job');
  const parts: QueryFilter<StoredJob>[] = [filterFor<StoredJob>(member, 'read', 'job')];
  if (state) parts.push(filterForState[state]);
  if (name !== undefined) parts.push({ name });
  if (cursor !== undefined) parts.push({ _id: { $lt: String(fromCursor(cursor, 1)[0]) } });
  return JobModel.find({ $and: parts })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean();
}

/** How many jobs stand where, in the whole queue: those that wait, which may be very many, are the rest. */
export async function countJobs(): Promise<Record<JobState, number>> {
  const [all, running, failed, stopped] = await Promise.all([
    JobModel.estimatedDocumentCount(),
    JobModel.countDocuments(filterForState.running),
    JobModel.countDocuments(filterForState.failed),
    JobModel.countDocuments(filterForState.stopped),
  ]);
  return { waiting: Math.max(0, all - running - failed - stopped), running, failed, stopped };
}

/** Runs a job at the next look at the queue, a second or two from now. @throws notFound, forbidden, jobRuns */
export async function retryJob(member: Member, id: string) {
  await findFor(member, 'edit', 'job', JobModel, id);
  const retried = await JobModel.findOneAndUpdate(
    { _id: id, lockedAt: null },
    { $set: asNew(new Date()) },
    { returnDocument: 'after' },
  ).lean();
  if (!retried) throw jobRuns({});
  return retried;
}

/** Runs all jobs that have failed at the next looks at the queue. Resolves with their number. @throws forbidden */
export async function retryFailedJobs(member: Member): Promise<number> {
  assertCan(member, 'edit', 'job');
  const theirs = { $and: [filterFor<StoredJob>(member, 'edit', 'job'), filterForState.failed] };
  const { modifiedCount } = await JobModel.updateMany(theirs, { $set: asNew(new Date()) });
  return modifiedCount;
}

/** Takes a job out of the queue. @throws notFound, forbidden, jobRuns, jobRepeats */
export async function removeJob(member: Member, id: string): Promise<void> {
  const job = await findFor(member, 'edit', 'job', JobModel, id);
  if (job.repeatInterval) throw jobRepeats({});
  const { deletedCount } = await JobModel.deleteOne({ _id: id, lockedAt: null });
  if (deletedCount === 0) throw jobRuns({});
}

/** Asks a running job to stop; it does within a second or two. @throws notFound, forbidden, jobNotStoppable */
export async function cancelJob(member: Member, id: string, now: Date) {
  await findFor(member, 'edit', 'job', JobModel, id);
  const asked = await JobModel.findOneAndUpdate(
    { _id: id, lockedAt: { $ne: null }, doneShare: { $ne: null } },
    { $set: { cancelledAt: now } },
    { returnDocument: 'after' },
  ).lean();
  if (!asked) throw jobNotStoppable({});
  return asked;
}
