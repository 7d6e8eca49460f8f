import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { sweepFixity, verifyAll } from '../../../server/blobs/fixity.ts';
import { ingest } from '../../../server/blobs/ingest.ts';
import { copyToMirror, mirroredKey, restoreFromMirror, tidyMirror } from '../../../server/blobs/mirror.ts';
import { BlobModel } from '../../../server/blobs/model.ts';
import { readBlob } from '../../../server/blobs/read.ts';
import { readConfig } from '../../../server/config.ts';
import { openLog } from '../../../server/http/index.ts';
import type { Mirror, Platform } from '../../../server/platform.ts';
import { openFilesystemStore } from '../../../storage/objects/filesystem.ts';
import { type ObjectStore, StoreUnavailable } from '../../../storage/objects/store.ts';
import { makeUnreadable, testOnBadSector } from '../../bad-sector.ts';
import { eventually } from '../../eventually.ts';
import { openDocuments } from '../embedded-documents.ts';

openDocuments();
const day = 24 * 3600_000;
let root: string;
let folder: string;
let now: Date;
let second: ObjectStore;
let mirror: Mirror;
let platform: Platform;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'courseyard-mirror-'));
});
afterAll(() => rm(root, { recursive: true }));
beforeEach(async () => {
  await mongoose.connection.db?.dropDatabase();
  now = new Date(Date.now() + day);
  folder = join(root, randomUUID());
  const config = readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' });
  second = await openFilesystemStore(join(folder, 'mirror'));
  mirror = { id: 'one', open: async () => second };
  const objects = await openFilesystemStore(join(folder, 'objects'));
  platform = { config, objects, mirror, log: openLog(config), clock: () => now } as Platform;
});

async function bring(bytes: Buffer): Promise<string> {
  async function* source() {
    yield bytes;
  }
  return (await ingest(platform, source(), { name: 'a.bin', organisation: 'a'.repeat(24) })).sha256;
}
async function listed(store: ObjectStore, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys;
}
const read = async (sha256: string) => buffer(await readBlob(platform, sha256));

async function filesBelow(below: 'objects' | 'mirror'): Promise<string[]> {
  const entries = await readdir(join(folder, below), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

/** Changes one bit of every file below a folder of the disk. */
async function rot(below: 'objects' | 'mirror'): Promise<void> {
  for (const path of await filesBelow(below)) {
    const bytes = await readFile(path);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    await writeFile(path, bytes);
  }
}

test('a blob whose bytes have rotted is refused, restored from the mirror, and handed out again', async () => {
  const bytes = randomBytes(400_000);
  const sha256 = await bring(bytes);
  expect(await copyToMirror(platform, mirror)).toBe(1);
  await rot('objects');
  await expect(read(sha256)).rejects.toMatchObject({ type: 'blobs/damaged' });
  await expect(read(sha256)).rejects.toMatchObject({ type: 'blobs/damaged' });
  expect(await restoreFromMirror(platform, mirror)).toBe(1);
  expect((await read(sha256)).equals(bytes)).toBe(true);
  const keys = await listed(platform.objects, 'blobs/');
  expect(keys).toHaveLength(1); // the damaged bytes are gone
});

test('the sweep finds what rotted though nobody read it, and a lost file comes back the same way', async () => {
  const [one, two] = [randomBytes(1000), randomBytes(2000)];
  const [first, lost] = [await bring(one), await bring(two)];
  await copyToMirror(platform, mirror);
  const key = (await BlobModel.findById(lost).lean())?.key ?? '';
  await rot('objects');
  await platform.objects.delete(key);
  now = new Date(now.getTime() + 40 * day);
  while ((await sweepFixity(platform)).checked > 0) now = new Date(now.getTime() + 1000);
  expect(await BlobModel.countDocuments({ state: 'damaged' })).toBe(2);
  expect(await restoreFromMirror(platform, mirror)).toBe(2);
  expect((await read(first)).equals(one)).toBe(true);
  expect((await read(lost)).equals(two)).toBe(true);
});

testOnBadSector(
  'what the disk cannot read is damaged: nobody gets it, the sweep goes on to the others, and it is restored',
  async () => {
    const [one, two] = [randomBytes(1000), randomBytes(2000)];
    const first = await bring(one);
    await copyToMirror(platform, mirror);
    for (const path of await filesBelow('objects')) await makeUnreadable(path);
    now = new Date(now.getTime() + day);
    const second = await bring(two);
    now = new Date(now.getTime() + 40 * day);
    expect(await verifyAll(platform)).toMatchObject({ checked: 2, changed: [{ sha256: first }] });
    while ((await sweepFixity(platform)).checked > 0) now = new Date(now.getTime() + 1000);
    expect(await BlobModel.find({ state: 'damaged' }, { _id: 1 }).lean()).toEqual([{ _id: first }]);
    expect(
      await BlobModel.countDocuments({ _id: second, checkedAt: { $gt: new Date(now.getTime() - day) } }),
    ).toBe(1);
    expect(await restoreFromMirror(platform, mirror)).toBe(1);
    expect((await read(first)).equals(one)).toBe(true);
  },
);

testOnBadSector(
  'a reader who meets what the disk cannot read has it reported, of the whole or of a part',
  async () => {
    for (const stretch of [undefined, { first: 0, last: 99 }]) {
      const sha256 = await bring(randomBytes(1000));
      for (const path of await filesBelow('objects')) await makeUnreadable(path);
      const reading = readBlob(platform, sha256, stretch).then(buffer);
      await expect(reading).rejects.toThrow();
      await eventually(async () =>
        expect(await BlobModel.findById(sha256).lean()).toMatchObject({ state: 'damaged' }),
      );
    }
  },
);

testOnBadSector('a copy in the mirror that its disk cannot read is made again', async () => {
  const bytes = randomBytes(1000);
  const sha256 = await bring(bytes);
  await copyToMirror(platform, mirror);
  for (const path of await filesBelow('mirror')) await makeUnreadable(path);
  now = new Date(now.getTime() + 40 * day);
  await sweepFixity(platform);
  expect(await copyToMirror(platform, mirror)).toBe(1);
  expect((await buffer(await second.get(mirroredKey(sha256)))).equals(bytes)).toBe(true);
});

test('a rotten copy in the mirror is found by the sweep and copied again', async () => {
  const bytes = randomBytes(1000);
  const sha256 = await bring(bytes);
  await copyToMirror(platform, mirror);
  await rot('mirror');
  now = new Date(now.getTime() + 40 * day);
  await sweepFixity(platform);
  expect(await copyToMirror(platform, mirror)).toBe(1);
  expect((await buffer(await second.get(mirroredKey(sha256)))).equals(bytes)).toBe(true);
});

test('when both copies are rotten, neither is taken for good', async () => {
  const sha256 = await bring(randomBytes(1000));
  await copyToMirror(platform, mirror);
  await rot('objects');
  await rot('mirror');
  await expect(read(sha256)).rejects.toMatchObject({ type: 'blobs/damaged' });
  expect(await restoreFromMirror(platform, mirror)).toBe(0);
  await expect(read(sha256)).rejects.toMatchObject({ type: 'blobs/damaged' });
  expect(await listed(platform.objects, 'blobs/')).toHaveLength(1);
});

test('an outage of the mirror, or a new one, is caught up with', async () => {
  const down: Mirror = { id: 'one', open: () => Promise.reject(new StoreUnavailable('down')) };
  await bring(randomBytes(100));
  await bring(randomBytes(100));
  await expect(copyToMirror(platform, down)).rejects.toBeInstanceOf(StoreUnavailable);
  expect(await copyToMirror(platform, mirror)).toBe(2);
  expect(await copyToMirror(platform, mirror)).toBe(0);
  const third = await openFilesystemStore(join(folder, 'third'));
  expect(await copyToMirror(platform, { id: 'two', open: async () => third })).toBe(2);
});

test('what has been collected leaves the mirror a day later', async () => {
  const sha256 = await bring(randomBytes(100));
  await bring(randomBytes(100));
  await copyToMirror(platform, mirror);
  await BlobModel.deleteOne({ _id: sha256 });
  now = new Date();
  expect(await tidyMirror(platform, mirror)).toBe(0);
  now = new Date(Date.now() + 2 * day);
  expect(await tidyMirror(platform, mirror)).toBe(1);
  expect(await listed(second, 'mirror/')).toHaveLength(1);
});
