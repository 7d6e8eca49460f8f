import { Int32 } from 'bson';
import { equalValues } from '../bson/compare.ts';
import { encodeDocument } from '../bson/encode.ts';
import { type Doc, doc, type Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import type { Collection } from '../store/collection.ts';
import { type Index, readIndex } from '../store/index-spec.ts';
import { listed } from './collections.ts';
import { assertNamespace, type Call, collectionName, decodedDocs, docField } from './command.ts';
import { paceOf } from './read.ts';
import { ok, type Pace } from './reply.ts';

/** Milliseconds that the building of an index takes from others at a time. */
const slice = 30;

function normalised(spec: Doc, collection: Collection | undefined): Doc {
  const result: Doc = new Map<string, Value>([['v', new Int32(2)]]);
  for (const [name, value] of spec)
    if (name !== 'v' && name !== 'ns' && name !== 'dropDups') result.set(name, value);
  const inherited = collection?.options.get('collation');
  if (!spec.has('collation') && inherited !== undefined) result.set('collation', inherited);
  return result;
}

function sameIndex(a: Index, b: Index): boolean {
  return (
    a.unique === b.unique &&
    a.sparse === b.sparse &&
    a.expireAfterSeconds === b.expireAfterSeconds &&
    equalValues(a.partial, b.partial) &&
    a.collation?.id === b.collation?.id
  );
}

/** Whether an equal index is there already. @throws CommandError when one contradicts the new one */
function alreadyThere(collection: Collection, wanted: Index): boolean {
  for (const index of collection.allIndexes) {
    const sameKey =
      encodeDocument(index.spec.get('key') as Doc).equals(encodeDocument(wanted.spec.get('key') as Doc)) ||
      (index.name === '_id_' && wanted.paths.join() === '_id');
    if (index.name === wanted.name) {
      if (sameKey && (index.name === '_id_' || sameIndex(index, wanted))) return true;
      throw new CommandError(
        'IndexKeySpecsConflict',
        `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${wanted.name}, existing index: ${index.name}`,
      );
    }
    if (
      !sameKey ||
      index.collation?.id !== wanted.collation?.id ||
      !equalValues(index.partial, wanted.partial)
    )
      continue;
    if (index.name === '_id_') return true;
    if (index.unique !== wanted.unique || index.sparse !== wanted.sparse) continue;
    throw new CommandError(
      'IndexOptionsConflict',
      `Index already exists with a different name: ${index.name}`,
    );
  }
  return false;
}

/** What a `createIndexes` has begun. */
interface Begun {
  before: number;
  existed: boolean;
  /** The indexes that are being built. */
  ids: number[];
}

/**
 * Begins the indexes that are not there yet; what is quickly filled is finished at once. Gives undefined, and does
 * nothing, while others are being built.
 */
function begin(call: Call, name: string, specs: Doc[]): Begun | undefined {
  const old = call.store.get(`${call.db}.${name}`);
  if (old && old.builds.length > 0) return undefined;
  for (const spec of specs) readIndex(0, normalised(spec, old), 0);
  const collection = call.store.ensure(call.db, name);
  const before = collection.indexes.length;
  const ids: number[] = [];
  for (const spec of specs) {
    const wanted = readIndex(0, normalised(spec, collection), 0);
    if (!alreadyThere(collection, wanted)) ids.push(call.store.beginIndex(collection, wanted.spec));
  }
  const begun = { before, existed: old !== undefined, ids };
  if (!ids.every((id) => call.store.buildIndex(id, slice))) return begun;
  call.store.finishIndexes(ids);
  return { ...begun, ids: [] };
}

/** Builds indexes slice by slice: other commands run in between. */
async function build(call: Call, ids: number[], pace: Pace): Promise<void> {
  try {
    for (const id of ids)
      while (!(await call.writes.run(() => call.store.buildIndex(id, slice)))) await pace.rest();
    await call.writes.run(() => call.store.finishIndexes(ids));
  } catch (error) {
    await call.writes.run(() => call.store.abandonIndexes(ids));
    throw error;
  }
}

export async function createIndexes(call: Call): Promise<Doc> {
  const name = collectionName(call);
  assertNamespace(call.db, name);
  const specs = decodedDocs(call, 'indexes');
  if (specs.length === 0) throw new CommandError('BadValue', 'Must specify at least one index to create');
  const pace = paceOf(call);
  const tryToBegin = () => call.writes.run(() => begin(call, name, specs));
  let begun = await tryToBegin();
  for (; !begun; begun = await tryToBegin()) await pace.wait(slice);
  const { before, existed, ids } = begun;
  await build(call, ids, pace);
  const after = call.store.get(`${call.db}.${name}`)?.indexes.length ?? 0;
  const reply = doc({
    numIndexesBefore: new Int32(before),
    numIndexesAfter: new Int32(after),
    createdCollectionAutomatically: !existed,
  });
  if (before === after) reply.set('note', 'all indexes already exist');
  reply.set('ok', 1);
  return reply;
}

function existing(call: Call, name: string): Collection {
  const collection = call.store.get(`${call.db}.${name}`);
  if (!collection) throw new CommandError('NamespaceNotFound', `ns does not exist: ${call.db}.${name}`);
  return collection;
}

export function listIndexes(call: Call): Promise<Doc> {
  const name = collectionName(call);
  return listed(call, `${call.db}.${name}`, existing(call, name).describeIndexes(), docField(call, 'cursor'));
}

function chosen(collection: Collection, wanted: Value): Index[] {
  if (wanted === '*') return collection.allIndexes.slice(1);
  if (Array.isArray(wanted)) return wanted.flatMap((entry) => chosen(collection, entry));
  const found = collection.allIndexes.filter((index) =>
    wanted instanceof Map
      ? encodeDocument(index.spec.get('key') as Doc).equals(encodeDocument(wanted)) ||
        equalValues(index.spec.get('key'), wanted)
      : index.name === wanted,
  );
  if (found.length === 0)
    throw new CommandError(
      'IndexNotFound',
      typeof wanted === 'string' ? `index not found with name [${wanted}]` : "can't find index with key",
    );
  if (found.some((index) => index.name === '_id_'))
    throw new CommandError('InvalidOptions', 'cannot drop _id index');
  return found;
}

export function dropIndexes(call: Call): Promise<Doc> {
  const name = collectionName(call);
  return call.writes.run(() => {
    const collection = call.store.get(`${call.db}.${name}`);
    if (!collection) throw new CommandError('NamespaceNotFound', `ns not found ${call.db}.${name}`);
    const before = collection.indexes.length;
    for (const index of chosen(collection, call.command.get('index')))
      call.store.dropIndex(collection, index);
    return ok({ nIndexesWas: new Int32(before) });
  });
}
