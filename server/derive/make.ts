import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Blob, blobsOf } from '../blobs/index.ts';
import { type CompanyWork, JobGivenUp, type Work } from '../jobs/index.ts';
import type { Platform } from '../platform.ts';
import type { Reason, Recipe } from './contract.ts';
import { type Made, NotConvertible, type Task } from './convert/conversion.ts';
import type { Converters } from './converters.ts';
import { keep, type Result } from './keep.ts';
import { DerivativeModel } from './model.ts';
import { findModel } from './model-inside.ts';
import { openPackage, shownOf, wordsIn } from './package-copies.ts';
import { ProgressNotes } from './progress-notes.ts';
import {
  isOffice,
  isPackage,
  isPicture,
  limitsFor,
  mayMend,
  modelRecipes,
  needsSegments,
  needsTiles,
} from './recipes.ts';
import { entriesOf, modelOf, pagesOf, type Source, withCopy, withFolder } from './source.ts';
import { idOf, type Wish, want } from './want.ts';

/** What the recipes of a job have in common. */
interface Making {
  platform: Platform;
  converters: Converters;
  work: Work;
  wish: Wish;
  blob: Blob;
  folder: string;
  /** Takes what came of a recipe; the files that were made stay until the folder goes. */
  report: (result: Result) => Promise<void>;
}

/**
 * Makes what recipes make of a blob and stores it, or why it could not be made. The blob is read once for all.
 * @throws JobGivenUp with the reasons, joined by a comma, when something could not be made that another try may make
 */
export async function make(
  platform: Platform,
  converters: Converters,
  wish: Wish,
  work: Work,
): Promise<void> {
  const blob = (await blobsOf([wish.sha256])).get(wish.sha256);
  if (!blob) return; // collected meanwhile
  const report = (result: Result) => store(platform, [result]);
  await withFolder((folder) => makeOf({ platform, converters, work, wish, blob, folder, report }));
}

/**
 * The same for several small wishes, stored together at the end: one after the other, but each gets ready while the one
 * before it is made. When they take long, because one of them does or the processor is busy, what has been made is stored,
 * and what has not been begun is given back, so that it is others' turn. Who is next gets ready while the last is made.
 * @param patience how long they may take, in milliseconds
 */
export async function makeTogether(
  platform: Platform,
  converters: Converters,
  wishes: readonly Wish[],
  work: CompanyWork,
  patience: number,
): Promise<PromiseSettledResult<void>[]> {
  const [first] = wishes;
  if (first && wishes.length === 1) return Promise.allSettled([make(platform, converters, first, work)]);
  const blobs = await blobsOf(wishes.map(({ sha256 }) => sha256));
  return withFolder(async (top) => {
    const made: Result[] = [];
    let isSlow = false;
    const report = async (result: Result) => (isSlow ? store(platform, [result]) : void made.push(result));
    const makeAt = async (at: number, wish: Wish) => {
      const folder = join(top, String(at));
      await mkdir(folder);
      const blob = blobs.get(wish.sha256);
      if (blob) await makeOf({ platform, converters, work, wish, blob, folder, report });
    };
    const begin = (at: number) =>
      Promise.allSettled(wishes.slice(at, at + 1).map((wish) => makeAt(at, wish)));
    const outcomes: PromiseSettledResult<void>[] = [];
    const end = performance.now() + patience;
    let next = begin(0);
    for (let at = 0; at < wishes.length && !isSlow; at++) {
      const making = next;
      next = begin(at + 1);
      if (at === wishes.length - 1) work.giveWay();
      isSlow = !(await endsWithin(making, end - performance.now()));
      if (isSlow) {
        await work.handBack(at + 2);
        work.giveWay();
        await store(platform, made.splice(0));
      }
      outcomes.push(...(await making));
    }
    outcomes.push(...(await next));
    await store(platform, made);
    return outcomes;
  });
}

async function endsWithin(making: Promise<unknown>, milliseconds: number): Promise<boolean> {
  const alarm = new AbortController();
  const late = setTimeout(Math.max(1, milliseconds), false, { signal: alarm.signal }).catch(() => false);
  const isInTime = await Promise.race([making.then(() => true), late]);
  alarm.abort();
  return isInTime;
}

/** Asks for what is worth making now, first, so that whoever waits sees at no time that all is done; then stores. */
async function store(platform: Platform, results: readonly Result[]): Promise<void> {
  if (results.length === 0) return;
  const more = results.map((result) => ({ ...result.wish, recipes: moreOf(result) }));
  await want(
    platform,
    more.filter(({ recipes }) => recipes.length > 0),
  );
  await keep(platform, results);
}

async function makeOf(making: Making): Promise<void> {
  const { platform, wish, blob, folder } = making;
  if (isPackage(wish.mediaType)) return makeOfPackage(making);
  const fits = (recipe: Recipe) => blob.size <= limitsFor(recipe, wish.mediaType).size;
  const recipes = wish.recipes.filter(fits);
  for (const recipe of wish.recipes)
    if (!fits(recipe)) await reportFailure(making, recipe, new NotConvertible('too-large'));
  if (recipes.length === 0) return;
  if (isOffice(wish.mediaType) && recipes.includes('ocr'))
    return followAll(making, recipes, () => pagesOf(platform, wish.sha256, folder));
  await withCopy(platform, blob, { mediaType: wish.mediaType, folder }, (source) =>
    followAll(making, recipes, async () => source),
  );
}

const reportFailure = ({ wish, report }: Making, recipe: Recipe, why: NotConvertible): Promise<void> =>
  report({ wish, recipe, reason: why.reason, about: why.about });

/** The words of a zip, and its picture, or what the model in it gives. */
async function makeOfPackage(making: Making): Promise<void> {
  const { platform, wish, blob, folder } = making;
  const opening = openPackage(platform, blob);
  const isText = (recipe: Recipe) => recipe === 'text';
  const open = async (recipes: readonly Recipe[]) => {
    const archive = await opening;
    const hasWords = recipes.every(isText);
    if (!hasWords && findModel(archive)) return modelOf(platform, archive, folder);
    const { paths, names } = hasWords ? { paths: wordsIn(archive) } : shownOf(archive);
    const copies = await entriesOf(platform, archive, paths, { mediaType: wish.mediaType, folder });
    return { ...copies, ...(names && { names }) };
  };
  const archive = await opening.catch(ifReadable);
  if (archive && wish.recipes.some(isText))
    await want(platform, [{ ...wish, recipes: findModel(archive) ? [...modelRecipes] : ['thumbnails'] }]);
  await followAll(making, wish.recipes, open);
}

function ifReadable(error: unknown): undefined {
  if (!(error instanceof NotConvertible)) throw error;
}

/** Follows recipes one after the other; what one cannot make does not keep the others from it. @throws JobGivenUp */
async function followAll(
  making: Making,
  recipes: readonly Recipe[],
  open: (recipes: readonly Recipe[]) => Promise<Source>,
): Promise<void> {
  const { work, wish, report } = making;
  const opening = open(recipes);
  const siblings: Record<string, string> = {};
  const known: Made['also'] = {};
  const mendable = new Set<Reason>();
  for (const recipe of recipes) {
    try {
      const task = { ...(await opening), siblings: { ...siblings }, wanted: recipes };
      const { also, ...made } = known[recipe] ?? (await follow(making, recipe, task));
      Object.assign(known, also);
      for (const { name, file } of made.files ?? []) siblings[name] = file;
      await report({ wish, recipe, made });
    } catch (error) {
      if (!(error instanceof NotConvertible)) throw error;
      await reportFailure(making, recipe, error);
      work.signal.throwIfAborted();
      if (mayMend(error.reason)) mendable.add(error.reason);
    }
  }
  if (mendable.size > 0) throw new JobGivenUp([...mendable].join(', '));
}

/** What is worth making only now that this is known. */
function moreOf(result: Result): Recipe[] {
  const more: Recipe[] = [];
  if (!('made' in result)) return more;
  const { wish, recipe } = result;
  const { facts } = result.made;
  if (recipe === 'thumbnails' && isPicture(wish.mediaType)) more.push('avif');
  if (recipe === 'thumbnails' && facts.picture && needsTiles(wish.mediaType, facts.picture))
    more.push('tiles');
  if (facts.scannedPages) more.push('ocr');
  if (recipe === 'media' && needsSegments(facts)) more.push('stream');
  if (recipe === 'media' && facts.media?.captions) more.push('text');
  return more;
}

async function follow(
  making: Making,
  recipe: Recipe,
  source: Omit<Task, 'recipe' | 'folder'>,
): Promise<Made> {
  const { platform, wish, work } = making;
  const folder = join(making.folder, recipe);
  await mkdir(folder);
  const _id = idOf(wish.sha256, recipe);
  const notes = new ProgressNotes((progress) =>
    // What is made anew after it was cancelled waits again.
    DerivativeModel.updateOne(
      { _id, state: { $ne: 'done' } },
      { $set: { state: 'waiting', progress, changedAt: platform.clock() }, $unset: { reason: 1, about: 1 } },
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

/** Converts, once more when the converter crashed or hung: what tells how far it is only takes long. @throws NotConvertible */
async function convert(
  { platform, converters, blob }: Making,
  task: Task,
  { signal, tell }: Work,
): Promise<Made> {
  const limits = limitsFor(task.recipe, task.mediaType);
  if (blob.size > limits.size) throw new NotConvertible('too-large');
  for (let attempt = 1; ; attempt++) {
    let hasTold = false;
    const telling = (share: number) => {
      hasTold = true;
      tell(share);
    };
    try {
      return await converters.run(task, limits, { signal, tell: telling });
    } catch (error) {
      const refused = error instanceof NotConvertible ? error : undefined;
      const isSure = refused && (refused.reason !== 'took-too-long' || hasTold);
      if (isSure || attempt === 2) throw refused ?? new NotConvertible('crashed');
      platform.log.warn({ err: error, blob: blob._id, recipe: task.recipe }, 'a converter crashed or hung');
    }
  }
}
