import { randomUUID } from 'node:crypto';
import type { Platform } from '../platform.ts';
import type { Digest } from './digest.ts';
import { type Blob, BlobModel } from './model.ts';
import { charge } from './quota.ts';
import { askForScan } from './scan.ts';

/** What was found out about bytes. The media type is that of this arrival, by its file name. */
export interface Findings extends Digest {
  mediaType: string;
}

/** Durable bytes under a key of their own, which nothing tells of yet. */
export interface Arrival extends Findings {
  key: string;
}

/** Bytes that are durable and recorded, ready for a file to point to them. */
export interface Ingested extends Findings {
  /** see Blob */
  hold: string;
  /** No such bytes were stored before. */
  isNew: boolean;
}

/**
 * Records durable bytes, with a few commands for many; when the same bytes are here already, those stay and the new ones
 * go. Resolves once they are recorded and count against the quota, with what `ingest` tells of each.
 */
export async function recordAll(
  platform: Platform,
  arrivals: readonly Arrival[],
  organisation: string,
): Promise<Ingested[]> {
  const now = platform.clock();
  const holds = arrivals.map(() => randomUUID());
  const writes = arrivals.map(({ key, sha256, size, crc32, mediaType }, at) => ({
    updateOne: {
      filter: { _id: sha256 },
      update: {
        $set: { heldAt: now, hold: holds[at] as string, condemnedAt: null },
        $setOnInsert: {
          key,
          size,
          crc32,
          mediaType,
          state: 'stored' as const,
          storedAt: now,
          checkedAt: now,
        },
      },
      upsert: true,
    },
  }));
  const { upsertedIds } = await BlobModel.bulkWrite(writes);
  const isNew = (at: number) => upsertedIds[at] !== undefined;
  await charge(platform, organisation, arrivals);
  const again = arrivals.filter((_, at) => !isNew(at));
  const isScanned = await joinThose(platform, again, now);
  if (platform.config.CLAMD_HOST && !(again.length === arrivals.length && isScanned))
    await askForScan(platform);
  return arrivals.map(({ key: _, ...findings }, at) => ({
    ...findings,
    hold: holds[at] as string,
    isNew: isNew(at),
  }));
}

/** Removes what was here already, or puts it in the place of what was damaged. Resolves with whether all was scanned. */
async function joinThose({ objects, log }: Platform, again: readonly Arrival[], now: Date): Promise<boolean> {
  if (again.length === 0) return true;
  const known = await BlobModel.find({ _id: { $in: again.map(({ sha256 }) => sha256) } }).lean();
  const blobOf = new Map(known.map((blob) => [blob._id, blob]));
  for (const { key, sha256 } of again) {
    const before = blobOf.get(sha256);
    if (!before || before.key === key) continue; // recorded by an attempt that was interrupted
    const isRepaired = before.state === 'damaged' && (await repair(before, key, now));
    if (isRepaired) log.warn({ blob: sha256 }, 'a damaged blob was repaired by uploading it again');
    await objects.delete(isRepaired ? before.key : key);
  }
  return known.every(({ scan }) => scan !== undefined);
}

async function repair({ _id, key: damaged }: Blob, key: string, now: Date): Promise<boolean> {
  const { modifiedCount } = await BlobModel.updateOne(
    { _id, key: damaged, state: 'damaged' },
    { $set: { key, state: 'stored', checkedAt: now } },
  );
  return modifiedCount === 1;
}
