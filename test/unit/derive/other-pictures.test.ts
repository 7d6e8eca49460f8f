import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { Converters } from '../../../server/derive/converters.ts';
import { limitsFor, needsTiles } from '../../../server/derive/recipes.ts';

/** Pictures that sharp does not read. */

let folder: string;
const converters = new Converters();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'courseyard-pictures-'));
});
afterAll(async () => {
  converters.stop();
  await rm(folder, { recursive: true });
});

async function madeOf(bytes: Uint8Array, mediaType: string, recipe: 'thumbnails' | 'tiles' = 'thumbnails') {
  const output = await mkdtemp(join(folder, 'out-'));
  const source = join(output, 'source');
  await writeFile(source, bytes);
  const task = { recipe, mediaType, source, folder: output } as const;
  return converters.run(task, limitsFor(recipe, mediaType));
}

const refused = (reason: string) => ({ name: 'NotConvertible', reason });

test('a HEIC photo is shown, or it is told what is missing', async () => {
  // Packed as AV1, which libheif reads by the same way.
  const photo = await sharp({ create: { width: 640, height: 480, channels: 3, background: 'teal' } })
    .avif()
    .toBuffer();
  const made = madeOf(photo, 'image/heic');
  if (spawnSync('heif-convert').error) {
    await expect(made).rejects.toMatchObject(refused('heif-missing'));
    return;
  }
  const { facts, files = [] } = await made;
  expect(facts.picture).toEqual({ width: 640, height: 480 });
  expect(files.find(({ name }) => name === 'small')).toMatchObject({ width: 320, height: 240 });
  // In its full size, since no browser reads it.
  expect(needsTiles('image/heic', { width: 640, height: 480 })).toBe(true);
  const { files: tiles = [] } = await madeOf(photo, 'image/heic', 'tiles');
  expect(tiles.map(({ name, mediaType }) => [name, mediaType])).toEqual([['tiles', 'application/zip']]);
  await expect(madeOf(photo.subarray(0, 90), 'image/heic')).rejects.toMatchObject(refused('damaged'));
});
