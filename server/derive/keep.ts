import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
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
  const outputs = await store(platform, files);
  if (passages) await keepPassages(of, passages);
  await note(platform, of, { state: 'done', facts, outputs });
  if (passages) await reindexBlob(of.sha256);
}

/** Stores why nothing could be made. */
export const keepFailure = (platform: Platform, of: Of, reason: Reason): Promise<void> =>
  note(platform, of, { state: 'failed', reason, facts: {}, outputs: [] });

/** Stores files: pictures, which are small and many, together in one object; everything else in one of its own. */
async function store(platform: Platform, files: readonly MadeFile[]): Promise<Output[]> {
  const pictures = files.filter(({ mediaType }) => mediaType.startsWith('image/'));
  const together = await putTogether(platform, pictures);
  const outputs: Output[] = [];
  for (const file of files) outputs.push(together.get(file) ?? (await put(platform, file)));
  return outputs;
}

async function put(platform: Platform, { file, ...made }: MadeFile): Promise<Output> {
  const { sha256, size } = await digestOf(createReadStream(file));
  return { ...made, key: await putBytes(platform, createReadStream(file)), size, sha256 };
}

/** One object instead of six, each of which would cost a request and several waits for the disk. */
async function putTogether(platform: Platform, files: readonly MadeFile[]): Promise<Map<MadeFile, Output>> {
  const outputs = new Map<MadeFile, Output>();
  if (files.length === 0) return outputs;
  const places = new Map<string, { at: number; bytes: Buffer }>();
  let size = 0;
  for (const { file } of files) {
    if (places.has(file)) continue; // sizes of a small picture are one file
    const bytes = await readFile(file);
    places.set(file, { at: size, bytes });
    size += bytes.length;
  }
  const all = [...places.values()].map(({ bytes }) => bytes);
  const key = await putBytes(platform, Readable.from(all));
  const sha256 = sha256Of(...all);
  for (const made of files) {
    const { file, ...told } = made;
    const { at, bytes } = places.get(file) ?? { at: 0, bytes: Buffer.alloc(0) };
    const own = { size: bytes.length, sha256: sha256Of(bytes) };
    outputs.set(made, { ...told, key, ...own, within: { at, size, sha256 } });
  }
  return outputs;
}

/** At once: they are small, and the way to the thread that hashes uploads is longer. */
function sha256Of(...bytes: readonly Buffer[]): string {
  const hash = createHash('sha256');
  for (const part of bytes) hash.update(part);
  return hash.digest('hex');
}

async function putBytes({ objects }: Platform, bytes: Readable): Promise<string> {
  const key = `derived/${randomUUID()}`;
  await objects.put(key, bytes).catch((error) => {
    throw storeProblem(error, objects);
  });
  return key;
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
