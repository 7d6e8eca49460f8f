import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type Blob, blobsOf, digestOf, storeProblem } from '../blobs/index.ts';
import type { Work } from '../jobs/index.ts';
import type { Platform } from '../platform.ts';
import { reindexBlob } from '../resources/index.ts';
import type { Reason } from './contract.ts';
import { type Made, type MadeFile, NotConvertible, type Passage } from './convert/conversion.ts';
import type { Converters } from './converters.ts';
import { DerivativeModel, type Output, PassageModel } from './model.ts';
import { findModel, type ModelInside, unpackModel } from './model-inside.ts';
import { isCad, limitsFor, modelRecipes, needsTiles, versions } from './recipes.ts';
import { withFolder, withSource } from './source.ts';
import { type Wish, want } from './want.ts';

/** Makes what a recipe makes of a blob and stores it, or why it could not be made. */
export async function make(
  platform: Platform,
  converters: Converters,
  wish: Wish,
  work: Work,
): Promise<void> {
  const { sha256, recipe, mediaType } = wish;
  const blob = (await blobsOf([sha256])).get(sha256);
  if (!blob) return; // collected meanwhile
  try {
    if (mediaType === 'application/zip') {
      const inside = await findModel(platform, blob);
      if (recipe !== 'text') return await makeOfModel(platform, converters, wish, blob, inside);
      if (inside) for (const of of modelRecipes) await want(platform, { ...wish, recipe: of });
    }
    const packs = mediaType === 'model/gltf+json' || isCad(mediaType);
    await withSource(platform, blob, mediaType, async (place) => {
      const task = { recipe, mediaType, packs, ...place };
      const made = await convert(platform, converters, blob, task, noting(platform, wish, work));
      await keep(platform, wish, made);
    });
  } catch (error) {
    if (!(error instanceof NotConvertible)) throw error;
    await note(platform, wish, { state: 'failed', reason: error.reason, facts: {}, outputs: [] });
    work.signal.throwIfAborted();
  }
}

/** Milliseconds between two notes of how far it is. */
const noteEvery = 2000;

/** The work, with its progress noted for whoever waits for the result. */
function noting({ log }: Platform, { sha256, recipe }: Wish, { tell, signal }: Work): Work {
  const _id = `${sha256}:${recipe}`;
  let noted = Number.NEGATIVE_INFINITY;
  return {
    signal,
    tell(share) {
      tell(share);
      if (performance.now() - noted < noteEvery) return;
      noted = performance.now();
      // What is made anew after it was cancelled waits again.
      const change = { $set: { state: 'waiting', progress: share }, $unset: { reason: 1 } } as const;
      DerivativeModel.updateOne({ _id, state: { $ne: 'done' } }, change).catch((err: unknown) =>
        log.warn({ err, derivative: _id }, 'the progress of a conversion was not noted'),
      );
    },
  };
}

/** What the model in a zip gives. */
async function makeOfModel(
  platform: Platform,
  converters: Converters,
  wish: Wish,
  blob: Blob,
  inside: ModelInside | undefined,
): Promise<void> {
  if (!inside) throw new NotConvertible('damaged');
  const { recipe } = wish;
  const { mediaType } = inside;
  await withFolder(async (folder) => {
    const source = await unpackModel(platform, inside, folder, limitsFor(recipe, mediaType).size);
    const task = { recipe, mediaType, source, folder, packs: true };
    await keep(platform, wish, await convert(platform, converters, blob, task));
  });
}

/** Converts, once more when the converter crashed. @throws NotConvertible */
async function convert(
  { log }: Platform,
  converters: Converters,
  blob: Blob,
  task: Parameters<Converters['run']>[0],
  work?: Work,
): Promise<Made> {
  const limits = limitsFor(task.recipe, task.mediaType);
  if (blob.size > limits.size) throw new NotConvertible('too-large');
  for (let attempt = 1; ; attempt++) {
    try {
      return await converters.run(task, limits, work);
    } catch (error) {
      if (error instanceof NotConvertible) throw error;
      log.warn({ err: error, blob: blob._id, recipe: task.recipe, attempt }, 'a converter crashed');
      if (attempt === 2) throw new NotConvertible('crashed');
    }
  }
}

/** Stores what was made: the bytes first, then the record that points to them. */
async function keep(platform: Platform, wish: Wish, { facts, files = [], passages }: Made): Promise<void> {
  const outputs: Output[] = [];
  for (const file of files) outputs.push(await put(platform, file));
  if (passages) await keepPassages(wish, passages);
  await note(platform, wish, { state: 'done', facts, outputs });
  if (passages) await reindexBlob(wish.sha256);
  if (wish.recipe === 'thumbnails' && facts.picture && needsTiles(wish.mediaType, facts.picture))
    await want(platform, { ...wish, recipe: 'tiles' });
  if (facts.scannedPages) await want(platform, { ...wish, recipe: 'ocr' });
}

async function put({ objects }: Platform, { file, ...made }: MadeFile): Promise<Output> {
  const key = `derived/${randomUUID()}`;
  const { sha256, size } = await digestOf(createReadStream(file));
  await objects.put(key, createReadStream(file)).catch((error) => {
    throw storeProblem(error, objects);
  });
  return { ...made, key, size, sha256 };
}

/** Passages that were read out of pictures are numbered from here, so that both kinds can be replaced on their own. */
const readFrom = 1_000_000;

async function keepPassages({ sha256, recipe }: Wish, passages: readonly Passage[]): Promise<void> {
  const first = recipe === 'ocr' ? readFrom : 0;
  await PassageModel.deleteMany({ blob: sha256, n: { $gte: first, $lt: first + readFrom } });
  const batch = 500;
  for (let from = 0; from < passages.length; from += batch) {
    const some = passages.slice(from, from + batch);
    await PassageModel.insertMany(
      some.map((passage, index) => ({ ...passage, blob: sha256, n: first + from + index })),
    );
  }
}

interface Outcome {
  state: 'done' | 'failed';
  reason?: Reason;
  facts: Made['facts'];
  outputs: Output[];
}

/** Records the outcome, and removes what an older version of the recipe had made. */
async function note({ clock, objects }: Platform, { sha256, recipe }: Wish, outcome: Outcome): Promise<void> {
  const before = await DerivativeModel.findOneAndUpdate(
    { _id: `${sha256}:${recipe}` },
    {
      $set: { ...outcome, version: versions[recipe], changedAt: clock(), blob: sha256, recipe },
      $unset: { progress: 1, ...(outcome.reason === undefined && { reason: 1 }) },
    },
    { upsert: true, returnDocument: 'before' },
  ).lean();
  for (const { key } of before?.outputs ?? []) await objects.delete(key);
}
