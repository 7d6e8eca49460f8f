import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import sharp from 'sharp';
import { needsTiles } from '../../../server/derive/recipes.ts';
import { converting } from './converting.ts';

/** Pictures that sharp does not read. */

const { convert } = converting();

const refused = (reason: string) => ({ name: 'NotConvertible', reason });

test('a HEIC photo is shown, or it is told what is missing', async () => {
  // Packed as AV1, which libheif reads by the same way.
  const photo = await sharp({ create: { width: 640, height: 480, channels: 3, background: 'teal' } })
    .avif()
    .toBuffer();
  const made = convert(photo, 'image/heic');
  if (spawnSync('heif-convert').error) {
    await expect(made).rejects.toMatchObject(refused('heif-missing'));
    return;
  }
  const { facts, files = [] } = await made;
  expect(facts.picture).toEqual({ width: 640, height: 480 });
  expect(files.find(({ name }) => name === 'small')).toMatchObject({ width: 320, height: 240 });
  // In its full size, since no browser reads it.
  expect(needsTiles('image/heic', { width: 640, height: 480 })).toBe(true);
  const { files: tiles = [] } = await convert(photo, 'image/heic', 'tiles');
  expect(tiles.map(({ name, mediaType }) => [name, mediaType])).toEqual([['tiles', 'application/zip']]);
  await expect(convert(photo.subarray(0, 90), 'image/heic')).rejects.toMatchObject(refused('damaged'));
});
