import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { digestOf, storeProblem } from '../blobs/index.ts';
import type { Platform } from '../platform.ts';
import { reindexBlobs } from '../resources/index.ts';
import type { Reason, Recipe } from './contract.ts';
import type { Made, MadeFile, Passage } from './convert/conversion.ts';
import { DerivativeModel, type Output, PassageModel } from './model.ts';
import { mayMend, versionFor } from './recipes.ts';
import { idOf, type Wish } from './want.ts';

/** What came of following a recipe with a blob: what was made, or why nothing could be. */
export type Result = { wish: Wish; recipe: Recipe } & (
  | { made: Made }
  | { reason: Reason; about?: string | undefined }
);

/** Stores what was made: the bytes first, then the records that point to them, with few commands for many. */
export async function keep(platform: Platform, results: readonly Result[]): Promise<void> {
  const left = await leaveWhatIsThere(platform, results);
  const notes = await Promise.all(
    results
      .filter((result) => !left.has(result))
      .map(async (result): Promise<Note> => {
        const { wish, recipe } = result;
        const of = { sha256: wish.sha256, recipe, version: versionFor(recipe, wish.mediaType) };
        if ('reason' in result) {
          const { reason, about } = result;
          const why = { reason, ...(about !== undefined && { about }) };
          return { ...of, state: 'failed', ...why, facts: {}, outputs: [] };
        }
        const { facts, files = [] } = result.made;
        return { ...of, state: 'done', facts, outputs: await store(platform, files) };
      }),
  );
  const told = results.flatMap((result) =>
    'made' in result && result.made.passages
      ? [{ sha256: result.wish.sha256, recipe: result.recipe, passages: result.made.passages }]
      : [],
  );
  await keepPassages(told);
  await note(platform, notes);
  if (told.length > 0) await reindexBlobs(told.map(({ sha256 }) => sha256));
}

/**
 * What was to be made anew and could not be, for no fault of the file, stays as it is: the job that failed tells why.
 * Resolves with those outcomes of which there is nothing else to be kept.
 */
async function leaveWhatIsThere({ clock }: Platform, results: readonly Result[]): Promise<Set<Result>> {
  const excusable = results.filter(
    (result) => 'reason' in result && (result.reason === 'cancelled' || mayMend(result.reason)),
  );
  const left = new Set<Result>();
  for (const result of excusable) {
    const { matchedCount } = await DerivativeModel.updateOne(
      {
        _id: idOf(result.wish.sha256, result.recipe),
        $or: [{ 'outputs.0': { $exists: true } }, { facts: { $ne: {} } }],
      },
      { $set: { state: 'done', changedAt: clock() }, $unset: { progress: 1, reason: 1, about: 1 } },
    );
    if (matchedCount > 0) left.add(result);
  }
  return left;
}

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

interface Told {
  sha256: string;
  recipe: Recipe;
  passages: readonly Passage[];
}

async function keepPassages(told: readonly Told[]): Promise<void> {
  const firstOf = ({ recipe }: Told) => (recipe === 'ocr' ? readFrom : 0);
  for (const first of new Set(told.map(firstOf))) {
    const blobs = told.filter((one) => firstOf(one) === first).map(({ sha256 }) => sha256);
    await PassageModel.deleteMany({ blob: { $in: blobs }, n: { $gte: first, $lt: first + readFrom } });
  }
  const all = told.flatMap((one) =>
    one.passages.map((passage, index) => ({ ...passage, blob: one.sha256, n: firstOf(one) + index })),
  );
  const batch = 500;
  for (let from = 0; from < all.length; from += batch)
    await PassageModel.insertMany(all.slice(from, from + batch));
}

/** What is recorded of a recipe that was followed. */
interface Note {
  sha256: string;
  recipe: Recipe;
  version: number;
  state: 'done' | 'failed';
  reason?: Reason;
  about?: string;
  facts: Made['facts'];
  outputs: Output[];
}

const keyOf = ({ sha256, recipe }: Note) => idOf(sha256, recipe);
const keysOf = (outputs: readonly Output[] = []) => outputs.map(({ key }) => key);

/** Records outcomes, and removes what older versions of the recipes had made. */
async function note({ clock, objects }: Platform, notes: readonly Note[]): Promise<void> {
  const updateOf = ({ sha256, ...outcome }: Note) => ({
    $set: { ...outcome, changedAt: clock(), blob: sha256 },
    $unset: {
      progress: 1 as const,
      askedBy: 1 as const,
      ...(outcome.reason === undefined && { reason: 1 as const }),
      ...(outcome.about === undefined && { about: 1 as const }),
    },
  });
  const replaced = notes.length > 1 ? await replaceAll(notes, updateOf) : undefined;
  const old = new Set(replaced);
  if (!replaced)
    for (const one of notes) {
      const options = { upsert: true, returnDocument: 'before' } as const;
      const before = await DerivativeModel.findOneAndUpdate(
        { _id: keyOf(one) },
        updateOf(one),
        options,
      ).lean();
      for (const key of keysOf(before?.outputs)) old.add(key);
    }
  for (const key of keysOf(notes.flatMap(({ outputs }) => outputs))) old.delete(key);
  for (const key of old) await objects.delete(key);
}

/**
 * Records all at once. Resolves with the keys of what they take the place of; with nothing when somebody else recorded
 * the same meanwhile, so that what is replaced must be asked for one by one.
 */
async function replaceAll(
  notes: readonly Note[],
  updateOf: (note: Note) => { $set: object; $unset: object },
): Promise<string[] | undefined> {
  const known = await DerivativeModel.find({ _id: { $in: notes.map(keyOf) } }, { outputs: 1 }).lean();
  const outputsOf = new Map(known.map(({ _id, outputs }) => [_id, outputs]));
  const writes = notes.map((one) => {
    const _id = keyOf(one);
    const [first] = outputsOf.get(_id) ?? [];
    const unchanged = first ? { 'outputs.key': first.key } : { outputs: { $size: 0 } };
    const upsert = !outputsOf.has(_id);
    return { updateOne: { filter: { _id, ...unchanged }, update: updateOf(one), upsert } };
  });
  const written = await DerivativeModel.bulkWrite(writes, { ordered: false }).catch(ignoreDuplicate);
  const count = (written?.matchedCount ?? 0) + (written?.upsertedCount ?? 0);
  return count === notes.length ? keysOf(known.flatMap(({ outputs }) => outputs)) : undefined;
}

function ignoreDuplicate(error: unknown): undefined {
  if ((error as { code?: unknown }).code !== 11000) throw error;
}
