import { expect, test } from '@jest/globals';
import sharp from 'sharp';
import { converting } from './converting.ts';

/** Pictures of texts: their beginning, as it reads. */

const { convert } = converting();

const thumbnails = async (text: string | Uint8Array, mediaType = 'text/plain') =>
  (await convert(text, mediaType)).files ?? [];

/** The large one in grey, a byte a pixel. */
async function pictureOf(text: string | Uint8Array, mediaType?: string) {
  const file = (await thumbnails(text, mediaType)).find(({ name }) => name === 'large')?.file;
  return sharp(file).greyscale().raw().toBuffer({ resolveWithObject: true });
}

const isInk = (value: number) => value < 140;
/** How many lines of pixels there are from the first with ink to the one before the first without. */
async function heightOfFirstLine(text: string, mediaType: string): Promise<number> {
  const { data, info } = await pictureOf(text, mediaType);
  const rows = Array.from({ length: info.height }, (_, y) =>
    data.subarray(y * info.width, (y + 1) * info.width).some(isInk),
  );
  const first = rows.indexOf(true);
  return rows.indexOf(false, first) - first;
}

test('a text in GB 18030 is seen as the same in UTF-8, in three sizes and two formats', async () => {
  const files = await thumbnails('机床操作规程');
  expect(files.map(({ name, width, height }) => [name, width, height])).toEqual(
    ['', '-avif'].flatMap((format) => [
      [`small${format}`, 320, 200],
      [`medium${format}`, 640, 400],
      [`large${format}`, 1024, 640],
    ]),
  );
  const gb18030 = Buffer.from('bbfab4b2b2d9d7f7b9e6b3cc', 'hex');
  const [inUtf8, inGb18030, other] = await Promise.all([
    pictureOf('机床操作规程'),
    pictureOf(gb18030),
    pictureOf('机床操作手册'), // boxes in place of what a font lacks would look the same
  ]);
  expect(inGb18030.data.equals(inUtf8.data)).toBe(true);
  expect(other.data.equals(inUtf8.data)).toBe(false);
});

test('the heading of Markdown is larger than its words, and its marks are not seen', async () => {
  const [title, words] = await Promise.all([
    heightOfFirstLine('# 田田', 'text/markdown'),
    heightOfFirstLine('田田', 'text/markdown'),
  ]);
  expect(title).toBeGreaterThan(words * 1.3);
  const [marked, plain] = await Promise.all([
    pictureOf('**田** [田](https://example.org/)', 'text/markdown'),
    pictureOf('田 田', 'text/markdown'),
  ]);
  expect(marked.data.equals(plain.data)).toBe(true);
});

test('a table is a grid whose columns stand below each other, whatever is quoted', async () => {
  const { data, info } = await pictureOf('代号,名称\n1,"主轴,卡盘"\n222222,尾座\n', 'text/csv');
  const left = (from: number, to: number) => {
    for (let x = 400; x < info.width; x++)
      for (let y = from; y < to; y++) if (isInk(data[y * info.width + x] ?? 255)) return x;
    return undefined;
  };
  const first = left(48, 96);
  expect(first).toBeDefined();
  expect(Math.abs((left(98, 146) ?? 0) - (first ?? 0))).toBeLessThan(4);
  expect(Math.abs((left(148, 196) ?? 0) - (first ?? 0))).toBeLessThan(4);
});

test('in code every letter has the same room', async () => {
  const widthOf = async (line: string) => {
    const { data, info } = await pictureOf(`${line}|;\n`, 'text/javascript');
    const columns = Array.from({ length: info.width }, (_, x) =>
      Array.from({ length: 40 }, (__, y) => data[(48 + y) * info.width + x] ?? 255).some(isInk),
    );
    return columns.lastIndexOf(true);
  };
  expect(Math.abs((await widthOf('iiiiiiii')) - (await widthOf('mmmmmmmm')))).toBeLessThan(3);
});

test.each([
  ['', 'text/plain'],
  [' \n\n\t\n', 'text/plain'],
  ['\n', 'text/csv'],
  ['<script>run()</script>', 'text/html'],
])('an empty text (%j) has nothing to show', async (text, mediaType) => {
  await expect(thumbnails(text, mediaType)).rejects.toMatchObject({
    name: 'NotConvertible',
    reason: 'nothing-to-show',
  });
});

test.each([
  ['a single line of 20 MB', '对刀abc'.repeat(2_000_000), 'text/plain'],
  ['JSON in one line of 2 MB', `[${'1,'.repeat(1_000_000)}1]`, 'application/json'],
  ['a table that is none', '"'.repeat(60_001), 'text/csv'],
  ['quotations in quotations', `${'> '.repeat(30_000)}对刀`, 'text/markdown'],
  [
    'bytes that are no text',
    Buffer.from(Uint8Array.from({ length: 90_000 }, (_, n) => (n * n) % 251)),
    'text/plain',
  ],
])(
  '%s is pictured within seconds',
  async (_, text, mediaType) => {
    expect(await thumbnails(text, mediaType)).toHaveLength(6);
  },
  20_000,
);
