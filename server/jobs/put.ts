import { JobModel } from './model.ts';
import { asNew, filterForState, hasEnded } from './rules.ts';
import { turnFor } from './turns.ts';

export interface NewJob {
  data: object;
  unique?: string | undefined;
  whose?: string | undefined;
}

/** Stores jobs of a kind as Agenda would, with a few commands for all of them. Resolves once they are durable. */
export async function putJobs(name: string, jobs: readonly NewJob[], nextRunAt: Date): Promise<void> {
  const next = new Map<string, number>();
  for (const whose of new Set(jobs.map((job) => job.whose)))
    if (whose !== undefined) next.set(whose, await turnFor(name, whose));
  const turn = (whose: string | undefined) => {
    if (whose === undefined) return 0;
    const priority = next.get(whose) ?? 0;
    next.set(whose, priority - 1);
    return priority;
  };
  const keys = jobs.flatMap(({ unique }) => unique ?? []);
  if (keys.length > 0)
    await JobModel.updateMany({ uniqueKey: { $in: keys }, name, ...hasEnded }, { $set: asNew(nextRunAt) });
  const writes = jobs.map(({ data, unique, whose }) => {
    const job = { name, data, type: 'normal', priority: turn(whose), nextRunAt, lockedAt: null };
    const document = { ...job, ...(whose !== undefined && { whose }) };
    if (unique === undefined) return { insertOne: { document } };
    const filter = { uniqueKey: unique, name, ...filterForState.waiting };
    return { updateOne: { filter, update: { $setOnInsert: document }, upsert: true } };
  });
  if (writes.length > 0) await JobModel.collection.bulkWrite(writes);
}

/** Ends the job under a key, as `Jobs.cancel` says. */
export async function cancelJobOf(
  name: string,
  uniqueKey: string,
  now: Date,
): Promise<'removed' | 'stopping' | undefined> {
  const { deletedCount } = await JobModel.deleteOne({ uniqueKey, name, ...filterForState.waiting });
  if (deletedCount > 0) return 'removed';
  const { matchedCount } = await JobModel.updateOne(
    { uniqueKey, name, ...filterForState.running },
    { $set: { cancelledAt: now } },
  );
  return matchedCount > 0 ? 'stopping' : undefined;
}
