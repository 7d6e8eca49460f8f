import { Binary, Int32 } from 'bson';
import { equalValues } from '../bson/compare.ts';
import { encodeDocument } from '../bson/encode.ts';
import { isNumeric, toDouble } from '../bson/numbers.ts';
import { type Doc, doc, type Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { compileFilter } from '../query/matcher.ts';
import { isTruthy } from '../query/predicates.ts';
import type { Collection } from '../store/collection.ts';
import { type Index, readIndex } from '../store/index-spec.ts';
import { assertNamespace, type Call, collectionName, decodedDocs, docField, flagField } from './command.ts';
import { paceOf, sessionOf } from './read.ts';
import { ok, openCursor } from './reply.ts';

const generic = new Set([
  '$db',
  'lsid',
  'writeConcern',
  'readConcern',
  'maxTimeMS',
  'comment',
  '$readPreference',
  '$clusterTime',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
]);

function listed(call: Call, namespace: string, documents: Doc[], cursor: Doc | undefined): Promise<Doc> {
  const size = cursor?.get('batchSize');
  return openCursor(call.cursors, documents.map((entry) => encodeDocument(entry))[Symbol.iterator](), {
    namespace,
    batchSize: isNumeric(size) ? toDouble(size) : undefined,
    singleBatch: false,
    noTimeout: false,
    session: sessionOf(call),
    pace: paceOf(call),
  });
}

export function listDatabases(call: Call): Doc {
  const filter = docField(call, 'filter') ?? new Map();
  const test = compileFilter(filter);
  const namesOnly = flagField(call, 'nameOnly');
  let total = 0;
  const databases = call.store.databases().map((name) => {
    if (namesOnly) return doc({ name });
    const size = call.store
      .list(name)
      .reduce((sum, [, collection]) => sum + call.store.sizes(collection).stored, 4096);
    total += size;
    return doc({ name, sizeOnDisk: BigInt(size), empty: false });
  });
  const reply = ok({ databases: databases.filter(test) });
  if (!namesOnly) {
    reply.set('totalSize', BigInt(total));
    reply.set('totalSizeMb', BigInt(Math.ceil(total / 1_048_576)));
  }
  return reply;
}

export function listCollections(call: Call): Promise<Doc> {
  const test = compileFilter(docField(call, 'filter') ?? new Map());
  const namesOnly = flagField(call, 'nameOnly');
  const entries = call.store.list(call.db).map(([name, collection]) => {
    const isView = collection.options.has('viewOn');
    const entry = doc({ name, type: isView ? 'view' : 'collection' });
    if (namesOnly) return entry;
    entry.set('options', collection.options);
    entry.set('info', doc({ readOnly: isView, uuid: new Binary(collection.uuid, 4) }));
    if (!isView) entry.set('idIndex', collection.idIndex.spec);
    return entry;
  });
  return listed(call, `${call.db}.$cmd.listCollections`, entries.filter(test), docField(call, 'cursor'));
}

export function create(call: Call): Promise<Doc> {
  const name = collectionName(call);
  assertNamespace(call.db, name);
  const options: Doc = new Map(
    [...call.command].filter(([field]) => field !== call.name && !generic.has(field)),
  );
  for (const unsupported of ['timeseries', 'clusteredIndex', 'encryptedFields'])
    if (options.get(unsupported) !== undefined && options.get(unsupported) !== false)
      throw new CommandError(
        'NotImplemented',
        `create: ${unsupported} is not supported by the embedded engine`,
      );
  if (isTruthy(options.get('capped')) && !isNumeric(options.get('size')))
    throw new CommandError('InvalidOptions', "the 'size' field is required when 'capped' is true");
  if (options.get('capped') === false) options.delete('capped');
  return call.writes.run(() => {
    const existing = call.store.get(`${call.db}.${name}`);
    if (existing && !equalValues(existing.options, options))
      throw new CommandError('NamespaceExists', `Collection ${call.db}.${name} already exists.`);
    if (!existing) call.store.create(call.db, name, options);
    return ok();
  });
}

export function drop(call: Call): Promise<Doc> {
  const name = collectionName(call);
  const namespace = `${call.db}.${name}`;
  return call.writes.run(() => {
    const collection = call.store.get(namespace);
    if (!collection) return ok();
    const indexes = collection.indexes.length;
    call.store.drop(collection);
    call.cursors.closeOf(namespace);
    return ok({ nIndexesWas: new Int32(indexes), ns: namespace });
  });
}

export function dropDatabase(call: Call): Promise<Doc> {
  return call.writes.run(() => {
    const collections = call.store.list(call.db);
    for (const [, collection] of collections) {
      call.store.drop(collection);
      call.cursors.closeOf(collection.namespace);
    }
    return collections.length > 0 ? ok({ dropped: call.db }) : ok();
  });
}

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
  for (const index of collection.indexes) {
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

export function createIndexes(call: Call): Promise<Doc> {
  const name = collectionName(call);
  assertNamespace(call.db, name);
  const specs = decodedDocs(call, 'indexes');
  if (specs.length === 0) throw new CommandError('BadValue', 'Must specify at least one index to create');
  return call.writes.run(() => {
    const existed = call.store.get(`${call.db}.${name}`);
    for (const spec of specs) readIndex(0, normalised(spec, existed), 0);
    const collection = call.store.ensure(call.db, name);
    const before = collection.indexes.length;
    for (const spec of specs) {
      const wanted = readIndex(0, normalised(spec, collection), 0);
      if (!alreadyThere(collection, wanted)) call.store.addIndex(collection, wanted.spec);
    }
    const after = collection.indexes.length;
    const reply = doc({
      numIndexesBefore: new Int32(before),
      numIndexesAfter: new Int32(after),
      createdCollectionAutomatically: !existed,
    });
    if (before === after) reply.set('note', 'all indexes already exist');
    reply.set('ok', 1);
    return reply;
  });
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
  if (wanted === '*') return collection.indexes.slice(1);
  if (Array.isArray(wanted)) return wanted.flatMap((entry) => chosen(collection, entry));
  const found = collection.indexes.filter((index) =>
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
