import type { QueryFilter } from 'mongoose';
import { KeyTaken, lossIn, type ObjectStore, opening } from '../../storage/objects/store.ts';
import { Problem } from '../http/index.ts';
import type { Mirror, Platform } from '../platform.ts';
import { digestOf } from './digest.ts';
import { newBlobKey } from './key.ts';
import { type Blob, BlobModel } from './model.ts';
import { readBlob } from './read.ts';

/**
 * The mirror: a second store that has the bytes of every blob under its SHA-256. What it has stands in the records, so
 * that an outage of the mirror, or a new one, is caught up with.
 */

const prefix = 'mirror/';
export const mirroredKey = (sha256: string): string => `${prefix}${sha256}`;

/** Copies what the mirror does not have, longest stored first. Resolves with the number of blobs. */
export async function copyToMirror(platform: Platform, mirror: Mirror): Promise<number> {
  let copied = 0;
  let store: ObjectStore | undefined;
  const missing: QueryFilter<Blob> = {
    state: 'stored',
    mirror: { $ne: mirror.id },
    condemnedAt: null,
    scan: { $ne: 'infected' },
  };
  for await (const blob of BlobModel.find(missing).sort({ storedAt: 1 }).lean().cursor()) {
    store ??= await mirror.open();
    if (!(await copy(platform, store, blob))) continue;
    await BlobModel.updateOne({ _id: blob._id }, { $set: { mirror: mirror.id } });
    copied++;
  }
  return copied;
}

async function copy(platform: Platform, store: ObjectStore, { _id, size }: Blob): Promise<boolean> {
  const key = mirroredKey(_id);
  try {
    await store.put(
      key,
      opening(() => readBlob(platform, _id)),
    );
    return true;
  } catch (error) {
    if (error instanceof Problem) return false; // damaged or gone meanwhile, and reported
    if (!(error instanceof KeyTaken)) throw error;
    if ((await store.stat(key)).size === size) return true;
    await store.delete(key); // of another size: no copy; the next round brings it
    return false;
  }
}

/**
 * Restores damaged blobs from the mirror: its bytes are stored under a new key, read once more there, and take over
 * when they are what their SHA-256 says. Resolves with the number restored.
 */
export async function restoreFromMirror(
  platform: Pick<Platform, 'objects' | 'log' | 'clock'>,
  mirror: Mirror,
): Promise<number> {
  let restored = 0;
  for (const blob of await BlobModel.find({ state: 'damaged', mirror: mirror.id }).lean())
    if (await restore(platform, await mirror.open(), blob)) restored++;
  return restored;
}

async function restore(
  { objects, log, clock }: Pick<Platform, 'objects' | 'log' | 'clock'>,
  store: ObjectStore,
  { _id, key: damaged, size }: Blob,
): Promise<boolean> {
  const key = newBlobKey();
  try {
    await objects.put(
      key,
      opening(() => store.get(mirroredKey(_id))),
    );
  } catch (error) {
    if (!lossIn(error)) throw error;
    await forgetCopy(_id);
    log.error({ blob: _id }, 'a damaged blob cannot be restored: the mirror does not have it');
    return false;
  }
  const found = await digestOf(await objects.get(key));
  const isGood = found.sha256 === _id && found.size === size;
  const { modifiedCount } = isGood
    ? await BlobModel.updateOne(
        { _id, key: damaged, state: 'damaged' },
        { $set: { key, state: 'stored', checkedAt: clock() } },
      )
    : { modifiedCount: 0 };
  await objects.delete(modifiedCount === 1 ? damaged : key);
  if (modifiedCount === 1) log.warn({ blob: _id }, 'a damaged blob was restored from the mirror');
  else if (!isGood) {
    await forgetCopy(_id);
    log.error({ blob: _id }, 'a damaged blob cannot be restored: the mirror’s copy is damaged, too');
  }
  return modifiedCount === 1;
}

const forgetCopy = (sha256: string) => BlobModel.updateOne({ _id: sha256 }, { $unset: { mirror: 1 } });

/** Reads the mirror's copy of a blob; a damaged one is removed, and made anew by the next round. */
export async function checkMirrored(
  { log }: Pick<Platform, 'log'>,
  mirror: Mirror,
  { _id, mirror: where }: Blob,
): Promise<void> {
  if (where !== mirror.id) return;
  const store = await mirror.open();
  const found = await store
    .get(mirroredKey(_id))
    .then(digestOf)
    .catch((error: unknown) => {
      if (!lossIn(error)) throw error;
      return undefined;
    });
  if (found?.sha256 === _id) return;
  log.error({ blob: _id }, 'the mirror’s copy of a blob is damaged');
  await store.delete(mirroredKey(_id));
  await forgetCopy(_id);
}

/** Removes what the mirror has of blobs that are no more, a day after they were copied at the earliest. */
export async function tidyMirror({ clock }: Pick<Platform, 'clock'>, mirror: Mirror): Promise<number> {
  const store = await mirror.open();
  const before = new Date(clock().getTime() - 24 * 3600 * 1000);
  let removed = 0;
  for await (const { key, modifiedAt } of store.list(prefix)) {
    if (modifiedAt > before || (await BlobModel.exists({ _id: key.slice(prefix.length) }))) continue;
    await store.delete(key);
    removed++;
  }
  return removed;
}
