import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Blob, blobsOf } from '../blobs/index.ts';
import type { Work } from '../jobs/index.ts';
import type { Platform } from '../platform.ts';
import type { Recipe } from './contract.ts';
import { type Made, NotConvertible, type Task } from './convert/conversion.ts';
import type { Converters } from './converters.ts';
import { keep, keepFailure } from './keep.ts';
import { DerivativeModel } from './model.ts';
import { findModel } from './model-inside.ts';
import { openPackage } from './package-copies.ts';
import { ProgressNotes } from './progress-notes.ts';
import { isPackage, isPicture, limitsFor, modelRecipes, needsTiles } from './recipes.ts';
import { modelOf, type Source, withCopy, withFolder, wordsOf } from './source.ts';
import { type Wish, want } from './want.ts';

/** What the recipes of a job have in common. */
interface Making {
  platform: Platform;
  converters: Converters;
  work: Work;
  wish: Wish;
  blob: Blob;
  folder: string;
}

/** Makes what recipes make of a blob and stores it, or why it could not be made. The blob is read once for all. */
export async function make(
  platform: Platform,
  converters: Converters,
  wish: Wish,
  work: Work,
): Promise<void> {
  const blob = (await blobsOf([wish.sha256])).get(wish.sha256);
  if (!blob) return; // collected meanwhile
  await withFolder(async (folder) => {
    const making = { platform, converters, work, wish, blob, folder };
    if (isPackage(wish.mediaType)) return makeOfPackage(making);
    const fits = (recipe: Recipe) => blob.size <= limitsFor(recipe, wish.mediaType).size;
    const recipes = wish.recipes.filter(fits);
    for (const recipe of wish.recipes)
      if (!fits(recipe)) await keepFailure(platform, { sha256: wish.sha256, recipe }, 'too-large');
    if (recipes.length === 0) return;
    await withCopy(platform, blob, { mediaType: wish.mediaType, folder }, (source) =>
      followAll(making, recipes, async () => source),
    );
  });
}

/** The words of a zip, or what the model in it gives. */
async function makeOfPackage(making: Making): Promise<void> {
  const { platform, wish, blob, folder } = making;
  const opening = openPackage(platform, blob);
  const isText = (recipe: Recipe) => recipe === 'text';
  const open = async (recipes: readonly Recipe[]) =>
    recipes.every(isText)
      ? wordsOf(platform, await opening, { mediaType: wish.mediaType, folder })
      : modelOf(platform, await opening, folder);
  const archive = await opening.catch(ifReadable);
  if (archive && wish.recipes.some(isText) && findModel(archive))
    await want(platform, [{ ...wish, recipes: [...modelRecipes] }]);
  await followAll(making, wish.recipes, open);
}

function ifReadable(error: unknown): undefined {
  if (!(error instanceof NotConvertible)) throw error;
}

/** Follows recipes one after the other; what one cannot make does not keep the others from it. */
async function followAll(
  making: Making,
  recipes: readonly Recipe[],
  open: (recipes: readonly Recipe[]) => Promise<Source>,
): Promise<void> {
  const { platform, work, wish } = making;
  const opening = open(recipes);
  const siblings: Record<string, string> = {};
  for (const recipe of recipes) {
    const of = { sha256: wish.sha256, recipe };
    try {
      const source = await opening;
      const made = await follow(making, recipe, { ...source, siblings: { ...siblings } });
      for (const { name, file } of made.files ?? []) siblings[name] = file;
      await wantMore(making, recipe, made); // first, so that whoever waits sees at no time that all is done
      await keep(platform, of, made);
    } catch (error) {
      if (!(error instanceof NotConvertible)) throw error;
      await keepFailure(platform, of, error.reason);
      work.signal.throwIfAborted();
    }
  }
}

/** Asks for what is worth making only now that this is known. */
async function wantMore({ platform, wish }: Making, recipe: Recipe, { facts }: Made): Promise<void> {
  const more: Recipe[] = [];
  if (recipe === 'thumbnails' && isPicture(wish.mediaType)) more.push('avif');
  if (recipe === 'thumbnails' && facts.picture && needsTiles(wish.mediaType, facts.picture))
    more.push('tiles');
  if (facts.scannedPages) more.push('ocr');
  if (more.length > 0) await want(platform, [{ ...wish, recipes: more }]);
}

async function follow(
  making: Making,
  recipe: Recipe,
  source: Omit<Task, 'recipe' | 'folder'>,
): Promise<Made> {
  const { platform, wish, work } = making;
  const folder = join(making.folder, recipe);
  await mkdir(folder);
  const _id = `${wish.sha256}:${recipe}`;
  const notes = new ProgressNotes((progress) =>
    // What is made anew after it was cancelled waits again.
    DerivativeModel.updateOne(
      { _id, state: { $ne: 'done' } },
      { $set: { state: 'waiting', progress }, $unset: { reason: 1 } },
    ).catch((err: unknown) =>
      platform.log.warn({ err, derivative: _id }, 'the progress of a conversion was not noted'),
    ),
  );
  const tell = (share: number) => {
    work.tell(share);
    notes.note(share);
  };
  try {
    return await convert(making, { ...source, recipe, folder }, { signal: work.signal, tell });
  } finally {
    await notes.end();
  }
}

/** Converts, once more when the converter crashed. @throws NotConvertible */
async function convert({ platform, converters, blob }: Making, task: Task, work: Work): Promise<Made> {
  const limits = limitsFor(task.recipe, task.mediaType);
  if (blob.size > limits.size) throw new NotConvertible('too-large');
  for (let attempt = 1; ; attempt++) {
    try {
      return await converters.run(task, limits, work);
    } catch (error) {
      if (error instanceof NotConvertible) throw error;
      platform.log.warn({ err: error, blob: blob._id, recipe: task.recipe, attempt }, 'a converter crashed');
      if (attempt === 2) throw new NotConvertible('crashed');
    }
  }
}
