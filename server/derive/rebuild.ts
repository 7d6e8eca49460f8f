import type { z } from 'zod';
import { assertCan, type Member } from '../access/index.ts';
import { batchesOf } from '../batches.ts';
import { eachBlob } from '../blobs/index.ts';
import type { Work } from '../jobs/index.ts';
import { type DerivativeCounts, type Recipe, recipes } from './contract.ts';
import { type Derivative, DerivativeModel } from './model.ts';
import { recipesFor } from './recipes.ts';
import { idOf, type Queue, type Wanted, wantAnew } from './want.ts';

export const REBUILD = 'derive/rebuild';

/** What is to be made anew, as far as it was not made since then. */
export interface Rebuilding {
  recipes: readonly Recipe[];
  askedAt: string;
}

/** How many derivatives of a recipe are in a state. */
interface Counted {
  _id: Pick<Derivative, 'recipe' | 'state'>;
  count: number;
}

/** How much each recipe has made. @throws forbidden */
export async function countsOf(member: Member): Promise<z.input<typeof DerivativeCounts>> {
  assertCan(member, 'read', 'job');
  const groups = await DerivativeModel.aggregate<Counted>([
    { $group: { _id: { recipe: '$recipe', state: '$state' }, count: { $sum: 1 } } },
  ]);
  const countOf = (recipe: Recipe, state: Derivative['state']) =>
    groups.find(({ _id }) => _id.recipe === recipe && _id.state === state)?.count ?? 0;
  return {
    items: recipes.map((recipe) => ({
      recipe,
      waiting: countOf(recipe, 'waiting'),
      done: countOf(recipe, 'done'),
      failed: countOf(recipe, 'failed'),
    })),
  };
}

/** Has everything made anew that a recipe makes, or all of them. Resolves once that is durable. @throws forbidden */
export async function askForRebuild({ jobs, clock }: Queue, member: Member, recipe?: Recipe): Promise<void> {
  assertCan(member, 'edit', 'job');
  const asked: Rebuilding = { recipes: recipe ? [recipe] : recipes, askedAt: clock().toISOString() };
  await jobs.enqueue(REBUILD, asked, { unique: `${REBUILD}:${recipe ?? 'all'}` });
}

const atOnce = 200;

/**
 * Asks for it, blob by blob; one that is repeated after a crash leaves out what it has asked for. What is only made
 * because of what another recipe found is made anew where there is some.
 */
export async function rebuild(platform: Queue, rebuilding: Rebuilding, work: Work): Promise<void> {
  for await (const batch of batchesOf(eachBlob(), atOnce)) {
    work.signal.throwIfAborted();
    await wantAnew(platform, await wishesFor(batch, rebuilding));
    const [last] = batch.slice(-1);
    if (last) work.tell(shareUpTo(last.sha256));
  }
}

/** Blobs come in the order of their SHA-256, which are spread evenly. */
const shareUpTo = (sha256: string) => Number.parseInt(sha256.slice(0, 4), 16) / 0x10000;

async function wishesFor(blobs: readonly Wanted[], { recipes: asked, askedAt }: Rebuilding) {
  const known = await DerivativeModel.find(
    { blob: { $in: blobs.map(({ sha256 }) => sha256) } },
    { blob: 1, recipe: 1, state: 1, changedAt: 1 },
  ).lean();
  const since = new Date(askedAt);
  const isOnItsWay = new Set(
    known.flatMap(({ _id, state, changedAt }) => (state === 'waiting' || changedAt >= since ? [_id] : [])),
  );
  return blobs.map(({ sha256, mediaType }) => {
    const followed = known.flatMap(({ blob, recipe }) => (blob === sha256 ? [recipe] : []));
    const wanted = new Set([...recipesFor(mediaType), ...followed]);
    const due = asked.filter((recipe) => wanted.has(recipe) && !isOnItsWay.has(idOf(sha256, recipe)));
    return { sha256, mediaType, recipes: due };
  });
}
