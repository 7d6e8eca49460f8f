import { batchesOf } from '../batches.ts';
import type { Platform } from '../platform.ts';
import { usesOf } from './hold.ts';
import { BlobModel, HoldingModel } from './model.ts';
import { discharge } from './quota.ts';
import type { Ingested } from './record.ts';

const hour = 3600 * 1000;
/** How long unreferenced bytes wait, condemned, before they are removed. */
export const grace = 72 * hour;
/** A reference that is being stored right now is looked for again after this time. */
const settling = hour;

/**
 * Condemns blobs that nothing refers to. Whoever takes hold of one (`holdBlob`) or uploads the same bytes lifts that.
 * Resolves with their number.
 */
export async function condemn({ clock }: Pick<Platform, 'clock'>): Promise<number> {
  let condemned = 0;
  const now = clock();
  const settled = { heldAt: { $lt: new Date(now.getTime() - settling) } };
  const candidates = BlobModel.find({ condemnedAt: null, ...settled })
    .select('_id')
    .lean()
    .cursor();
  for await (const batch of batchesOf(candidates)) {
    const used = new Set((await usesOf(batch.map(({ _id }) => _id))).map(({ blob }) => blob));
    const unused = batch.map(({ _id }) => _id).filter((id) => !used.has(id));
    if (unused.length === 0) continue;
    const { modifiedCount } = await BlobModel.updateMany(
      { _id: { $in: unused }, condemnedAt: null, ...settled },
      { $set: { condemnedAt: now } },
    );
    condemned += modifiedCount;
  }
  return condemned;
}

/**
 * Removes what has been condemned for the whole grace period and is still unused. The record goes first, and only as
 * it was when it was checked: who takes hold in between either finds the record, and saves it, or does not, and is
 * told to upload again. Resolves with the bytes freed.
 */
export async function removeCondemned({ objects, clock, log }: Platform): Promise<number> {
  let freed = 0;
  const due = { $lte: new Date(clock().getTime() - grace) };
  for await (const batch of batchesOf(BlobModel.find({ condemnedAt: due }).lean().cursor())) {
    const used = new Set((await usesOf(batch.map(({ _id }) => _id))).map(({ blob }) => blob));
    for (const { _id, condemnedAt, hold } of batch) {
      if (used.has(_id)) {
        await BlobModel.updateOne({ _id, condemnedAt }, { $set: { condemnedAt: null } });
        continue;
      }
      const gone = await BlobModel.findOneAndDelete({ _id, condemnedAt, hold }).lean();
      if (!gone) continue;
      await objects.delete(gone.key);
      freed += gone.size;
      log.info({ blob: _id, size: gone.size }, 'unused bytes were removed');
    }
  }
  return freed;
}

/**
 * Takes back bytes that were brought a moment ago and will not be used after all, unless somebody else has brought or
 * taken hold of the same meanwhile.
 */
export async function takeBack(
  { objects }: Pick<Platform, 'objects'>,
  { sha256, hold, isNew }: Ingested,
  organisation: string,
): Promise<void> {
  if (!isNew || (await usesOf([sha256])).length > 0) return;
  const gone = await BlobModel.findOneAndDelete({ _id: sha256, hold }).lean();
  if (!gone) return;
  await discharge(organisation, sha256, new Date(8.64e15));
  await objects.delete(gone.key);
}

/** Stops counting what organisations no longer use. Resolves with the number of holdings given up. */
export async function dischargeUnused({ clock }: Pick<Platform, 'clock'>): Promise<number> {
  let discharged = 0;
  const before = new Date(clock().getTime() - settling);
  for await (const batch of batchesOf(
    HoldingModel.find({ heldAt: { $lt: before } })
      .lean()
      .cursor(),
  )) {
    const uses = await usesOf(batch.map(({ blob }) => blob));
    const used = new Set(uses.map(({ blob, organisation = '' }) => `${organisation}:${blob}`));
    for (const { _id, organisation, blob } of batch) {
      if (used.has(_id)) continue;
      if (await discharge(organisation, blob, before)) discharged++;
    }
  }
  return discharged;
}

/**
 * Removes objects that no record points to: what a crash left between storing and recording, or between forgetting
 * and deleting. Young ones, and those that are arriving in several sittings, are left alone. Resolves
 * with their number.
 */
export async function removeUntracked(
  { objects, clock, log }: Platform,
  arriving: ReadonlySet<string>,
): Promise<number> {
  let removed = 0;
  const before = new Date(clock().getTime() - 24 * hour);
  for await (const batch of batchesOf(objects.list('blobs/'))) {
    const keys = batch.filter(({ modifiedAt }) => modifiedAt < before).map(({ key }) => key);
    const tracked = new Set(
      (
        await BlobModel.find({ key: { $in: keys } })
          .select('key')
          .lean()
      ).map(({ key }) => key),
    );
    for (const key of keys) {
      if (tracked.has(key) || arriving.has(key)) continue;
      await objects.delete(key);
      removed++;
      log.warn({ key }, 'an object without a record was removed');
    }
  }
  return removed;
}
