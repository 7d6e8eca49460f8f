import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { BSON, type Db, Decimal128, type Document, Long, MongoClient, ObjectId } from 'mongodb';
import { bytesOf, collectionsOf, indexesOf } from '../../../server/backups/documents.ts';
import { backUp, checkBackup, restore } from '../../../server/backups/index.ts';
import { type RunningEngine, startEngine } from '../../../storage/documents/embedded/start.ts';
import { openFilesystemStore } from '../../../storage/objects/filesystem.ts';
import type { ObjectStore } from '../../../storage/objects/store.ts';
import { makeUnreadable, testOnBadSector } from '../../bad-sector.ts';
import { storeWith } from '../../store-with.ts';

let folder: string;
let engine: RunningEngine;
let client: MongoClient;
let source: { db: Db; objects: ObjectStore };
let target: ObjectStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'courseyard-backup-'));
  engine = await startEngine({ file: join(folder, 'documents.sqlite') });
  client = await MongoClient.connect(engine.url);
  source = { db: client.db('source'), objects: await openFilesystemStore(join(folder, 'objects')) };
  target = await openFilesystemStore(join(folder, 'backup'));
});
afterEach(async () => {
  await client.close();
  await engine.close();
  await rm(folder, { recursive: true });
});

const now = new Date('2026-05-01T08:00:00Z');
const options = { now, version: '1.0.0' };
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function* one(bytes: Uint8Array) {
  yield bytes;
}

/** Stores bytes and the record that points to them. */
async function bring(bytes: Buffer, collection: 'blobs' | 'derivatives' = 'blobs'): Promise<string> {
  const key = `${collection}/${randomBytes(8).toString('hex')}`;
  const facts = { key, size: bytes.length };
  await source.objects.put(key, one(bytes));
  if (collection === 'blobs') await insert('blobs', { _id: sha256(bytes), ...facts });
  else await insert('derivatives', { outputs: [{ ...facts, sha256: sha256(bytes) }] });
  return key;
}
const insert = (name: string, document: Document) => source.db.collection(name).insertOne(document);

/** Everything there is: documents as bytes, indexes, objects with their bytes. */
async function all({ db, objects }: { db: Db; objects: ObjectStore }) {
  const documents: Record<string, unknown> = {};
  for (const { name, options: made } of await collectionsOf(db)) {
    const bytes: string[] = [];
    for await (const document of bytesOf(db, name, undefined))
      bytes.push(Buffer.from(document).toString('hex'));
    documents[name] = { made, bytes, indexes: await indexesOf(db, name) };
  }
  const stored: Record<string, string> = {};
  for await (const { key } of objects.list()) stored[key] = sha256(await buffer(await objects.get(key)));
  return { documents, stored };
}

async function freshInstance() {
  return {
    db: client.db(`restored${randomBytes(3).toString('hex')}`),
    objects: await openFilesystemStore(join(folder, randomBytes(4).toString('hex'))),
  };
}

/** The file that has these bytes, below a folder. */
async function fileWith(bytes: Buffer, below: string): Promise<string> {
  for (const entry of await readdir(below, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && (await readFile(path)).equals(bytes)) return path;
  }
  throw new Error('No file has these bytes');
}

describe('a backup', () => {
  test('brings back everything as it was: documents of every type, indexes, capped collections, bytes', async () => {
    await insert('things', {
      _id: new ObjectId(),
      int: new BSON.Int32(7),
      long: Long.fromString('9007199254740993'),
      double: new BSON.Double(1),
      decimal: Decimal128.fromString('1.10'),
      date: now,
      binary: randomBytes(20),
      regex: new BSON.BSONRegExp('^a', 'i'),
      nested: { list: [1, 'zwei', null, { 三: true }] },
    });
    await source.db.collection('things').createIndex({ int: 1, date: -1 }, { name: 'two', unique: true });
    await source.db.createCollection('capped', { capped: true, size: 100_000 });
    await insert('capped', { n: 1 });
    await source.db.collection('many').insertMany(Array.from({ length: 1200 }, (_, n) => ({ n })));
    await bring(randomBytes(300_000));
    await bring(Buffer.from('text'));
    await bring(randomBytes(1000), 'derivatives');
    const before = await all(source);

    const made = await backUp(source, target, options);
    const fresh = await freshInstance();
    const done = await restore(target, fresh);

    expect(await all(fresh)).toEqual(before);
    expect(made).toMatchObject({ objects: 3, copied: { objects: 3 }, lost: [] });
    expect(done).toMatchObject({ id: made.id, objects: 3, lost: [] });
    expect(await checkBackup(target)).toMatchObject({ id: made.id, bad: [] });
  });

  test('copies only what no earlier one has, and each one restores its own state', async () => {
    await bring(Buffer.from('first'));
    const first = await backUp(source, target, options);
    const before = await all(source);
    await bring(Buffer.from('second'));
    await insert('things', { n: 1 });
    const second = await backUp(source, target, { ...options, now: new Date('2026-05-02T08:00:00Z') });
    expect(second.copied).toEqual({ objects: 1, bytes: 6 });
    const fresh = await freshInstance();
    await restore(target, fresh, { id: first.id });
    expect(await all(fresh)).toEqual(before);
    const newest = await freshInstance();
    await restore(target, newest);
    expect(await all(newest)).toEqual(await all(source));
  });

  test('leaves out bytes that are not what they should be, and says so; an earlier good copy heals them', async () => {
    const [good, bad] = [randomBytes(5000), randomBytes(6000)];
    await bring(good);
    await backUp(source, target, options);
    const key = await bring(bad);
    await writeFile(await fileWith(good, join(folder, 'objects')), randomBytes(5000));
    await writeFile(await fileWith(bad, join(folder, 'objects')), randomBytes(6000));
    const made = await backUp(source, target, { ...options, now: new Date('2026-05-02T08:00:00Z') });
    expect(made.lost).toEqual([{ sha256: sha256(bad), key, why: 'changed' }]);
    const fresh = await freshInstance();
    const done = await restore(target, fresh);
    expect(done).toMatchObject({ objects: 1, lost: [{ sha256: sha256(bad), why: 'missing' }] });
    expect(Object.values((await all(fresh)).stored)).toEqual([sha256(good)]);
  });

  testOnBadSector('leaves out what the disk cannot read, and has the rest', async () => {
    await bring(Buffer.from('unreadable'));
    await makeUnreadable(await fileWith(Buffer.from('unreadable'), join(folder, 'objects')));
    await bring(Buffer.from('good'));
    const made = await backUp(source, target, options);
    expect(made).toMatchObject({ objects: 2, copied: { objects: 1 } });
    expect(made.lost).toMatchObject([{ sha256: sha256(Buffer.from('unreadable')), why: 'changed' }]);
  });

  test('that is not finished is none', async () => {
    const put: ObjectStore['put'] = (key, bytes) =>
      key.endsWith('manifest.json') ? Promise.reject(new Error('power cut')) : target.put(key, bytes);
    const failing = storeWith(target, { put });
    await bring(Buffer.from('first'));
    await expect(backUp(source, failing, options)).rejects.toThrow('power cut');
    await expect(restore(target, await freshInstance())).rejects.toMatchObject({ name: 'NoSuchBackup' });
    expect((await backUp(source, target, options)).copied.objects).toBe(0);
  });
});

describe('a restoring', () => {
  test('refuses an instance that has something, and leaves it as it is', async () => {
    await insert('things', { n: 1 });
    await backUp(source, target, options);
    const before = await all(source);
    await expect(restore(target, source)).rejects.toMatchObject({ name: 'NotEmpty' });
    expect(await all(source)).toEqual(before);
  });

  test('that was interrupted among the documents is run again to the same end', async () => {
    await bring(randomBytes(1000));
    await insert('a-first', { n: 1 });
    await insert('z-last', { n: 1 });
    await backUp(source, target, options);
    const fresh = await freshInstance();
    const isLast = ({ collection }: { collection?: string }) => collection === 'z-last';
    const failing: Db = Object.create(fresh.db, {
      createCollection: {
        value: (name: string, made: Document) =>
          isLast({ collection: name })
            ? Promise.reject(new Error('killed'))
            : fresh.db.createCollection(name, made),
      },
    });
    await expect(restore(target, { ...fresh, db: failing })).rejects.toThrow('killed');
    const opened: Readable[] = [];
    const get: ObjectStore['get'] = async (key) => {
      const bytes = await target.get(key);
      opened.push(bytes);
      return bytes;
    };
    await restore(storeWith(target, { get }), fresh);
    expect(await all(fresh)).toEqual(await all(source));
    expect(opened.filter((bytes) => !bytes.destroyed)).toHaveLength(0);
  });

  test('of a backup whose documents were damaged puts nothing into the database', async () => {
    await insert('things', { n: 1 });
    await backUp(source, target, options);
    const files = await readdir(join(folder, 'backup'), { recursive: true, withFileTypes: true });
    const dump = files.find(({ name }) => name.endsWith('.bson.gz'));
    const path = join(dump?.parentPath ?? '', dump?.name ?? '');
    const bytes = await readFile(path);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await writeFile(path, bytes);
    expect((await checkBackup(target)).bad).toMatchObject([{ why: 'changed' }]);
    const fresh = await freshInstance();
    await expect(restore(target, fresh)).rejects.toMatchObject({ name: 'OtherBytes' });
    expect((await all(fresh)).documents).toEqual({});
  });
});

test('a copy of the documents is of one moment, whatever is written meanwhile', async () => {
  const pairs = source.db.collection('pairs');
  let stop = false;
  const writing = (async () => {
    for (let n = 0; !stop; n++)
      await pairs.insertMany([
        { n, half: 1 },
        { n, half: 2 },
      ]);
  })();
  await new Promise((resolve) => setTimeout(resolve, 100));
  const file = join(folder, 'copy', 'documents.sqlite');
  await import('node:fs/promises').then(({ mkdir }) => mkdir(join(folder, 'copy')));
  await engine.copyTo(file);
  stop = true;
  await writing;
  const copy = await startEngine({ file });
  const other = await MongoClient.connect(copy.url);
  const found = await other.db('source').collection('pairs').find().toArray();
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter(({ half }) => half === 1)).toHaveLength(found.length / 2);
  await other.close();
  await copy.close();
  await expect(engine.copyTo(file)).rejects.toThrow('could not be copied');
});
