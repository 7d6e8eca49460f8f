import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BSON, type ClientSession, type Db, type Document } from 'mongodb';
import type { ObjectStore } from '../../storage/objects/store.ts';
import { batchesOf } from '../batches.ts';

/** Exact types on both sides: nothing is turned into a JavaScript number on the way. */
const exact = { promoteValues: false, promoteLongs: false, bsonRegExp: true } as const;

/** Names of the collections that hold documents, with how they were made. */
export async function collectionsOf(db: Db): Promise<{ name: string; options: Document }[]> {
  const found = await db.listCollections({ type: 'collection' }, { nameOnly: false }).toArray();
  return found
    .filter(({ name }) => !name.startsWith('system.'))
    .map(({ name, options = {} }) => ({ name, options }));
}

/** The indexes of a collection beside that of `_id`, ready to be made again. */
export async function indexesOf(db: Db, name: string): Promise<Document[]> {
  const indexes = await db.collection(name).indexes();
  return indexes.filter((index) => index.name !== '_id_').map(({ v: _version, ...index }) => index);
}

/** Every document as the bytes that it is, in the order of `_id`. */
export async function* bytesOf(
  db: Db,
  name: string,
  session: ClientSession | undefined,
): AsyncGenerator<Uint8Array> {
  const cursor = db.collection(name).find({}, { raw: true, sort: { _id: 1 }, session });
  for await (const document of cursor) yield document as unknown as Uint8Array;
}

export const decoded = (bytes: Uint8Array): Document => BSON.deserialize(bytes);

/** The documents of a collection out of a backup, as bytes. */
export async function* storedDocuments(store: ObjectStore, key: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  const plain = (await store.get(key)).compose(createGunzip());
  for await (const chunk of plain as AsyncIterable<Buffer>) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    while (rest.length - at >= 4 && rest.length - at >= rest.readInt32LE(at)) {
      const size = rest.readInt32LE(at);
      yield rest.subarray(at, at + size);
      at += size;
    }
    rest = rest.subarray(at);
  }
  if (rest.length > 0) throw new Error(`${key} ends in the middle of a document`);
}

/** Puts the documents of a collection into a database. Resolves with their number. */
export async function load(
  db: Db,
  { name, options, indexes, key }: { name: string; options: Document; indexes: Document[]; key: string },
  store: ObjectStore,
): Promise<number> {
  await db.createCollection(name, options);
  const collection = db.collection(name);
  let count = 0;
  for await (const batch of batchesOf(storedDocuments(store, key))) {
    const documents = batch.map((bytes): Document => BSON.deserialize(bytes, exact));
    await collection.insertMany(documents, { writeConcern: { w: 'majority' } });
    count += documents.length;
  }
  if (indexes.length > 0) await collection.createIndexes(indexes as never);
  return count;
}

/** Large pieces for the compression, whatever the size of documents. */
export async function* gathered(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let batch: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    batch.push(piece);
    size += piece.length;
    if (size < 256 * 1024) continue;
    yield Buffer.concat(batch);
    batch = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(batch);
}

export const toStream = (pieces: AsyncIterable<Uint8Array>): Readable =>
  Readable.from(pieces, { objectMode: false });
