import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Db, MongoClient } from 'mongodb';
import { backUp, checkBackup, listBackups, planPruning, prune, restore } from '../../server/backups/index.ts';
import { inTurn } from '../../server/backups/turn.ts';
import { type RunningEngine, startEngine } from '../../storage/documents/embedded/start.ts';
import { openFilesystemStore } from '../../storage/objects/filesystem.ts';
import { openS3Store } from '../../storage/objects/s3.ts';
import type { ObjectStore } from '../../storage/objects/store.ts';

/** Backups in a folder, and in a bucket of every server named in S3_TEST_ENDPOINTS. */
const addresses = (process.env.S3_TEST_ENDPOINTS ?? '').split(' ').filter(Boolean);
const places: Record<string, () => Promise<ObjectStore>> = {
  'a folder': () => openFilesystemStore(join(folder, randomUUID())),
  ...Object.fromEntries(
    addresses.map((address) => {
      const { username, password, protocol, host } = new URL(address);
      const open = () =>
        openS3Store({
          endpoint: `${protocol}//${host}`,
          bucket: `backups-${randomUUID()}`,
          region: 'us-east-1',
          accessKeyId: username,
          secretAccessKey: password,
          pathStyle: true,
        });
      return [host, open];
    }),
  ),
};

let folder: string;
let engine: RunningEngine;
let client: MongoClient;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'courseyard-places-'));
  engine = await startEngine({ file: join(folder, 'documents.sqlite') });
  client = await MongoClient.connect(engine.url);
});
afterAll(async () => {
  await client.close();
  await engine.close();
  await rm(folder, { recursive: true });
});

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const daily = { daily: 2 };

async function* one(bytes: Uint8Array) {
  yield bytes;
}

async function keysIn(store: ObjectStore, prefix?: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys.sort();
}

/** A store with some methods of another. */
function withOther(store: ObjectStore, other: Partial<ObjectStore>): ObjectStore {
  return new Proxy(store, {
    get(target, name) {
      const member = Reflect.get(other, name) ?? Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

/** The store, which fails for good at the n-th deletion, before or after it took effect, as when a process is killed. */
function failingAt(store: ObjectStore, n: number): ObjectStore {
  let deletions = 0;
  return withOther(store, {
    delete: async (key) => {
      if (key.startsWith('turns/')) return store.delete(key);
      if (++deletions === n && n % 2 === 0) await store.delete(key);
      if (deletions >= n) throw new Error('killed');
      return store.delete(key);
    },
  });
}

for (const [name, open] of Object.entries(places)) {
  describe(`backups in ${name}`, () => {
    let source: { db: Db; objects: ObjectStore };
    let place: ObjectStore;
    let day = 0;
    beforeEach(async () => {
      source = {
        db: client.db(`source-${randomBytes(4).toString('hex')}`),
        objects: await openFilesystemStore(join(folder, randomUUID())),
      };
      place = await open();
      day = 0;
    });

    async function bring(): Promise<string> {
      const [bytes, key] = [randomBytes(500), `blobs/${randomUUID()}`];
      await source.objects.put(key, one(bytes));
      const facts = { key, size: bytes.length };
      await source.db.collection<{ _id: string }>('blobs').insertOne({ _id: sha256(bytes), ...facts });
      return sha256(bytes);
    }
    const forget = (id: string) => source.db.collection<{ _id: string }>('blobs').deleteOne({ _id: id });
    const nextDay = async (store = place) => {
      day += 1;
      return backUp(source, store, { now: new Date(Date.UTC(2026, 4, day, 2)), version: '1.0.0' });
    };
    /** Four days: each has a file of its own, beside one that stays. */
    async function fourDays(): Promise<string[]> {
      await bring();
      const ids: string[] = [];
      for (let n = 0; n < 4; n++) {
        const own = await bring();
        ids.push((await nextDay()).id);
        await forget(own);
      }
      return ids;
    }
    const expectWhole = async (ids: readonly string[]) => {
      for (const id of ids) expect(await checkBackup(place, id)).toMatchObject({ id, bad: [] });
    };

    test('what the retention leaves out goes with the objects of it alone; what is kept is restored whole', async () => {
      const ids = await fourDays();
      const pruned = await prune(place, daily);
      expect(pruned).toEqual({
        kept: [
          { id: ids[3], periods: ['daily'] },
          { id: ids[2], periods: ['daily'] },
        ],
        removed: ids.slice(0, 2),
        unfinished: [],
        objects: 2,
        bytes: 1000,
      });
      expect(await listBackups(place)).toEqual(ids.slice(2));
      expect(await keysIn(place, 'objects/')).toHaveLength(3);
      for (const key of await keysIn(place, 'backups/')) expect(ids.slice(2)).toContain(key.split('/')[1]);
      await expectWhole(ids.slice(2));
      const fresh = {
        db: client.db(`restored-${randomBytes(4).toString('hex')}`),
        objects: await openFilesystemStore(join(folder, randomUUID())),
      };
      expect(await restore(place, fresh, { id: ids[2] })).toMatchObject({ objects: 2, lost: [] });
      expect(await keysIn(place, 'turns/')).toEqual([]);
    });

    test('killed at any moment, the kept ones are whole and the next pruning ends as if nothing had been', async () => {
      let kills = 0;
      for (let isDone = false; !isDone; ) {
        place = await open();
        const ids = await fourDays();
        const dying = failingAt(place, ++kills);
        isDone = await prune(dying, daily).then(() => true, expectKilled);
        await expectWhole(ids.slice(2));
        await prune(place, daily);
        expect(await listBackups(place)).toEqual(ids.slice(2));
        expect(await keysIn(place, 'objects/')).toHaveLength(2 + kills); // two of a day, one of each time that stays
        for (const key of await keysIn(place, 'backups/')) expect(ids.slice(2)).toContain(key.split('/')[1]);
      }
      expect(kills).toBe(7); // two manifests, two objects, two files of documents, and once to the end
    });

    test('a dry run tells the same and removes nothing', async () => {
      await fourDays();
      const before = await keysIn(place);
      const planned = await planPruning(place, daily);
      expect(await keysIn(place)).toEqual(before);
      expect(await prune(place, daily)).toEqual(planned);
    });

    test('one that was never finished goes, with what it brought, once there is a finished one', async () => {
      await bring();
      const put: ObjectStore['put'] = (key, bytes) =>
        key.endsWith('manifest.json') ? Promise.reject(new Error('killed')) : place.put(key, bytes);
      const brought = await bring();
      await expect(nextDay(withOther(place, { put }))).rejects.toThrow('killed');
      expect(await prune(place, daily)).toMatchObject({ unfinished: [], objects: 0 });
      await forget(brought);
      const { id, copied } = await nextDay();
      expect(copied.objects).toBe(0);
      expect(await prune(place, daily)).toMatchObject({ unfinished: [expect.any(String)], objects: 1 });
      await expectWhole([id]);
    });

    test('nothing goes while the documents of a kept one cannot be read', async () => {
      const ids = await fourDays();
      const [documents = ''] = (await keysIn(place, `backups/${ids[3]}/`)).filter((key) =>
        key.endsWith('.gz'),
      );
      await place.delete(documents);
      const before = await keysIn(place);
      await expect(prune(place, daily)).rejects.toMatchObject({ name: 'NoSuchObject' });
      expect(await keysIn(place)).toEqual(before);
    });

    test('two do not work in one place at a time; the turn of one that was killed ends by itself', async () => {
      await bring();
      await inTurn(place, async () => {
        await expect(nextDay()).rejects.toMatchObject({ name: 'AnotherTurn' });
        await expect(prune(place, daily)).rejects.toMatchObject({ name: 'AnotherTurn' });
      });
      await nextDay();
      await place.put('turns/killed-0', one(Buffer.alloc(0)));
      await new Promise((resolve) => setTimeout(resolve, 2500));
      const asked = inTurn(place, async () => 'ours', 1000);
      expect(await asked).toBe('ours');
      expect(await keysIn(place, 'turns/')).toEqual([]);
    });

    test('whoever could not say for long that they go on, removes nothing more', async () => {
      const mute = withOther(place, {
        put: async (key, bytes) => {
          if (!key.endsWith('-0')) throw new Error('the place does not answer');
          return place.put(key, bytes);
        },
      });
      const work = inTurn(
        mute,
        async (turn) => {
          turn.assertOurs();
          await new Promise((resolve) => setTimeout(resolve, 500));
          turn.assertOurs();
        },
        500,
      );
      await expect(work).rejects.toMatchObject({ name: 'TurnLost' });
    });
  });
}

function expectKilled(error: Error): false {
  expect(error.message).toBe('killed');
  return false;
}
