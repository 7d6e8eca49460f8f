import type { Blob } from '../blobs/index.ts';
import type { Platform } from '../platform.ts';
import type { Recipe } from './contract.ts';
import { DerivativeModel } from './model.ts';
import { recipesFor, versionFor } from './recipes.ts';

export const MAKE = 'derive/make';
/** Reading text out of pictures takes minutes; nothing else is to wait for it. */
export const RECOGNISE = 'derive/recognise';
/** What only makes pictures smaller, and films start sooner, is done when nobody waits for anything else. */
export const SHRINK = 'derive/shrink';
/** Encoding films takes as long as they do; whoever waits for one waits for those that were asked for before. */
export const ENCODE = 'derive/encode';
const queues: Partial<Record<Recipe, string>> = {
  ocr: RECOGNISE,
  avif: SHRINK,
  stream: SHRINK,
  encoded: ENCODE,
};
const jobFor = (recipe: Recipe) => queues[recipe] ?? MAKE;

/** Recipes that are to be followed with a blob. */
export interface Wish {
  sha256: string;
  recipes: Recipe[];
  /** by the name under which the blob came */
  mediaType: string;
  /** the organisation that brought it; none when an upgrade or a repetition asks */
  organisation?: string | undefined;
}

export type Wanted = Pick<Blob, 'mediaType'> & { sha256: string };
export type Queue = Pick<Platform, 'jobs' | 'clock'>;

/**
 * Asks for everything that can be made of these blobs and has not been asked for. Returns once that is durable. What
 * one organisation brings does not keep others waiting.
 */
export async function wantDerivatives(
  platform: Queue,
  blobs: readonly Wanted[],
  organisation?: string,
): Promise<void> {
  const wishes = blobs.map(({ sha256, mediaType }) => ({
    sha256,
    mediaType,
    recipes: recipesFor(mediaType),
    ...(organisation && { organisation }),
  }));
  await want(platform, wishes);
}

/** Under which the outcome of following a recipe with a blob is kept. */
export const idOf = (sha256: string, recipe: Recipe) => `${sha256}:${recipe}`;

/** Asks for recipes, unless they have been asked for since they were last improved. */
export async function want(platform: Queue, wishes: readonly Wish[]): Promise<void> {
  const ids = wishes.flatMap(({ sha256, recipes }) => recipes.map((recipe) => idOf(sha256, recipe)));
  if (ids.length === 0) return;
  const known = await DerivativeModel.find({ _id: { $in: ids } }, { version: 1 }).lean();
  const versionOf = new Map(known.map(({ _id, version }) => [_id, version]));
  const isDue = ({ sha256, mediaType }: Wish, recipe: Recipe) =>
    (versionOf.get(idOf(sha256, recipe)) ?? 0) < versionFor(recipe, mediaType);
  const due = wishes.map((wish) => ({
    ...wish,
    recipes: wish.recipes.filter((recipe) => isDue(wish, recipe)),
  }));
  await wantAnew(platform, due);
}

/** Asks for recipes, whether they have been followed or not. What is there stays until it is made anew. */
export async function wantAnew({ jobs, clock }: Queue, wishes: readonly Wish[]): Promise<void> {
  const marks = wishes.flatMap((wish) => wish.recipes.map((recipe) => mark(wish, recipe, clock())));
  if (marks.length === 0) return;
  await DerivativeModel.bulkWrite(marks, { ordered: false });
  await enqueue(
    jobs,
    wishes.flatMap((wish) => together(wish.recipes).map((recipes) => ({ ...wish, recipes }))),
  );
}

const mark = ({ sha256, mediaType }: Wish, recipe: Recipe, changedAt: Date) => ({
  updateOne: {
    filter: { _id: idOf(sha256, recipe) },
    update: {
      $set: { version: versionFor(recipe, mediaType), state: 'waiting' as const, changedAt },
      $unset: { reason: 1 as const, about: 1 as const },
      $setOnInsert: { blob: sha256, recipe, facts: {}, outputs: [] },
    },
    upsert: true,
  },
});

/** What takes long, and what waits for another queue, is a job of its own; what is quick reads the blob once for all. */
const alone = new Set<Recipe>(['playable', 'encoded', 'pdf', 'tiles', 'ocr', 'avif', 'stream']);

function together(recipes: readonly Recipe[]): Recipe[][] {
  const quick = recipes.filter((recipe) => !alone.has(recipe));
  const slow = recipes.filter((recipe) => alone.has(recipe)).map((recipe) => [recipe]);
  return quick.length > 0 ? [quick, ...slow] : slow;
}

/** What a recipe was asked for with when the blob came, so that one job that failed is not followed by another. */
export const togetherWith = (recipe: Recipe, mediaType: string): Recipe[] =>
  together(recipesFor(mediaType)).find((recipes) => recipes.includes(recipe)) ?? [recipe];

/** Under which one job is enough for recipes that are followed together with a blob. */
export const keyOf = ({ sha256, recipes }: Pick<Wish, 'sha256' | 'recipes'>) =>
  `${sha256}:${recipes.join('+')}`;

const jobOf = (wish: Wish) => ({
  data: wish,
  unique: keyOf(wish),
  whose: wish.organisation ?? '',
});

/** Stores the jobs for recipes that belong together. */
export async function enqueue(jobs: Platform['jobs'], wishes: readonly Wish[]): Promise<void> {
  for (const name of [MAKE, RECOGNISE, SHRINK, ENCODE]) {
    const some = wishes.filter(({ recipes: [first = 'text'] }) => jobFor(first) === name);
    if (some.length > 0) await jobs.enqueueAll(name, some.map(jobOf));
  }
}
