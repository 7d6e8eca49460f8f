import { Binary, Int32 } from 'bson';
import { type Doc, doc } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { isTruthy } from '../query/predicates.ts';
import type { Collection } from '../store/collection.ts';
import { type Call, collectionName } from './command.ts';
import { ok } from './reply.ts';

function whole(value: number): Int32 | bigint {
  return value < 2_147_483_648 ? new Int32(value) : BigInt(value);
}

function sizesOf(call: Call, collection: Collection | undefined) {
  if (!collection) return { count: 0, documents: 0, stored: 0, indexes: new Map<string, number>() };
  return { count: collection.count, ...call.store.sizes(collection) };
}

function storage(call: Call, namespace: string): Doc {
  const { count, documents, stored, indexes } = sizesOf(call, call.store.get(namespace));
  const total = [...indexes.values()].reduce((sum, size) => sum + size, 0);
  const result = doc({ size: whole(documents), count: whole(count) });
  if (count > 0) result.set('avgObjSize', whole(Math.round(documents / count)));
  result.set('storageSize', whole(stored));
  result.set('capped', isTruthy(call.store.get(namespace)?.options.get('capped')));
  result.set('nindexes', new Int32(indexes.size));
  result.set('indexSizes', new Map([...indexes].map(([name, size]) => [name, whole(size)])));
  result.set('totalIndexSize', whole(total));
  result.set('totalSize', whole(stored + total));
  return result;
}

export function collStats(call: Call): Doc {
  const namespace = `${call.db}.${collectionName(call)}`;
  return ok({ ns: namespace, ...Object.fromEntries(storage(call, namespace)), scaleFactor: new Int32(1) });
}

/** The document of `$collStats`. */
export function collectionStatistics(call: Call, name: string): Doc {
  const namespace = `${call.db}.${name}`;
  const collection = call.store.get(namespace);
  if (!collection) throw new CommandError('NamespaceNotFound', `Collection [${namespace}] not found.`);
  return doc({
    ns: namespace,
    localTime: new Date(),
    storageStats: storage(call, namespace),
    count: whole(collection.count),
  });
}

/** The documents of `$indexStats`. */
export function indexStatistics(call: Call, name: string): Doc[] {
  const indexes = call.store.get(`${call.db}.${name}`)?.indexes ?? [];
  return indexes.map((index) =>
    doc({
      name: index.name,
      key: index.spec.get('key'),
      host: 'localhost',
      spec: index.spec,
      accesses: doc({ ops: 0n, since: new Date() }),
    }),
  );
}

export function dbStats(call: Call): Doc {
  const all = call.store.list(call.db).map(([, collection]) => sizesOf(call, collection));
  const sum = (of: (sizes: (typeof all)[number]) => number) =>
    all.reduce((total, sizes) => total + of(sizes), 0);
  const objects = sum(({ count }) => count);
  const data = sum(({ documents }) => documents);
  const indexSize = sum(({ indexes }) => [...indexes.values()].reduce((total, size) => total + size, 0));
  return ok({
    db: call.db,
    collections: BigInt(all.length),
    views: 0n,
    objects: BigInt(objects),
    avgObjSize: objects > 0 ? data / objects : 0,
    dataSize: data,
    storageSize: data,
    indexes: BigInt(sum(({ indexes }) => indexes.size)),
    indexSize,
    totalSize: data + indexSize,
    scaleFactor: 1n,
    fsUsedSize: 0,
    fsTotalSize: 0,
  });
}

/** Compares the documents with their keys in each index, and lets SQLite check the file. */
export function validate(call: Call): Doc {
  const name = collectionName(call);
  const namespace = `${call.db}.${name}`;
  const collection = call.store.get(namespace);
  if (!collection)
    throw new CommandError('NamespaceNotFound', `Collection '${namespace}' does not exist to validate.`);
  const { records, keys, errors } = collection.verify();
  const found = [...errors, ...call.store.integrityErrors()];
  return ok({
    ns: namespace,
    uuid: new Binary(collection.uuid, 4),
    nInvalidDocuments: new Int32(0),
    nrecords: whole(records),
    nIndexes: new Int32(collection.indexes.length),
    keysPerIndex: new Map([...keys].map(([index, count]) => [index, whole(count)])),
    indexDetails: new Map(
      [...keys.keys()].map((index) => [
        index,
        doc({ valid: !errors.some((error) => error.includes(index)) }),
      ]),
    ),
    valid: found.length === 0,
    repaired: false,
    warnings: [],
    errors: found,
    extraIndexEntries: [],
    missingIndexEntries: [],
    corruptRecords: [],
  });
}
