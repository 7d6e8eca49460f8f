import { type Blob, blobsOf } from '../blobs/index.ts';
import type { Platform } from '../platform.ts';
import type { Wish } from './make.ts';
import { DerivativeModel, PassageModel } from './model.ts';
import { recipesFor, versions } from './recipes.ts';

export const MAKE = 'derive/make';

type Wanted = Pick<Blob, 'mediaType'> & { sha256: string };

/** Asks for everything that can be made of these blobs and has not been asked for. Returns once that is durable. */
export async function wantDerivatives(
  platform: Pick<Platform, 'jobs' | 'clock'>,
  blobs: readonly Wanted[],
): Promise<void> {
  for (const { sha256, mediaType } of blobs) {
    for (const recipe of recipesFor(mediaType)) {
      const known = await DerivativeModel.findById(`${sha256}:${recipe}`).lean();
      if (known && known.version >= versions[recipe]) continue;
      await DerivativeModel.updateOne(
        { _id: `${sha256}:${recipe}` },
        {
          $set: { version: versions[recipe], state: 'waiting', changedAt: platform.clock() },
          $setOnInsert: { blob: sha256, recipe, facts: {}, outputs: [] },
        },
        { upsert: true },
      );
      const wish: Wish = { sha256, recipe, mediaType };
      await platform.jobs.enqueue(MAKE, wish, { unique: `${sha256}:${recipe}` });
    }
  }
}

const longWait = 3600_000;
const day = 24 * longWait;

/** Asks again for what has been waiting for long, since its job was lost, and once a day for what lacked a program. */
export async function catchUp(platform: Pick<Platform, 'jobs' | 'clock'>): Promise<number> {
  const before = (age: number) => ({ $lt: new Date(platform.clock().getTime() - age) });
  const stuck = await DerivativeModel.find({
    $or: [
      { state: 'waiting', changedAt: before(longWait) },
      {
        state: 'failed',
        reason: { $in: ['program-missing', 'office-missing'] },
        changedAt: before(day),
      },
    ],
  })
    .limit(1000)
    .lean();
  const blobs = await blobsOf(stuck.map(({ blob }) => blob));
  for (const { _id, blob, recipe } of stuck) {
    const stored = blobs.get(blob);
    if (!stored) continue;
    await DerivativeModel.updateOne({ _id }, { $set: { changedAt: platform.clock() } });
    const wish: Wish = { sha256: blob, recipe, mediaType: stored.mediaType };
    await platform.jobs.enqueue(MAKE, wish, { unique: _id });
  }
  return stuck.length;
}

/**
 * Asks for what recipes that are new or were improved make of the blobs that there are already: after an upgrade.
 * Resolves with the number of blobs that were looked at.
 */
export async function wantForAll(platform: Pick<Platform, 'jobs' | 'clock'>): Promise<number> {
  let seen = 0;
  let last = '';
  for await (const { blob } of DerivativeModel.find().sort({ blob: 1 }).select('blob').lean().cursor()) {
    if (blob === last) continue;
    last = blob;
    seen++;
    const stored = (await blobsOf([blob])).get(blob);
    if (stored) await wantDerivatives(platform, [{ sha256: blob, mediaType: stored.mediaType }]);
  }
  return seen;
}

/** Removes what was made of blobs that are no more. Resolves with the number of blobs. */
export async function forgetRemoved({ objects }: Pick<Platform, 'objects'>): Promise<number> {
  const gone = new Set<string>();
  const batch: string[] = [];
  const check = async () => {
    const there = await blobsOf(batch);
    for (const sha256 of batch.splice(0)) if (!there.has(sha256)) gone.add(sha256);
  };
  for await (const { blob } of DerivativeModel.find().select('blob').lean().cursor()) {
    batch.push(blob);
    if (batch.length === 500) await check();
  }
  await check();
  for (const blob of gone) {
    for (const { outputs } of await DerivativeModel.find({ blob }).lean())
      for (const { key } of outputs) await objects.delete(key);
    await PassageModel.deleteMany({ blob });
    await DerivativeModel.deleteMany({ blob });
  }
  return gone.size;
}
