import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { readBmp } from '../../../server/derive/convert/bmp.ts';
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

interface BmpHead {
  width: number;
  height: number;
  bits: number;
  packed?: number;
  table?: number[];
  size: number;
}

/** The head of a bitmap (BITMAPFILEHEADER, BITMAPINFOHEADER and its table of colours). */
function bmpHead({ width, height, bits, packed = 0, table = [], size }: BmpHead): Buffer {
  const head = Buffer.alloc(54 + table.length * 4);
  head.write('BM', 0);
  head.writeUInt32LE(head.length + size, 2);
  head.writeUInt32LE(head.length, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(width, 18);
  head.writeInt32LE(height, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(bits, 28);
  head.writeUInt32LE(packed, 30);
  for (const [n, colour] of table.entries()) head.writeUInt32LE(colour, 54 + n * 4);
  return head;
}

/** A bitmap of these lines of colours (0xRRGGBB), the lowest first. */
function bmpOf(bits: 24 | 32, ...lines: number[][][]): Buffer {
  const rows = lines.flat();
  const stride = Math.ceil(((rows[0]?.length ?? 0) * bits) / 32) * 4;
  const data = Buffer.alloc(stride * rows.length);
  for (const [y, row] of rows.entries())
    for (const [x, colour] of row.entries()) data.writeUIntLE(colour, y * stride + (x * bits) / 8, 3);
  const head = { width: rows[0]?.length ?? 0, height: rows.length, bits, size: data.length };
  return Buffer.concat([bmpHead(head), data]);
}

test.each([
  ['24 bits a pixel, from the bottom', bmpOf(24, [[0x0000ff, 0x00ff00]], [[0xff0000, 0xffffff]])],
  ['32 bits a pixel', bmpOf(32, [[0x0000ff, 0x00ff00]], [[0xff0000, 0xffffff]])],
])('a bitmap of %s is shown in its colours', async (_, bmp) => {
  const { facts } = await madeOf(bmp, 'image/bmp');
  expect(facts.picture).toEqual({ width: 2, height: 2 });
  expect(readBmp(bmp).data.toString('hex')).toBe('ff0000ffffff0000ff00ff00');
});

test('a bitmap with a table of colours, packed in runs, is read; one that is cut off is damaged', async () => {
  const runs = Buffer.from([3, 1, 0, 0, 0, 3, 1, 0, 1, 0, 0, 1]); // 1 1 1, next line: 1 0 1
  const bmp = bmpHead({
    width: 3,
    height: 2,
    bits: 8,
    packed: 1,
    table: [0x000000, 0xff8000],
    size: runs.length,
  });
  const { data } = readBmp(Buffer.concat([bmp, runs]));
  expect(data.toString('hex')).toBe(`${'ff8000'}000000ff8000${'ff8000'.repeat(3)}`);
  const cut = bmpOf(24, [[1, 2]], [[3, 4]]).subarray(0, 60);
  await expect(madeOf(cut, 'image/bmp')).rejects.toMatchObject(refused('damaged'));
});

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
