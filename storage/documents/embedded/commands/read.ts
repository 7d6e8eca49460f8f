import { Int32 } from 'bson';
import { compileExpression } from '../aggregate/mingo.ts';
import { toPlain } from '../aggregate/plain.ts';
import { decodeDocument } from '../bson/decode.ts';
import { encodeDocument } from '../bson/encode.ts';
import { encodeValueKey } from '../bson/key.ts';
import { type Doc, doc, type Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { access, type Wanted } from '../planner/access.ts';
import { type Collation, collationOf } from '../query/collation.ts';
import { compileFilter, type FilterContext } from '../query/matcher.ts';
import { splitPath, valuesAt } from '../query/path.ts';
import { compileProjection } from '../query/projection.ts';
import { readSort } from '../query/sort.ts';
import type { Row } from '../store/collection.ts';
import { type Call, collectionName, docField, flagField, numberField } from './command.ts';
import { ok, openCursor, takeBatch } from './reply.ts';

/** Variables that a command's `let` defines, for expressions. */
export function letVariables(call: Call): Record<string, unknown> {
  const variables = docField(call, 'let');
  return variables ? (toPlain(variables) as Record<string, unknown>) : {};
}

/** What filters of a command may use. */
export function filterContext(call: Call, collation: Collation | undefined): FilterContext {
  const variables = letVariables(call);
  return { order: collation?.order, expression: (spec) => compileExpression(spec, variables) };
}

/** The collation of a command, or its collection's. */
export function collationFor(call: Call, spec: Value, name: string): Collation | undefined {
  if (spec !== undefined) return collationOf(spec);
  return collationOf(call.store.get(`${call.db}.${name}`)?.options.get('collation'));
}

export function sessionOf(call: Call): string | undefined {
  const session = docField(call, 'lsid');
  return session ? encodeDocument(session).toString('base64') : undefined;
}

function* bytesOf(rows: Iterable<Row>): Generator<Buffer> {
  for (const { bytes } of rows) yield bytes;
}

function* projected(
  rows: Iterable<Row>,
  spec: Doc,
  call: Call,
  filter: Doc,
  collation: Collation | undefined,
): Generator<Buffer> {
  const context = filterContext(call, collation);
  const positions: { found: number | undefined } = { found: undefined };
  const matches = compileFilter(filter, { ...context, positions });
  const project = compileProjection(spec, {
    ...context,
    position: (document) => {
      positions.found = undefined;
      matches(document);
      return positions.found;
    },
  });
  for (const { bytes } of rows) yield encodeDocument(project(decodeDocument(bytes)));
}

export function find(call: Call): Doc {
  const name = collectionName(call);
  const filter = docField(call, 'filter') ?? new Map();
  const collation = collationFor(call, call.command.get('collation'), name);
  const limit = numberField(call, 'limit') ?? 0;
  const skip = numberField(call, 'skip') ?? 0;
  if (skip < 0)
    throw new CommandError('BadValue', `BSON field 'skip' value must be >= 0, actual value '${skip}'`);
  const batchSize = numberField(call, 'batchSize');
  if (batchSize !== undefined && batchSize < 0)
    throw new CommandError(
      'BadValue',
      `BSON field 'batchSize' value must be >= 0, actual value '${batchSize}'`,
    );
  const wanted: Wanted = {
    filter,
    test: compileFilter(filter, filterContext(call, collation)),
    sort: readSort(docField(call, 'sort') ?? new Map()),
    collation,
    skip,
    limit: Math.abs(limit),
  };
  const projection = docField(call, 'projection');
  if (projection && projection.size > 0)
    compileProjection(projection, { ...filterContext(call, collation), position: () => undefined });
  const rows = access(call.store.get(`${call.db}.${name}`), wanted);
  const documents =
    projection && projection.size > 0 ? projected(rows, projection, call, filter, collation) : bytesOf(rows);
  return openCursor(call.cursors, documents[Symbol.iterator](), {
    namespace: `${call.db}.${name}`,
    batchSize,
    singleBatch: flagField(call, 'singleBatch') || limit < 0,
    noTimeout: flagField(call, 'noCursorTimeout'),
    session: sessionOf(call),
  });
}

export function getMore(call: Call): Doc {
  const id = call.command.get('getMore');
  const collection = call.command.get('collection');
  if (typeof id !== 'bigint')
    throw new CommandError(
      'TypeMismatch',
      "BSON field 'getMore.getMore' is the wrong type, expected type 'long'",
    );
  if (typeof collection !== 'string')
    throw new CommandError(
      'TypeMismatch',
      "BSON field 'getMore.collection' is the wrong type, expected type 'string'",
    );
  const batchSize = numberField(call, 'batchSize');
  if (batchSize !== undefined && batchSize < 0)
    throw new CommandError(
      'BadValue',
      `BSON field 'batchSize' value must be >= 0, actual value '${batchSize}'`,
    );
  const cursor = call.cursors.get(id);
  const namespace = `${call.db}.${collection}`;
  if (cursor.namespace !== namespace)
    throw new CommandError(
      'Unauthorized',
      `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
    );
  const batch = takeBatch(cursor.documents, batchSize || undefined, cursor.pending);
  cursor.pending = batch.pending;
  if (!batch.done && !cursor.pending) {
    const next = cursor.documents.next();
    if (next.done) batch.done = true;
    else cursor.pending = next.value;
  }
  if (batch.done) call.cursors.close(id);
  return ok({ cursor: doc({ nextBatch: batch.documents, id: batch.done ? 0n : id, ns: namespace }) });
}

export function killCursors(call: Call): Doc {
  const ids = call.command.get('cursors');
  if (!Array.isArray(ids))
    throw new CommandError(
      'TypeMismatch',
      "BSON field 'killCursors.cursors' is the wrong type, expected type 'array'",
    );
  const killed: Value[] = [];
  const notFound: Value[] = [];
  for (const id of ids) {
    if (typeof id !== 'bigint')
      throw new CommandError(
        'TypeMismatch',
        "BSON field 'killCursors.cursors.0' is the wrong type, expected type 'long'",
      );
    (call.cursors.close(id) ? killed : notFound).push(id);
  }
  return ok({ cursorsKilled: killed, cursorsNotFound: notFound, cursorsAlive: [], cursorsUnknown: [] });
}

export function count(call: Call): Doc {
  const name = collectionName(call);
  const collection = call.store.get(`${call.db}.${name}`);
  const filter = docField(call, 'query') ?? new Map();
  const limit = Math.abs(numberField(call, 'limit') ?? 0);
  const skip = numberField(call, 'skip') ?? 0;
  if (skip < 0)
    throw new CommandError('BadValue', `BSON field 'skip' value must be >= 0, actual value '${skip}'`);
  const collation = collationFor(call, call.command.get('collation'), name);
  const test = compileFilter(filter, filterContext(call, collation));
  let n: number;
  if (filter.size === 0) {
    n = Math.max(0, (collection?.count ?? 0) - skip);
    if (limit > 0) n = Math.min(n, limit);
  } else n = [...access(collection, { filter, test, sort: [], collation, skip, limit })].length;
  return ok({ n: new Int32(n) });
}

export function distinct(call: Call): Doc {
  const name = collectionName(call);
  const key = call.command.get('key');
  if (typeof key !== 'string')
    throw new CommandError(
      'TypeMismatch',
      "BSON field 'distinct.key' is the wrong type, expected type 'string'",
    );
  const filter = docField(call, 'query') ?? new Map();
  const collation = collationFor(call, call.command.get('collation'), name);
  const test = compileFilter(filter, filterContext(call, collation));
  const seen = new Map<string, Value>();
  const rows = access(call.store.get(`${call.db}.${name}`), {
    filter,
    test,
    sort: [],
    collation,
    skip: 0,
    limit: 0,
  });
  for (const { bytes } of rows)
    for (const value of valuesAt(decodeDocument(bytes), splitPath(key))) {
      const id = encodeValueKey(value, collation?.key).toString('latin1');
      if (!seen.has(id)) seen.set(id, value);
    }
  const values = [...seen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
  return ok({ values });
}
