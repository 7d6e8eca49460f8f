import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { digestOf, storeProblem } from '../blobs/index.ts';
import type { Platform } from '../platform.ts';
import { reindexBlob } from '../resources/index.ts';
import type { Reason, Recipe } from './contract.ts';
import type { Made, MadeFile, Passage } from './convert/conversion.ts';
import { DerivativeModel, type Output, PassageModel } from './model.ts';
import { versions } from './recipes.ts';

/** What a recipe is followed with. */
export interface Of {
  sha256: string;
  recipe: Recipe;
}

/** Stores what was made: the bytes first, then the record that points to them. */
export async function keep(platform: Platform, of: Of, { facts, files = [], passages }: Made): Promise<void> {
  const outputs: Output[] = [];
  const stored = new Map<string, Output>();
  for (const file of files) {
    const same = stored.get(file.file);
    const output = same ? { ...same, name: file.name } : await put(platform, file);
    stored.set(file.file, output);
    outputs.push(output);
  }
  if (passages) await keepPassages(of, passages);
  await note(platform, of, { state: 'done', facts, outputs });
  if (passages) await reindexBlob(of.sha256);
}

/** Stores why nothing could be made. */
export const keepFailure = (platform: Platform, of: Of, reason: Reason): Promise<void> =>
  note(platform, of, { state: 'failed', reason, facts: {}, outputs: [] });

/** Up to this size, in bytes, a file is hashed at once: quicker than the way to the thread that does it for uploads. */
const small = 1024 * 1024;

async function put({ objects }: Platform, { file, ...made }: MadeFile): Promise<Output> {
  const key = `derived/${randomUUID()}`;
  const store = (bytes: AsyncIterable<Uint8Array>) =>
    objects.put(key, bytes).catch((error) => {
      throw storeProblem(error, objects);
    });
  if ((await stat(file)).size <= small) {
    const bytes = await readFile(file);
    await store(once(bytes));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { ...made, key, size: bytes.length, sha256 };
  }
  const { sha256, size } = await digestOf(createReadStream(file));
  await store(createReadStream(file));
  return { ...made, key, size, sha256 };
}

async function* once(bytes: Uint8Array) {
  yield bytes;
}

/** Passages that were read out of pictures are numbered from here, so that both kinds can be replaced on their own. */
const readFrom = 1_000_000;

async function keepPassages({ sha256, recipe }: Of, passages: readonly Passage[]): Promise<void> {
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
async function note({ clock, objects }: Platform, { sha256, recipe }: Of, outcome: Outcome): Promise<void> {
  const before = await DerivativeModel.findOneAndUpdate(
    { _id: `${sha256}:${recipe}` },
    {
      $set: { ...outcome, version: versions[recipe], changedAt: clock(), blob: sha256, recipe },
      $unset: { progress: 1, ...(outcome.reason === undefined && { reason: 1 }) },
    },
    { upsert: true, returnDocument: 'before' },
  ).lean();
  for (const key of new Set(before?.outputs.map(({ key }) => key))) await objects.delete(key);
}
