import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Db, MongoClient } from 'mongodb';
import { withStillDocuments } from '../../scripts/instance/with-documents.ts';
import { backUp, restore } from '../../server/backups/index.ts';
import { readConfig } from '../../server/config.ts';
import { startEngine } from '../../storage/documents/embedded/start.ts';
import { openFilesystemStore } from '../../storage/objects/filesystem.ts';
import type { ObjectStore } from '../../storage/objects/store.ts';
import { storeWith } from '../store-with.ts';
import { startSnapshotPrimary } from './snapshot-primary.ts';

const database = `backup-snapshot-${randomBytes(4).toString('hex')}`;
let folder: string;
let standIn: Awaited<ReturnType<typeof startSnapshotPrimary>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'courseyard-snapshot-'));
  standIn = await startSnapshotPrimary(folder);
});
afterAll(async () => {
  await standIn.close();
  await rm(folder, { recursive: true });
});

/** The address of a server, with our database in it. */
function named(url: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
}

/** Backs up what is at an address; `meanwhile` is done after the first collection has been read. */
async function backUpFrom(url: string, place: ObjectStore, meanwhile: () => Promise<void> = async () => {}) {
  const config = readConfig({ MONGODB_URL: url, DATA_DIR: folder });
  const objects = await openFilesystemStore(join(folder, 'objects'));
  const put: ObjectStore['put'] = async (key, bytes) => {
    const done = await place.put(key, bytes);
    if (key.endsWith('/000.bson.gz')) await meanwhile();
    return done;
  };
  const target = storeWith(place, { put });
  return withStillDocuments(config, (db, session) =>
    backUp({ db, objects, ...(session && { session }) }, target, { now: new Date(), version: '1.0.0' }),
  );
}

const everything = async (db: Db) => ({
  orders: await db.collection('orders').find().sort({ _id: 1 }).toArray(),
  positions: await db.collection('positions').find().sort({ _id: 1 }).toArray(),
});

const servers: Record<string, () => string> = { 'a stand-in': () => standIn.url };
const { MONGODB_URL: mongodb } = process.env;
if (mongodb) servers.MongoDB = () => mongodb;

for (const [name, address] of Object.entries(servers)) {
  test(`the backup of a running instance has all documents as at one moment, read from a snapshot of ${name}`, async () => {
    const client = await MongoClient.connect(named(address()));
    const db = client.db();
    try {
      await db.dropDatabase();
      const many = Array.from({ length: 3000 }, (_, n) => ({ n, text: 'x'.repeat(2000) }));
      await db.collection('orders').insertMany(many.map((one) => ({ ...one })));
      await db.collection('positions').insertMany(many);
      const before = await everything(db);
      const place = await openFilesystemStore(join(folder, randomBytes(4).toString('hex')));
      const made = await backUpFrom(named(address()), place, async () => {
        await db.collection('orders').insertOne({ n: -1 });
        await db.collection('positions').updateMany({}, { $set: { n: -1 } });
        await db.collection('positions').deleteMany({ text: /^x/ });
        await db.collection('later').insertOne({ n: 1 });
      });
      expect(made.collections).toEqual([
        expect.objectContaining({ name: expect.stringMatching('orders|positions'), count: 3000 }),
        expect.objectContaining({ name: expect.stringMatching('orders|positions'), count: 3000 }),
      ]);
      await db.dropDatabase();
      await restore(place, { db, objects: await openFilesystemStore(join(folder, 'restored')) });
      expect(await everything(db)).toEqual(before);
    } finally {
      await db.dropDatabase();
      await client.close();
    }
  });
}

describe('a backup is not made, and says what to do', () => {
  test('when MongoDB has forgotten the moment meanwhile', async () => {
    const client = await MongoClient.connect(named(standIn.url));
    for (const collection of ['first', 'second']) await client.db().collection(collection).insertOne({});
    await client.close();
    const place = await openFilesystemStore(join(folder, randomBytes(4).toString('hex')));
    const put: ObjectStore['put'] = async (key, bytes) => {
      await setTimeout(200); // MongoDB refuses before the store has begun to read
      return place.put(key, bytes);
    };
    const slow = storeWith(place, { put });
    const making = backUpFrom(named(standIn.url), slow, async () => {
      standIn.primary.patience = 0;
    });
    await expect(making).rejects.toThrow('minSnapshotHistoryWindowInSeconds');
    standIn.primary.patience = Number.POSITIVE_INFINITY;
  });

  test('when the server has no snapshots', async () => {
    const standalone = await startEngine({ file: join(folder, 'standalone.sqlite') });
    const place = await openFilesystemStore(join(folder, randomBytes(4).toString('hex')));
    await expect(backUpFrom(standalone.urlFor(database), place)).rejects.toThrow('replica set');
    await standalone.close();
  });
});
