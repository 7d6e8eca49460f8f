import { batchesOf } from '../batches.ts';
import { blobsOf, eachBlob } from '../blobs/index.ts';
import type { Platform } from '../platform.ts';
import { lacking, type Recipe } from './contract.ts';
import { DerivativeModel, FollowedModel, PassageModel } from './model.ts';
import { isInstalled } from './programs.ts';
import { recipesFor, versionFor, versions } from './recipes.ts';
import { enqueue, keyOf, type Queue, togetherWith, type Wish, wantAnew, wantDerivatives } from './want.ts';

const longWait = 3600_000;

/** Asks again for what has been waiting for long, since its job was lost. Resolves with how much that was. */
export async function catchUp(platform: Queue): Promise<number> {
  const stuck = await DerivativeModel.find({
    state: 'waiting',
    changedAt: { $lt: new Date(platform.clock().getTime() - longWait) },
  })
    .limit(1000)
    .lean();
  const blobs = await blobsOf(stuck.map(({ blob }) => blob));
  for (const one of stuck) {
    const [wish] = wishesFor(one, blobs);
    if (!wish) continue;
    await DerivativeModel.updateOne({ _id: one._id }, { $set: { changedAt: platform.clock() } });
    await enqueue(platform.jobs, [wish]);
  }
  return stuck.length;
}

/** Asks again, by the jobs that failed, for what lacked a program that has been installed since; for nothing else. */
export async function makeUp(platform: Queue, isThere = isInstalled): Promise<void> {
  for (const reason of lacking) {
    const failed = { state: 'failed' as const, reason };
    if (!(await DerivativeModel.exists(failed)) || !(await isThere(reason))) continue;
    for await (const batch of batchesOf(DerivativeModel.find(failed).lean().cursor())) {
      const blobs = await blobsOf(batch.map(({ blob }) => blob));
      const wishes = batch.flatMap((one) => wishesFor(one, blobs));
      await wantAnew(platform, [...new Map(wishes.map((wish) => [keyOf(wish), wish])).values()]);
    }
  }
}

/** By which a derivative is asked for again, with all that its job makes; none when its blob is gone. */
function wishesFor(
  { blob: sha256, recipe }: { blob: string; recipe: Recipe },
  blobs: Awaited<ReturnType<typeof blobsOf>>,
): Wish[] {
  const mediaType = blobs.get(sha256)?.mediaType;
  return mediaType === undefined ? [] : [{ sha256, mediaType, recipes: togetherWith(recipe, mediaType) }];
}

/**
 * Asks for what recipes that are new or were improved make of the blobs that there are already: after an upgrade, and
 * only then. Resolves with the number of blobs that were looked at.
 */
export async function wantForAll(platform: Queue): Promise<number> {
  const followed = await FollowedModel.findById('recipes').lean();
  const isNew = (recipe: string) => versions[recipe as Recipe] !== followed?.versions[recipe];
  const changed = (Object.keys(versions) as Recipe[]).filter(isNew);
  if (changed.length === 0) return 0;
  let seen = 0;
  for await (const blobs of batchesOf(eachBlob())) {
    seen += blobs.length;
    await wantDerivatives(
      platform,
      blobs.filter(({ mediaType }) => recipesFor(mediaType).some(isNew)),
    );
  }
  await wantAgain(platform, changed);
  await FollowedModel.updateOne({ _id: 'recipes' }, { $set: { versions } }, { upsert: true });
  return seen;
}

/**
 * Asks for what an older version of a recipe made, or could not make; this reaches recipes that only follow upon others,
 * too.
 */
async function wantAgain(platform: Queue, recipes: readonly Recipe[]): Promise<void> {
  const older = recipes.map((recipe) => ({ recipe, version: { $lt: versions[recipe] } }));
  for await (const batch of batchesOf(DerivativeModel.find({ $or: older }).lean().cursor())) {
    const blobs = await blobsOf(batch.map(({ blob }) => blob));
    const wishes = batch.flatMap(({ blob: sha256, recipe, state, version }) => {
      const mediaType = blobs.get(sha256)?.mediaType;
      const isDue =
        mediaType !== undefined && (state === 'failed' || version < versionFor(recipe, mediaType));
      return isDue ? [{ sha256, recipes: [recipe], mediaType }] : [];
    });
    await wantAnew(platform, wishes);
  }
}

/** Removes what was made of blobs that are no more. Resolves with the number of blobs. */
export async function forgetRemoved({ objects }: Pick<Platform, 'objects'>): Promise<number> {
  const gone = new Set<string>();
  for await (const batch of batchesOf(DerivativeModel.find().select('blob').lean().cursor())) {
    const blobs = batch.map(({ blob }) => blob);
    const there = await blobsOf(blobs);
    for (const sha256 of blobs) if (!there.has(sha256)) gone.add(sha256);
  }
  for (const blob of gone) {
    const made = await DerivativeModel.find({ blob }).lean();
    const keys = new Set(made.flatMap(({ outputs }) => outputs.map(({ key }) => key)));
    for (const key of keys) await objects.delete(key);
    await PassageModel.deleteMany({ blob });
    await DerivativeModel.deleteMany({ blob });
  }
  return gone.size;
}
