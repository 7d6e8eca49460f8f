import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Collection, type Db, type Document, MongoClient } from 'mongodb';
import { startEngine } from '../storage/documents/embedded/start.ts';
import { misused, readOptions } from './options.ts';

/**
 * `npm run documents:move -- --data DIR --to URL` copies the embedded engine's documents, those of the product unless
 * another folder is named, to a MongoDB, `--from URL`
 * copies them back. Interrupted, it goes on after the last document that arrived; counts and hashes are compared at
 * the end. Both sides must rest meanwhile.
 */
const usage = 'npm run documents:move -- [--data DIR] --to URL|--from URL';
const values = readOptions(usage, {
  data: { type: 'string', default: 'data/documents' },
  to: { type: 'string' },
  from: { type: 'string' },
});
const address = values.to ?? values.from;
if (!address || (values.to && values.from)) misused(usage, 'Say --to URL or --from URL');
const file = join(values.data, 'documents.sqlite');
if (values.to && !existsSync(file))
  misused(usage, `--data wants the folder of the documents: there is no ${file}`);

const database = 'courseyard';
const portion = 500;
/** Exact types on both sides: nothing is turned into a JavaScript number on the way. */
const exact = { promoteValues: false, promoteLongs: false, bsonRegExp: true } as const;

/** Documents after an `_id`, in its order, whatever its type. */
async function after(collection: Collection, last: unknown): Promise<Document[]> {
  const cursor = collection.find({}, { ...exact, sort: { _id: 1 }, limit: portion, hint: { _id: 1 } });
  if (last !== undefined) cursor.min({ _id: last }).skip(1);
  return cursor.toArray();
}

async function lastId(collection: Collection): Promise<unknown> {
  const [last] = await collection
    .find({}, { ...exact, projection: { _id: 1 }, sort: { _id: -1 }, limit: 1 })
    .toArray();
  return last?._id;
}

/** The count and hash of all documents in the order of `_id`. */
async function digest(collection: Collection): Promise<{ count: number; hash: string }> {
  const hash = createHash('sha256');
  let count = 0;
  for await (const document of collection.find({}, { raw: true, sort: { _id: 1 } })) {
    hash.update(document as unknown as Buffer);
    count++;
  }
  return { count, hash: hash.digest('hex') };
}

/** @throws Error when the target has documents that the source has not */
async function assertPrefix(source: Collection, target: Collection, last: unknown): Promise<void> {
  if (last === undefined) return;
  const there = await target.countDocuments({});
  const here = await source.countDocuments({ $expr: { $lte: ['$_id', { $literal: last }] } });
  if (there !== here)
    throw new Error(`${target.namespace} holds other documents than ${source.namespace}; empty it first.`);
}

async function moveCollection(source: Db, target: Db, name: string, options: Document): Promise<number> {
  const known = await target.listCollections({ name }).toArray();
  if (known.length === 0) await target.createCollection(name, options);
  const [from, to] = [source.collection(name), target.collection(name)];
  let last = await lastId(to);
  await assertPrefix(from, to, last);
  for (let batch = await after(from, last); batch.length > 0; batch = await after(from, last)) {
    await to.insertMany(batch, { writeConcern: { w: 'majority' } });
    last = batch.at(-1)?._id;
  }
  const indexes = (await from.indexes()).filter((index) => index.name !== '_id_');
  if (indexes.length > 0) await to.createIndexes(indexes.map(({ v: _version, ...index }) => index as never));
  const [before, now] = [await digest(from), await digest(to)];
  if (before.count !== now.count || before.hash !== now.hash)
    throw new Error(
      `${name}: ${before.count} documents here and ${now.count} there differ; empty the target and start again.`,
    );
  return now.count;
}

const engine = await startEngine({ file });
const embedded = await MongoClient.connect(engine.url);
const mongodb = await MongoClient.connect(address);
try {
  const [source, target] = values.to
    ? [embedded.db(database), mongodb.db()]
    : [mongodb.db(), embedded.db(database)];
  for (const { name, options = {} } of await source
    .listCollections({ type: 'collection' }, { nameOnly: false })
    .toArray()) {
    if (name.startsWith('system.')) continue;
    const count = await moveCollection(source, target, name, options);
    process.stdout.write(`${name}: ${count} documents, the same on both sides\n`);
  }
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  await mongodb.close();
  await embedded.close();
  await engine.close();
}
