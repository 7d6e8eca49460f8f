import { expect, test } from '@jest/globals';
import { readBmp } from '../../../server/derive/convert/bmp.ts';
import { converting } from './converting.ts';

/** Windows bitmaps, which sharp does not read. */

const { convert } = converting();

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
  const { facts } = await convert(bmp, 'image/bmp');
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
  await expect(convert(cut, 'image/bmp')).rejects.toMatchObject(refused('damaged'));
});

/** A bitmap with these bytes as its pixels. */
const bitmap = (head: Omit<BmpHead, 'size'>, ...bytes: number[]): Buffer =>
  Buffer.concat([bmpHead({ ...head, size: bytes.length }), Buffer.from(bytes)]);
/** Bits of red, green and blue (BI_BITFIELDS), which stand where a table of colours would. */
const masks = { rgb565: [0xf800, 0x7e0, 0x1f], bgr888: [0xff, 0xff00, 0xff0000] };
const table = [0x000000, 0xff8000, 0x00ff00, 0xffffff];

test.each([
  [
    '1 bit a pixel',
    bitmap({ width: 3, height: 1, bits: 1, table: [0, 0xffffff] }, 0xa0, 0, 0, 0),
    'ffffff000000ffffff',
  ],
  ['4 bits', bitmap({ width: 3, height: 1, bits: 4, table }, 0x12, 0x30, 0, 0), 'ff800000ff00ffffff'],
  [
    '4 bits in runs',
    bitmap({ width: 3, height: 1, bits: 4, packed: 2, table }, 3, 0x12, 0, 1),
    'ff800000ff00ff8000',
  ],
  [
    '8 bits in runs with a jump',
    bitmap({ width: 2, height: 2, bits: 8, packed: 1, table }, 1, 1, 0, 2, 0, 1, 1, 2, 0, 1),
    '00000000ff00ff8000000000',
  ],
  ['16 bits', bitmap({ width: 2, height: 1, bits: 16 }, 0, 0x7c, 0xff, 0x7f), 'ff0000ffffff'],
  [
    '16 bits by masks',
    bitmap({ width: 2, height: 1, bits: 16, packed: 3, table: masks.rgb565 }, 0, 0xf8, 0xe0, 7),
    'ff000000ff00',
  ],
  [
    '32 bits by masks',
    bitmap({ width: 1, height: 1, bits: 32, packed: 3, table: masks.bgr888 }, 1, 2, 3, 0),
    '010203',
  ],
  [
    '24 bits from the top',
    bitmap({ width: 1, height: -2, bits: 24 }, 1, 2, 3, 0, 4, 5, 6, 0),
    '030201060504',
  ],
])('of a bitmap of %s every pixel has its colour', (_, bmp, pixels) => {
  expect(readBmp(bmp).data.toString('hex')).toBe(pixels);
});

test('a bitmap that would unpack to more than memory holds, or points beyond its end, is refused at once', async () => {
  const bomb = bitmap({ width: 65_000, height: 65_000, bits: 8, packed: 1, table }, 0, 1);
  await expect(convert(bomb, 'image/bmp')).rejects.toMatchObject(refused('too-many-pixels'));
  const astray = bitmap({ width: 1, height: 1, bits: 24 }, 1, 2, 3, 0);
  astray.writeUInt32LE(900_000_000, 10);
  await expect(convert(astray, 'image/bmp')).rejects.toMatchObject(refused('damaged'));
});
