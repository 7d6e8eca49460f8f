import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import { BlobModel } from '../../../server/blobs/model.ts';
import { keep } from '../../../server/derive/keep.ts';
import { DerivativeModel, FollowedModel } from '../../../server/derive/model.ts';
import { isInstalled } from '../../../server/derive/programs.ts';
import { versions } from '../../../server/derive/recipes.ts';
import { catchUp, makeUp, wantForAll } from '../../../server/derive/upkeep.ts';
import { type Wish, want, wantAnew, wantDerivatives } from '../../../server/derive/want.ts';
import { openDocuments } from '../embedded-documents.ts';

openDocuments();

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

let asked: { name: string; recipes: string[]; sha256: string }[];
const platform = {
  clock: () => new Date(),
  jobs: {
    enqueueAll: async (name: string, jobs: { data: Wish }[]) =>
      void asked.push(...jobs.map(({ data: { recipes, sha256 } }) => ({ name, recipes, sha256 }))),
  },
} as unknown as Parameters<typeof want>[0];

beforeEach(async () => {
  asked = [];
  await BlobModel.deleteMany({});
  await DerivativeModel.deleteMany({});
  await FollowedModel.deleteMany({});
});

const blob = (sha256: string, mediaType: string) =>
  BlobModel.collection.insertOne({ _id: sha256 as never, key: sha256, mediaType, state: 'stored' });

test('what is quickly made of a blob is one job, what takes long is one of its own', async () => {
  await wantDerivatives(platform, [
    { sha256: 'v', mediaType: 'video/mp4' },
    { sha256: 's', mediaType: 'model/step' },
  ]);
  expect(asked).toEqual([
    { name: 'derive/make', sha256: 'v', recipes: ['media', 'thumbnails'] },
    { name: 'derive/make', sha256: 'v', recipes: ['playable'] },
    { name: 'derive/make', sha256: 's', recipes: ['model', 'thumbnails', 'light'] },
  ]);
  expect(await DerivativeModel.countDocuments({ state: 'waiting' })).toBe(6);
});

test('what has been asked for is not asked for again', async () => {
  for (let n = 0; n < 2; n++) await wantDerivatives(platform, [{ sha256: 'p', mediaType: 'image/png' }]);
  expect(asked).toEqual([{ name: 'derive/make', sha256: 'p', recipes: ['thumbnails', 'text'] }]);
});

test('every blob is looked at once after an upgrade, and by no start after that', async () => {
  await blob('p', 'image/png');
  expect(await wantForAll(platform)).toBe(1);
  expect(asked).toHaveLength(1);
  expect(await wantForAll(platform)).toBe(0);
});

test('an improved recipe is followed again, also one that is only asked for by another', async () => {
  await blob('p', 'image/png');
  await want(platform, [{ sha256: 'p', mediaType: 'image/png', recipes: ['thumbnails', 'text', 'avif'] }]);
  await DerivativeModel.updateMany({ recipe: { $in: ['avif', 'text'] } }, { $inc: { version: -1 } });
  await FollowedModel.create({ _id: 'recipes', versions: { ...versions, avif: 0, text: versions.text - 1 } });
  asked = [];
  await wantForAll(platform);
  expect(asked.map(({ recipes }) => recipes)).toEqual([['text'], ['avif']]);
});

test('an improvement for packages leaves pictures as they are, but what failed is tried again', async () => {
  await blob('z', 'application/zip');
  await blob('good', 'image/png');
  await blob('bad', 'image/png');
  const asIf = (
    sha256: string,
    recipe: 'text' | 'thumbnails',
    version: number,
    state: 'done' | 'failed',
  ) => ({
    ...{ _id: `${sha256}:${recipe}`, blob: sha256, recipe, version, state },
    ...{ facts: {}, outputs: [], changedAt: new Date() },
  });
  await DerivativeModel.create([
    asIf('z', 'text', 2, 'done'),
    ...(['good', 'bad'] as const).map((sha256) => asIf(sha256, 'text', 2, 'done')),
    asIf('good', 'thumbnails', 4, 'done'),
    asIf('bad', 'thumbnails', 4, 'failed'),
  ]);
  await FollowedModel.create({ _id: 'recipes', versions: { ...versions, text: 2, thumbnails: 4 } });
  await wantForAll(platform);
  expect(asked.map(({ sha256, recipes }) => [sha256, recipes])).toEqual([
    ['z', ['text']],
    ['bad', ['thumbnails']],
  ]);
});

test('what cannot be made anew for no fault of the file stays as it is', async () => {
  const output = { name: 'pdf', key: 'derived/1', size: 9, mediaType: 'application/pdf', sha256: 'x' };
  const wish = { sha256: 'd', mediaType: docx, recipes: ['pdf' as const] };
  await want(platform, [wish]);
  const made = { state: 'done' as const, facts: { pages: 1 }, outputs: [output] };
  await DerivativeModel.updateOne({ _id: 'd:pdf' }, { $set: made });
  await wantAnew(platform, [wish]);
  expect(await DerivativeModel.findById('d:pdf').lean()).toMatchObject({ ...made, state: 'waiting' });
  const keeper = { ...platform, objects: {} } as unknown as Parameters<typeof keep>[0];
  await keep(keeper, [{ wish, recipe: 'pdf', reason: 'office-missing' }]);
  expect(await DerivativeModel.findById('d:pdf').lean()).toMatchObject(made);
  const other = { ...wish, sha256: 'e' };
  await want(platform, [other]);
  await keep(keeper, [{ wish: other, recipe: 'pdf', reason: 'office-missing' }]);
  expect(await DerivativeModel.findById('e:pdf').lean()).toMatchObject({
    state: 'failed',
    reason: 'office-missing',
  });
});

test('what lacked a program is asked for again once that is installed, by the job that failed, and nothing else', async () => {
  await blob('v', 'video/mp4');
  await blob('d', docx);
  await want(platform, [{ sha256: 'v', mediaType: 'video/mp4', recipes: ['media', 'thumbnails'] }]);
  await want(platform, [{ sha256: 'd', mediaType: docx, recipes: ['pdf'] }]);
  const failed = (reason: string) => ({ $set: { state: 'failed', reason } });
  await DerivativeModel.updateMany({ blob: 'v' }, failed('program-missing'));
  await DerivativeModel.updateMany({ blob: 'd' }, failed('office-missing'));
  asked = [];
  await makeUp(platform, async () => false);
  expect(asked).toEqual([]);
  for (let n = 0; n < 2; n++) await makeUp(platform, async (reason) => reason === 'program-missing');
  expect(asked).toEqual([{ name: 'derive/make', sha256: 'v', recipes: ['media', 'thumbnails'] }]);
  const states = await DerivativeModel.find().sort({ _id: 1 }).lean();
  expect(states.map(({ _id, state }) => `${_id} ${state}`)).toEqual([
    ...['d:pdf failed', 'v:media waiting', 'v:thumbnails waiting'],
  ]);
});

test('what has waited for an hour lost its job, and is given another', async () => {
  await blob('v', 'video/mp4');
  await want(platform, [{ sha256: 'v', mediaType: 'video/mp4', recipes: ['media', 'thumbnails'] }]);
  asked = [];
  expect(await catchUp(platform)).toBe(0);
  const changedAt = new Date(Date.now() - 61 * 60_000);
  await DerivativeModel.updateOne({ _id: 'v:thumbnails' }, { $set: { changedAt } });
  for (const stuck of [1, 0]) expect(await catchUp(platform)).toBe(stuck);
  expect(asked).toEqual([{ name: 'derive/make', sha256: 'v', recipes: ['media', 'thumbnails'] }]);
});

test('programs are found where they are installed, whatever they say to a question', async () => {
  const before = process.env.PATH;
  const programs = await mkdtemp(join(tmpdir(), 'courseyard-programs-'));
  const install = (name: string, does: string) =>
    writeFile(join(programs, name), `#!/bin/sh\n${does}\n`, { mode: 0o755 });
  try {
    process.env.PATH = programs;
    expect(await isInstalled('program-missing')).toBe(false);
    await install('ffmpeg', 'exit 8');
    expect(await isInstalled('program-missing')).toBe(false); // ffprobe comes with it, or it is of no use
    await install('ffprobe', 'exit 0');
    expect(await isInstalled('program-missing')).toBe(true);
    await install('tesseract', 'echo osd');
    expect(await isInstalled('ocr-missing')).toBe(false);
    await install('tesseract', 'echo chi_sim');
    expect(await isInstalled('ocr-missing')).toBe(true);
    expect(await isInstalled('damaged')).toBe(false);
  } finally {
    process.env.PATH = before;
    await rm(programs, { recursive: true });
  }
});
