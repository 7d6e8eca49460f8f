import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import {
  condemn,
  dischargeUnused,
  grace,
  removeCondemned,
  removeUntracked,
} from '../../../server/blobs/collect.ts';
import { sweepFixity, verifyAll } from '../../../server/blobs/fixity.ts';
import { defineBlobHolder, holdBlob } from '../../../server/blobs/hold.ts';
import { ingest, takeIn } from '../../../server/blobs/ingest.ts';
import { BlobModel } from '../../../server/blobs/model.ts';
import { storageOf } from '../../../server/blobs/quota.ts';
import { readBlob } from '../../../server/blobs/read.ts';
import { type Ingested, recordAll } from '../../../server/blobs/record.ts';
import { readConfig } from '../../../server/config.ts';
import { openLog } from '../../../server/http/index.ts';
import type { Platform } from '../../../server/platform.ts';
import { connectDocuments, type Documents } from '../../../storage/documents/connect.ts';
import { openFilesystemStore } from '../../../storage/objects/filesystem.ts';
import { checkInterleavings } from '../../fault/collect-interleavings.ts';

const organisation = 'a'.repeat(24);
const hour = 3600_000;
let folder: string;
let documents: Documents;
let now: Date;
let platform: Platform;
/** What files refer to. */
const used = new Set<string>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'courseyard-blobs-'));
  documents = await connectDocuments({ dataDir: folder });
  defineBlobHolder({
    name: 'test',
    usesOf: async (sha256s) =>
      sha256s.filter((sha256) => used.has(sha256)).map((blob) => ({ blob, organisation })),
  });
});
beforeEach(async () => {
  now = new Date('2026-05-01T08:00:00Z');
  used.clear();
  await mongoose.connection.db?.dropDatabase();
  const config = readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent', ORGANISATION_QUOTA: '1MB' });
  const objects = await openFilesystemStore(join(folder, randomUUID()));
  platform = { config, objects, log: openLog(config), clock: () => now } as Platform;
});
afterAll(async () => {
  await documents.close();
  await rm(folder, { recursive: true });
});

const pass = (time: number) => {
  now = new Date(now.getTime() + time);
};
const bring = (content: string): Promise<Ingested> =>
  ingest(platform, Readable.from([Buffer.from(content)]), { name: 'a.txt', organisation });
const collect = async () => {
  await dischargeUnused(platform);
  await condemn(platform);
  await removeCondemned(platform);
};
async function keys(): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of platform.objects.list('blobs/')) found.push(key);
  return found;
}

test('files that are recorded together: equal ones are stored and counted once, a damaged one is repaired', async () => {
  const known = await bring('known before');
  await platform.objects.delete((await keys())[0] ?? '');
  await expect(readBlob(platform, known.sha256)).rejects.toMatchObject({ type: 'blobs/damaged' });
  const contents = ['new', 'known before', 'twice', 'twice'];
  const arrivals = [];
  for (const content of contents)
    arrivals.push(await takeIn(platform, Readable.from([Buffer.from(content)]), { name: 'a.txt' }));

  const all = await recordAll(platform, arrivals, organisation);

  expect(all.map(({ isNew }) => isNew)).toEqual([true, false, true, false]);
  expect(all[1]?.sha256).toBe(known.sha256);
  for (const [at, { sha256 }] of all.entries())
    expect(await text(await readBlob(platform, sha256))).toBe(contents[at]);
  expect(await keys()).toHaveLength(3);
  expect(await storageOf(platform, organisation)).toMatchObject({ used: 'newknown beforetwice'.length });
});

describe('garbage collection', () => {
  test('what nothing refers to is condemned, waits for 72 hours, and goes', async () => {
    const { sha256 } = await bring('unused');
    pass(2 * hour);
    await collect();
    expect((await BlobModel.findById(sha256))?.condemnedAt).toEqual(now);
    expect(await storageOf(platform, organisation)).toMatchObject({ used: 0 });
    pass(grace - 1);
    await collect();
    expect(await keys()).toHaveLength(1);
    pass(1);
    await collect();
    expect(await BlobModel.countDocuments()).toBe(0);
    expect(await keys()).toEqual([]);
  });

  test('what a file refers to stays, for ever', async () => {
    const { sha256, size } = await bring('in use');
    used.add(sha256);
    for (let days = 0; days < 30; days++) {
      pass(24 * hour);
      await collect();
    }
    expect(await text(await readBlob(platform, sha256))).toBe('in use');
    expect(await storageOf(platform, organisation)).toMatchObject({ used: size });
  });

  test('what was condemned is saved by whoever takes hold of it or brings the same bytes', async () => {
    const [one, two] = [await bring('one'), await bring('two')];
    pass(2 * hour);
    await collect();
    pass(grace - hour);
    await holdBlob(platform, one.sha256);
    await bring('two');
    pass(2 * hour);
    await collect();
    expect(await text(await readBlob(platform, one.sha256))).toBe('one');
    expect(await text(await readBlob(platform, two.sha256))).toBe('two');
    expect(await keys()).toHaveLength(2);
  });

  test('in whatever order things happen, no file loses its bytes and nothing is left over', async () => {
    await checkInterleavings(Number(process.env.FC_RUNS ?? 60), { platform, folder, used, pass });
  });
});

describe('fixity', () => {
  test('damage is found by the sweep, never handed out, and repaired by uploading the file again', async () => {
    const { sha256 } = await bring('precious');
    used.add(sha256);
    const { key } = (await BlobModel.findById(sha256)) ?? { key: '' };
    await platform.objects.delete(key);
    await platform.objects.put(key, Readable.from([Buffer.from('precius!')]));
    expect((await verifyAll(platform)).changed).toEqual([{ sha256, key }]);
    await expect(text(await readBlob(platform, sha256))).rejects.toMatchObject({ type: 'blobs/damaged' });
    await expect(readBlob(platform, sha256)).rejects.toMatchObject({ type: 'blobs/damaged' });
    await bring('precious');
    expect(await text(await readBlob(platform, sha256))).toBe('precious');
    expect(await keys()).toHaveLength(1);
  });

  test('the sweep reads what was not read for longest, and notes what is missing', async () => {
    const { sha256 } = await bring('gone');
    pass(48 * hour);
    expect(await sweepFixity(platform)).toEqual({ checked: 1, damaged: 0 });
    expect(await sweepFixity(platform)).toEqual({ checked: 0, damaged: 0 });
    await platform.objects.delete((await BlobModel.findById(sha256))?.key ?? '');
    pass(48 * hour);
    expect(await sweepFixity(platform)).toEqual({ checked: 1, damaged: 1 });
    expect(await verifyAll(platform)).toMatchObject({ missing: [{ sha256 }] });
  });

  test('objects without a record are removed once they are a day old, but not those that are arriving', async () => {
    await platform.objects.put('blobs/left-behind', Readable.from([Buffer.from('x')]));
    await platform.objects.put('blobs/arriving', Readable.from([Buffer.from('x')]));
    expect(await removeUntracked(platform, new Set())).toBe(0);
    now = new Date(Date.now() + 25 * hour);
    expect(await removeUntracked(platform, new Set(['blobs/arriving']))).toBe(1);
    expect(await keys()).toEqual(['blobs/arriving']);
  });
});
