import { beforeEach, expect, test } from '@jest/globals';
import { BlobModel } from '../../../server/blobs/model.ts';
import { DerivativeModel, FollowedModel } from '../../../server/derive/model.ts';
import { versions } from '../../../server/derive/recipes.ts';
import { catchUp, wantForAll } from '../../../server/derive/upkeep.ts';
import { type Wish, want, wantDerivatives } from '../../../server/derive/want.ts';
import { openDocuments } from '../embedded-documents.ts';

openDocuments();

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
  BlobModel.collection.insertOne({ _id: sha256 as never, mediaType, state: 'stored' });

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

test('what lacked a program is asked for again a day later, by the job that failed', async () => {
  await blob('v', 'video/mp4');
  await want(platform, [{ sha256: 'v', mediaType: 'video/mp4', recipes: ['media', 'thumbnails'] }]);
  const changedAt = new Date(Date.now() - 25 * 3600_000);
  const lacking = { state: 'failed', reason: 'program-missing', changedAt } as const;
  await DerivativeModel.updateOne({ _id: 'v:thumbnails' }, { $set: lacking });
  asked = [];
  expect(await catchUp(platform)).toBe(1);
  expect(await catchUp(platform)).toBe(0);
  expect(asked).toEqual([{ name: 'derive/make', sha256: 'v', recipes: ['media', 'thumbnails'] }]);
});
