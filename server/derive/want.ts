import { type Blob, blobsOf, eachBlob } from '../blobs/index.ts';
import type { Platform } from '../platform.ts';
import type { Reason, Recipe } from './contract.ts';
import { DerivativeModel, PassageModel } from './model.ts';
import { recipesFor, versions } from './recipes.ts';

export const MAKE = 'derive/make';
/** Reading text out of pictures takes minutes; nothing else is to wait for it. */
export const RECOGNISE = 'derive/recognise';
const jobFor = (recipe: Recipe) => (recipe === 'ocr' ? RECOGNISE : MAKE);

/** A recipe that is to be followed with a blob. */
export interface Wish {
  sha256: string;
  recipe: Recipe;
  /** by the name under which the blob came */
  mediaType: string;
  /** the organisation that brought it; none when an upgrade or a repetition asks */
  organisation?: string | undefined;
}

type Wanted = Pick<Blob, 'mediaType'> & { sha256: string };

/**
 * Asks for everything that can be made of these blobs and has not been asked for. Returns once that is durable. What
 * one organisation brings does not keep others waiting.
 */
export async function wantDerivatives(
  platform: Pick<Platform, 'jobs' | 'clock'>,
  blobs: readonly Wanted[],
  organisation?: string,
): Promise<void> {
  for (const { sha256, mediaType } of blobs)
    for (const recipe of recipesFor(mediaType))
      await want(platform, { sha256, recipe, mediaType, ...(organisation && { organisation }) });
}

/** Asks for one recipe, unless it has been asked for since it was last improved. */
export async function want({ jobs, clock }: Pick<Platform, 'jobs' | 'clock'>, wish: Wish): Promise<void> {
  const { sha256, recipe } = wish;
  const _id = `${sha256}:${recipe}`;
  const known = await DerivativeModel.findById(_id).lean();
  if (known && known.version >= versions[recipe]) return;
  await DerivativeModel.updateOne(
    { _id },
    {
      $set: { version: versions[recipe], state: 'waiting', changedAt: clock() },
      $setOnInsert: { blob: sha256, recipe, facts: {}, outputs: [] },
    },
    { upsert: true },
  );
  await enqueue(jobs, wish);
}

async function enqueue(jobs: Platform['jobs'], wish: Wish): Promise<void> {
  const { sha256, recipe, organisation = '' } = wish;
  await jobs.enqueue(jobFor(recipe), wish, { unique: `${sha256}:${recipe}`, whose: organisation });
}

const longWait = 3600_000;
const day = 24 * longWait;
const lacking: Reason[] = ['program-missing', 'office-missing', 'ocr-missing', 'cad-missing'];

/** Asks again for what has been waiting for long, since its job was lost, and once a day for what lacked a program. */
export async function catchUp(platform: Pick<Platform, 'jobs' | 'clock'>): Promise<number> {
  const before = (age: number) => ({ $lt: new Date(platform.clock().getTime() - age) });
  const stuck = await DerivativeModel.find({
    $or: [
      { state: 'waiting', changedAt: before(longWait) },
      {
        state: 'failed',
        reason: { $in: lacking },
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
    await enqueue(platform.jobs, { sha256: blob, recipe, mediaType: stored.mediaType });
  }
  return stuck.length;
}

/**
 * Asks for what recipes that are new or were improved make of the blobs that there are already: after an upgrade.
 * Resolves with the number of blobs that were looked at.
 */
export async function wantForAll(platform: Pick<Platform, 'jobs' | 'clock'>): Promise<number> {
  let seen = 0;
  for await (const blob of eachBlob()) {
    seen++;
    await wantDerivatives(platform, [blob]);
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
