import { execFileSync } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Archive, entryBytes, openArchive } from '../../../server/archives/index.ts';
import { blobsOf } from '../../../server/blobs/index.ts';
import { ingest } from '../../../server/blobs/ingest.ts';
import { readConfig } from '../../../server/config.ts';
import { openLog } from '../../../server/http/index.ts';
import type { Platform } from '../../../server/platform.ts';
import { openFilesystemStore } from '../../../storage/objects/filesystem.ts';
import type { ObjectStore } from '../../../storage/objects/store.ts';
import { storeWith } from '../../store-with.ts';
import { openDocuments } from '../embedded-documents.ts';
import { type WantedEntry, zipOf } from './build-zip.ts';

openDocuments();
let folder: string;
let objects: ObjectStore;
let platform: Platform;
/** Bytes that were read from the store. */
let read = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'courseyard-archives-'));
  objects = await openFilesystemStore(join(folder, 'objects'));
  const counting = storeWith(objects, {
    get: async (key, stretch) => {
      const bytes = await objects.get(key, stretch);
      bytes.on('data', (chunk: Buffer) => {
        read += chunk.length;
      });
      bytes.pause();
      return bytes;
    },
  });
  const config = readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent', MAX_FILE_SIZE: '2GB' });
  platform = { config, objects: counting, log: openLog(config), clock: () => new Date() } as Platform;
});
afterAll(() => rm(folder, { recursive: true }));

async function opened(zip: Buffer, name = '课件包.zip'): Promise<Archive> {
  async function* bytes() {
    yield zip;
  }
  const { sha256 } = await ingest({ ...platform, objects }, bytes(), { name, organisation: 'a'.repeat(24) });
  const blob = (await blobsOf([sha256])).get(sha256);
  if (!blob) throw new Error('It was not stored');
  return openArchive(platform, blob, name);
}

async function bytesAt(archive: Archive, path: string, range?: { first: number; last: number }) {
  const entry = archive.entries.get(path);
  if (!entry) throw new Error(`There is no ${path} among ${[...archive.entries.keys()]}`);
  return buffer(await entryBytes(platform, archive, entry).open(range));
}

const refused = (zip: Buffer, name?: string) =>
  opened(zip, name).then(
    () => 'opened',
    (error) => error.type,
  );
const some = (name: string, more: Partial<WantedEntry> = {}): WantedEntry => ({
  name,
  bytes: Buffer.from(`in ${name}`),
  ...more,
});

describe('an archive that a program wrote', () => {
  const text = Buffer.from('数控车床 '.repeat(50_000));
  const noise = randomBytes(700_000);

  async function written(program: string, options: string[]): Promise<Archive> {
    const work = join(folder, randomUUID());
    await mkdir(join(work, '模块一'), { recursive: true });
    await writeFile(join(work, '模块一', '说明.txt'), text);
    await writeFile(join(work, 'movie.bin'), noise);
    await writeFile(join(work, 'empty.txt'), '');
    execFileSync(program, [...options, 'out.zip', '模块一', 'movie.bin', 'empty.txt'], { cwd: work });
    return opened(await readFile(join(work, 'out.zip')));
  }

  for (const [how, program, options] of [
    ['zip', 'zip', ['-qr']],
    ['zip, stored', 'zip', ['-qr0']],
    ['zip to a pipe, with data descriptors and Zip64', 'sh', ['-c', 'out=$0; zip -qrfd - "$@" > "$out"']],
    ['7z', '7z', ['a', '-tzip', '-bso0']],
    ['jar', 'jar', ['cMf']],
  ] as const)
    test(`${how}: every file comes out as it went in`, async () => {
      const archive = await written(program, [...options]);
      expect([...archive.entries.keys()].sort()).toEqual(
        ['empty.txt', 'movie.bin', '模块一/说明.txt'].sort(),
      );
      expect((await bytesAt(archive, '模块一/说明.txt')).equals(text)).toBe(true);
      expect((await bytesAt(archive, 'movie.bin')).equals(noise)).toBe(true);
      expect(await bytesAt(archive, 'empty.txt')).toHaveLength(0);
    });

  test('any range of a stored and of a deflated file is what the whole has there', async () => {
    const archive = await written('zip', ['-qr', '-n', '.bin']);
    expect(archive.entries.get('movie.bin')?.method).toBe(0);
    expect(archive.entries.get('模块一/说明.txt')?.method).toBe(8);
    for (const [path, whole] of [
      ['movie.bin', noise],
      ['模块一/说明.txt', text],
    ] as const)
      await fc.assert(
        fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(whole.length - 1), async (a, b) => {
          const range = { first: Math.min(a, b), last: Math.max(a, b) };
          const part = await bytesAt(archive, path, range);
          expect(part.equals(whole.subarray(range.first, range.last + 1))).toBe(true);
        }),
        { numRuns: 25 },
      );
  });

  test('its directory is read without the files, and a range of a stored file without the others', async () => {
    const zip = zipOf([some('a.bin', { bytes: randomBytes(3_000_000) }), some('b.bin')]);
    read = 0;
    const archive = await opened(zip);
    expect(read).toBeLessThan(600_000);
    read = 0;
    await bytesAt(archive, 'a.bin', { first: 1_000_000, last: 1_000_999 });
    expect(read).toBe(1030);
  });
});

describe('names', () => {
  test('GBK is read when nothing says UTF-8, as old programs in China write it', async () => {
    const gbk = Buffer.from([0xca, 0xfd, 0xbf, 0xd8, 0x2f, 0xb3, 0xb5, 0xcf, 0xf7, 0x2e, 0x68, 0x74, 0x6d]);
    const archive = await opened(zipOf([{ ...some(''), name: gbk, flags: 0 }, some('a.txt', { flags: 0 })]));
    expect([...archive.entries.keys()]).toEqual(['数控/车削.htm', 'a.txt']);
  });

  test('UTF-8 is read when it is not said, as on macOS, and backslashes separate folders', async () => {
    const archive = await opened(zipOf([some('数控\\车削.htm', { flags: 0 })]));
    expect([...archive.entries.keys()]).toEqual(['数控/车削.htm']);
  });

  test('names of 85 Chinese characters are taken, of 100 refused', async () => {
    expect(await refused(zipOf([some(`${'车'.repeat(85)}`)]))).toBe('opened');
    expect(await refused(zipOf([some(`${'车'.repeat(100)}`)]))).toBe('archives/unsafe-name');
  });

  for (const name of [
    '../up.txt',
    'a/../../up.txt',
    '..\\up.txt',
    '/etc/passwd',
    'C:\\windows.txt',
    'a\r\nb.txt',
    'evil\u202etxt.exe',
    'a/./b.txt',
    'a//b.txt',
    `${'d/'.repeat(40)}deep.txt`,
    'nul\u0000.txt',
  ])
    test(`${JSON.stringify(name)} is refused`, async () => {
      expect(await refused(zipOf([some('good.txt'), some(name)]))).toBe('archives/unsafe-name');
    });
});

describe('refused before anything is read', () => {
  const cases: [string, string, () => Buffer][] = [
    ['a link', 'archives/special-file', () => zipOf([some('link', { mode: 0o120777 })])],
    ['a device', 'archives/special-file', () => zipOf([some('dev', { mode: 0o060644 })])],
    [
      'a password',
      'archives/encrypted',
      () => zipOf([some('secret.txt', { flags: 0x0801, told: { packed: 25 } })]),
    ],
    ['a name twice', 'archives/repeated-name', () => zipOf([some('a.txt'), some('a.txt')])],
    ['a file that is a folder too', 'archives/repeated-name', () => zipOf([some('a'), some('a/b.txt')])],
    [
      'entries that share bytes',
      'archives/overlapping-entries',
      () => zipOf([some('a.txt'), some('b.txt', { told: { start: 3 } })]),
    ],
    [
      'a bomb by its ratio',
      'archives/packed-too-tightly',
      () => zipOf([some('zeros', { isDeflated: true, bytes: Buffer.alloc(150_000_000) })]),
    ],
    [
      'more than a file may be',
      'archives/unpacks-too-large',
      () => zipOf([some('huge', { isDeflated: true, isZip64: true, told: { size: 3 * 2 ** 40 } })]),
    ],
    [
      'too many files',
      'archives/too-many-entries',
      () => zipOf(Array.from({ length: 20_001 }, (_, n) => ({ name: `${n}.txt` }))),
    ],
    [
      'a directory that lies about its length',
      'archives/damaged',
      () => zipOf([some('a.txt')], { count: 9 }),
    ],
    ['no zip at all', 'archives/not-an-archive', () => Buffer.from('only text')],
    [
      'a zip that was cut off',
      'archives/damaged',
      () => Buffer.concat([zipOf([some('a.txt')]).subarray(0, 60), Buffer.from('PK\u0005\u0006')]),
    ],
  ];
  for (const [what, type, make] of cases)
    test(what, async () => {
      const zip = make();
      expect(await refused(zip, type === 'archives/not-an-archive' ? 'a.txt' : undefined)).toBe(type);
    });

  test('the sentence says why and what to do, in both languages', async () => {
    const error = await opened(zipOf([some('../up.txt')])).catch((problem) => problem);
    expect(error.toBody('zh-CN').detail).toContain('不安全');
    expect(error.toBody('en').detail).toContain('Rename it');
  });
});

describe('a file inside that is not what the directory promises', () => {
  const text = Buffer.from('安全操作规程'.repeat(20_000));
  const damaged = { type: 'archives/damaged' };

  test('a wrong CRC-32 breaks off before the end, and a range before it still comes', async () => {
    const archive = await opened(
      zipOf([some('a.txt', { bytes: text, isDeflated: true, told: { crc32: 1 } })]),
    );
    await expect(bytesAt(archive, 'a.txt')).rejects.toMatchObject(damaged);
    expect((await bytesAt(archive, 'a.txt', { first: 10, last: 99 })).equals(text.subarray(10, 100))).toBe(
      true,
    );
  });

  test('more bytes than promised are not given', async () => {
    const archive = await opened(
      zipOf([some('a.txt', { bytes: text, isDeflated: true, told: { size: 100 } })]),
    );
    await expect(bytesAt(archive, 'a.txt')).rejects.toMatchObject(damaged);
  });

  test('a deflated stream that breaks off is said to be damaged', async () => {
    const zip = zipOf([some('a.txt', { bytes: text, isDeflated: true }), some('b.txt')]);
    zip.fill(0xff, 60, 120);
    await expect(bytesAt(await opened(zip), 'a.txt')).rejects.toMatchObject(damaged);
  });

  test('a header that differs from the directory is noticed', async () => {
    const zip = zipOf([some('a.txt')]);
    zip.writeUInt16LE(8, 8);
    await expect(bytesAt(await opened(zip), 'a.txt')).rejects.toMatchObject(damaged);
  });

  test('a method that is not read here is listed, and refused when it is opened', async () => {
    const archive = await opened(zipOf([some('a.txt', { method: 93 })]));
    expect(archive.entries.size).toBe(1);
    await expect(bytesAt(archive, 'a.txt')).rejects.toMatchObject({ type: 'archives/unknown-packing' });
  });
});

test('an archive inside of an archive stays one file', async () => {
  const inner = zipOf([some('bomb.txt')]);
  const archive = await opened(zipOf([some('inner.zip', { bytes: inner })]));
  expect([...archive.entries.keys()]).toEqual(['inner.zip']);
  expect((await bytesAt(archive, 'inner.zip')).equals(inner)).toBe(true);
});

test('any bytes that begin like a zip are opened or refused by a declared problem', async () => {
  const good = zipOf([some('a.txt'), some('b/c.txt', { isDeflated: true, hasDescriptor: true })]);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 4, max: good.length - 23 }), fc.nat(255)), { maxLength: 12 }),
      async (changes) => {
        const zip = Buffer.from(good);
        for (const [at, byte] of changes) zip[at] = byte;
        const archive = await opened(zip).catch((error) => error);
        if (archive instanceof Error)
          expect(archive).toHaveProperty('type', expect.stringMatching(/^archives\//));
        else
          for (const path of archive.entries.keys())
            await bytesAt(archive, path).catch((error) =>
              expect(error).toHaveProperty('type', expect.stringMatching(/^archives\//)),
            );
      },
    ),
    { numRuns: 300 },
  );
});

test('the tag of a file tells its bytes: another file or another archive has another', async () => {
  const archive = await opened(zipOf([some('a.txt'), some('b.txt')]));
  const tags = [...archive.entries.values()].map((entry) => entryBytes(platform, archive, entry).tag);
  expect(new Set(tags).size).toBe(2);
  for (const tag of tags) expect(tag).toMatch(new RegExp(`^${archive.source.id}\\.`));
  expect(
    createHash('sha256')
      .update(zipOf([some('a.txt'), some('b.txt')]))
      .digest('hex'),
  ).toBe(archive.source.id);
});
