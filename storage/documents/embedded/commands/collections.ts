import { Binary, Int32 } from 'bson';
import { equalValues } from '../bson/compare.ts';
import { encodeDocument } from '../bson/encode.ts';
import { isNumeric, toDouble } from '../bson/numbers.ts';
import { type Doc, doc } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { compileFilter } from '../query/matcher.ts';
import { isTruthy } from '../query/predicates.ts';
import { assertNamespace, type Call, collectionName, docField, flagField } from './command.ts';
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

/** The answer that lists some documents. */
export function listed(
  call: Call,
  namespace: string,
  documents: Doc[],
  cursor: Doc | undefined,
): Promise<Doc> {
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
