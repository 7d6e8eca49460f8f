import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fromBuffer } from 'yauzl';
import { crc32Of, layOutZip, readZip, type ZipEntry } from '../../../server/downloads/zip-layout.ts';

const modifiedAt = new Date('2026-05-06T07:08:10Z');

function archiveOf(contents: Record<string, Buffer>) {
  const files = Object.entries(contents);
  const entries = files.map(([path, bytes]) => ({
    path,
    size: bytes.length,
    crc32: crc32Of(bytes),
    modifiedAt,
  }));
  const layout = layOutZip(entries);
  const read = async (first = 0, last = layout.size - 1) => {
    const chunks: Uint8Array[] = [];
    const open = async (entry: number, stretch: { first: number; last: number }) =>
      (async function* () {
        yield files[entry]?.[1].subarray(stretch.first, stretch.last + 1) ?? Buffer.alloc(0);
      })();
    for await (const chunk of readZip(layout, { first, last }, open)) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  return { layout, read };
}

const contents = {
  '课件/第一章 数控编程.pptx': randomBytes(70_000),
  'readme.txt': Buffer.from('hello'),
  'empty.txt': Buffer.alloc(0),
  '模型/gear.glb': randomBytes(12_345),
};

test('any stretch equals the same bytes of the whole archive', async () => {
  const { layout, read } = archiveOf(contents);
  const whole = await read();
  expect(whole.length).toBe(layout.size);
  const stretch = fc
    .tuple(fc.nat(layout.size - 1), fc.nat(layout.size - 1))
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  await fc.assert(
    fc.asyncProperty(stretch, async ([first, last]) => {
      expect((await read(first, last)).equals(whole.subarray(first, last + 1))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('another reader finds every entry with its name, time and bytes', async () => {
  const whole = await archiveOf(contents).read();
  const found: Record<string, string> = {};
  await new Promise<void>((resolve, reject) => {
    fromBuffer(whole, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      zip.on('error', reject).on('end', resolve);
      zip.on('entry', (entry) => {
        zip.openReadStream(entry, async (fault, stream) => {
          if (fault) return reject(fault);
          const hash = createHash('sha256');
          for await (const chunk of stream) hash.update(chunk);
          found[entry.fileName] = hash.digest('hex');
          zip.readEntry();
        });
      });
      zip.readEntry();
    });
  });
  const expected = Object.entries(contents).map(([path, bytes]) => [
    path,
    createHash('sha256').update(bytes).digest('hex'),
  ]);
  expect(found).toEqual(Object.fromEntries(expected));
});

test('unzip and 7z, where they are installed, find no fault', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'courseyard-zip-'));
  try {
    const path = join(folder, 'bundle.zip');
    await writeFile(path, await archiveOf(contents).read());
    for (const [command, ...options] of [
      ['unzip', '-t', path],
      ['7z', 't', path],
    ] as const) {
      const { status, error, stdout } = spawnSync(command, options, { encoding: 'utf8' });
      const isMissing = error !== undefined && 'code' in error && error.code === 'ENOENT';
      if (!isMissing) expect({ command, status, stdout }).toMatchObject({ status: 0 });
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('entries beyond 4 GiB and more than 65,535 of them use Zip64', () => {
  const five: ZipEntry = { path: 'vr.zip', size: 5 * 1024 ** 3, crc32: 1, modifiedAt };
  const { size, pieces } = layOutZip([five, { ...five, path: 'b.zip', size: 7 }]);
  const closing = pieces.at(-1);
  if (!closing || !('bytes' in closing)) throw new Error('An archive ends with bytes at hand');
  expect(closing.bytes.includes(Buffer.from('PK\u0006\u0006'))).toBe(true);
  expect(size).toBeGreaterThan(5 * 1024 ** 3);
  const many = layOutZip(
    Array.from({ length: 70_000 }, (_, index) => ({ path: `${index}`, size: 0, crc32: 0, modifiedAt })),
  );
  const last = many.pieces.at(-1);
  expect(last && 'bytes' in last && last.bytes.includes(Buffer.from('PK\u0006\u0006'))).toBe(true);
});
