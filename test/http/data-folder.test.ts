import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { startEngine } from '../../storage/documents/embedded/start.ts';
import { canLackRights, handOver, pictureOf, takePort, tryStart } from './refused-start.ts';
import { main } from './start-app.ts';

let whole: string;
let folder: string;
let data: string;

beforeAll(async () => {
  whole = mkdtempSync(join(tmpdir(), 'courseyard-whole-'));
  handOver(whole);
  expect(await tryStart(whole)).toEqual({ code: null, said: '' });
});
afterAll(() => rmSync(whole, { recursive: true }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'courseyard-folder-'));
  data = join(folder, 'data');
  cpSync(whole, data, { recursive: true });
  handOver(folder);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Expects a start to be refused in one sentence, which is given, with everything left as it was. */
async function refused(dataDir = data, settings: Record<string, string> = {}): Promise<string> {
  const before = pictureOf(folder);
  const { code, said } = await tryStart(dataDir, settings);
  expect([code, said.split('\n')]).toEqual([1, [expect.stringMatching(/^Courseyard cannot start: .+\.$/)]]);
  expect(pictureOf(folder)).toEqual(before);
  return said;
}

if (!canLackRights)
  test('missing rights: left out, because no process that lacks rights can be started here', () => {
    process.stderr.write(
      'missing rights: left out. It takes a system with users, who may read the program.\n',
    );
  });
else
  describe('a start without the rights', () => {
    test.each([
      ['documents/documents.sqlite', 0o444],
      ['documents', 0o555],
      ['objects', 0o555],
      ['objects/.incoming', 0o555],
      ['search', 0o000],
      ['secret', 0o000],
      ['', 0o555],
    ])('to "%s" is refused in a sentence that names it, and changes nothing', async (name, mode) => {
      const path = join(data, name);
      const before = pictureOf(folder);
      const rights = statSync(path).mode;
      chmodSync(path, mode);
      const { code, said } = await tryStart(data);
      chmodSync(path, rights);
      expect({ code, said }).toEqual({
        code: 1,
        said: expect.stringMatching(
          `^Courseyard cannot start: ${path} cannot be read and written by user \\d+: give that user ${data} with .+\\.$`,
        ),
      });
      expect(pictureOf(folder)).toEqual(before);
    });

    test('in the folder where the data are to be made is refused, and makes nothing', async () => {
      const above = join(folder, 'above');
      mkdirSync(above, { mode: 0o555 });
      expect(await refused(join(above, 'deep', 'data'))).toContain(`${above} cannot be read and written by`);
    });
  });

test('a file in place of the folder, or of a part of it, is refused by its name', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(await refused(file)).toContain(`${file} is not a folder`);
  rmSync(join(data, 'objects'), { recursive: true });
  writeFileSync(join(data, 'objects'), '');
  expect(await refused()).toContain(`${join(data, 'objects')} is not a folder`);
});

test('a link to a disk that is not mounted is refused', async () => {
  const link = join(folder, 'link');
  symlinkSync(join(folder, 'absent'), link);
  expect(await refused(link)).toContain(`${link} (DATA_DIR) points to what is not there`);
});

test('a damaged secret is refused before anything is opened', async () => {
  writeFileSync(join(data, 'secret'), 'short');
  expect(await refused()).toContain(`${join(data, 'secret')} is damaged`);
});

test('documents of a newer version are refused before the search index is opened', async () => {
  const engine = await startEngine({ file: join(data, 'documents', 'documents.sqlite') });
  const client = await MongoClient.connect(engine.urlFor('courseyard'));
  await client
    .db()
    .collection<{ _id: string; at: Date }>('migrations')
    .insertOne({ _id: '9999-of-a-newer-version', at: new Date() });
  await client.close();
  await engine.close();
  handOver(folder);
  expect(await refused()).toContain('9999-of-a-newer-version');
});

describe('a folder that is not ours', () => {
  test('is refused when there is something in it, and nothing is added', async () => {
    const holiday = join(folder, 'holiday');
    mkdirSync(join(holiday, 'photos'), { recursive: true });
    writeFileSync(join(holiday, 'holiday.txt'), 'sea');
    expect(await refused(holiday)).toContain(`${holiday} is no folder of Courseyard`);
  });

  test('is taken when there is only what systems put on a new disk', async () => {
    const disk = join(folder, 'disk');
    mkdirSync(join(disk, 'lost+found'), { recursive: true });
    writeFileSync(join(disk, '.gitkeep'), '');
    handOver(folder);
    expect(await tryStart(disk)).toEqual({ code: null, said: '' });
    expect(readdirSync(disk)).toEqual(expect.arrayContaining(['documents', 'objects', 'search', 'secret']));
  });
});

test('what holds hashes of passwords, sessions and drafts is made for its owner alone', () => {
  const rights = (path: string) => (statSync(join(whole, path)).mode & 0o777).toString(8);
  const files = ['documents', 'search'].flatMap((part) =>
    readdirSync(join(whole, part)).map((name) => join(part, name)),
  );
  expect(files.length).toBeGreaterThan(2);
  for (const file of [...files, 'secret']) expect([file, rights(file)]).toEqual([file, '600']);
  for (const part of ['documents', 'search']) expect([part, rights(part)]).toEqual([part, '700']);
});

describe('what a setting names and cannot be had', () => {
  test.each(['PORT', 'CONTENT_PORT'])('a taken %s is refused before anything is made', async (name) => {
    const other = await takePort();
    const fresh = join(folder, 'fresh');
    expect(await refused(fresh, { [name]: String(other.port) })).toContain(
      `: ${name}: another program, perhaps Courseyard itself, listens on ${other.port} already`,
    );
    other.close();
  });

  test('a HOST that is not of this machine is refused by its name', async () => {
    expect(await refused(data, { HOST: '192.0.2.1' })).toContain('HOST: 192.0.2.1 is no address');
  });

  test('a store of objects that does not answer is refused by the name of its setting', async () => {
    const s3 = {
      S3_ENDPOINT: 'http://127.0.0.1:1',
      S3_BUCKET: 'files',
      S3_ACCESS_KEY: 'k',
      S3_SECRET_KEY: 's',
    };
    const { code, said } = await tryStart(data, s3);
    expect([code, said]).toEqual([
      1,
      expect.stringContaining('S3_ENDPOINT: the server there cannot be used'),
    ]);
  });

  test('a MongoDB that does not answer is refused by the name of its setting', async () => {
    const settings = { MONGODB_URL: 'mongodb://127.0.0.1:1/courseyard' };
    expect(await refused(data, settings)).toContain('MONGODB_URL: the server there cannot be used');
  });
});

const canMakeDisk = spawnSync('unshare', ['--user', '--map-root-user', '--mount', 'true']).status === 0;

if (!canMakeDisk)
  test('a small disk: left out, because none can be made here', () => {
    process.stderr.write('a small disk: left out. It takes Linux with `unshare` and namespaces of users.\n');
  });
else
  test.each(['512k', '2m'])(
    'a first start on a disk of %s is refused by its name, and leaves nothing',
    (size) => {
      const disk = mkdtempSync(join(tmpdir(), 'courseyard-disk-'));
      const { stdout, stderr } = spawnSync(
        'unshare',
        [
          ...['--user', '--map-root-user', '--mount', 'sh', '-c'],
          `mount -t tmpfs -o size=${size} none "$DATA_DIR" && { "${process.execPath}" "${main}"; ls -A "$DATA_DIR"; }`,
        ],
        {
          encoding: 'utf8',
          env: { PATH: process.env.PATH, DATA_DIR: disk, PORT: '0', CONTENT_PORT: '0', HOST: '127.0.0.1' },
        },
      );
      expect(stderr).toMatch(`Courseyard cannot start: The disk of ${disk} (DATA_DIR) has `);
      expect(stdout).toBe('');
      rmSync(disk, { recursive: true });
    },
  );

test('our own folder starts again, also with notes of the administrator beside the data', async () => {
  writeFileSync(join(data, 'README.txt'), 'Backed up on Mondays');
  expect(await tryStart(data)).toEqual({ code: null, said: '' });
  expect(existsSync(join(data, 'instance.json'))).toBe(false);
});
