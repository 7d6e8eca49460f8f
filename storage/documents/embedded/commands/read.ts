import { Int32 } from 'bson';
import { type Bindings, compileExpression } from '../aggregate/expression.ts';
import { copyFields, decodeDocument, decodeFields } from '../bson/decode.ts';
import { encodeDocument } from '../bson/encode.ts';
import { encodeValueKey } from '../bson/key.ts';
import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { access, countMatching, type Step, type Wanted } from '../planner/access.ts';
import { follow } from '../planner/read.ts';
import { type Collation, collationOf } from '../query/collation.ts';
import { fieldsOfPaths } from '../query/fields.ts';
import { compileFilter } from '../query/matcher.ts';
import { splitPath, valuesAt } from '../query/path.ts';
import type { FilterContext } from '../query/predicates.ts';
import { isTruthy } from '../query/predicates.ts';
import { compileProjection, keptFields } from '../query/projection.ts';
import { readSort } from '../query/sort.ts';
import type { Collection } from '../store/collection.ts';
import { type Call, collectionName, docField, flagField, numberField } from './command.ts';
import { continueCursor, ok, openCursor, Pace } from './reply.ts';

/** Variables that a command's `let` defines, for expressions. */
export function letVariables(call: Call): Bindings {
  const variables: Bindings = new Map();
  for (const [name, spec] of docField(call, 'let') ?? [])
    variables.set(name, compileExpression(spec)(new Map(), variables));
  return variables;
}

/** What filters of a command may use. */
export function filterContext(call: Call, collation: Collation | undefined): FilterContext {
  const variables = letVariables(call);
  return {
    order: collation?.order,
    expression: (spec) => {
      const evaluate = compileExpression(spec, collation?.order);
      return (document) => evaluate(document, variables);
    },
  };
}

/** The collation of a command, or its collection's. */
export function collationFor(call: Call, spec: Value, name: string): Collation | undefined {
  if (spec !== undefined) return collationOf(spec);
  return collationOf(call.store.get(`${call.db}.${name}`)?.options.get('collation'));
}

/** The session of a command, as a text. */
export function sessionOf(call: Call): string | undefined {
  const id = docField(call, 'lsid')?.get('id');
  return id === undefined ? undefined : encodeDocument([['id', id]]).toString('base64');
}

/** The turns of a command, and the time that it may take. */
export function paceOf(call: Call): Pace {
  return new Pace(numberField(call, 'maxTimeMS') ?? 0);
}

/** @throws CommandError BadValue when a number that may not be negative is so */
export function notNegative(call: Call, field: string): number | undefined {
  const value = numberField(call, field);
  if (value !== undefined && value < 0)
    throw new CommandError(51024, `BSON field '${field}' value must be >= 0, actual value '${value}'`);
  return value;
}

function* bytesOf(steps: Iterable<Step>): Generator<Buffer | undefined> {
  for (const step of steps) yield step?.bytes;
}

function projector(
  call: Call,
  spec: Doc,
  filter: Doc,
  collation: Collation | undefined,
): (bytes: Buffer) => Buffer {
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
  const kept = keptFields(spec);
  return (bytes) => (kept ? copyFields(bytes, kept) : encodeDocument(project(decodeDocument(bytes))));
}

/** What a `find` wants, also for `explain`. */
export function wantedByFind(call: Call, name: string): Wanted {
  const filter = docField(call, 'filter') ?? new Map();
  const collation = collationFor(call, call.command.get('collation'), name);
  return {
    filter,
    test: compileFilter(filter, filterContext(call, collation)),
    sort: readSort(docField(call, 'sort') ?? new Map()),
    collation,
    hint: call.command.get('hint'),
    min: docField(call, 'min'),
    max: docField(call, 'max'),
    skip: notNegative(call, 'skip') ?? 0,
    limit: Math.abs(numberField(call, 'limit') ?? 0),
  };
}

/** What matches in a capped collection, and what is added to it. */
function* followed(collection: Collection, { test, skip, limit }: Wanted): Generator<Step> {
  let at = 0;
  for (const row of follow(collection)) {
    if (row && !test(decodeDocument(row.bytes))) continue;
    if (row && at++ < skip) continue;
    yield row;
    if (row && limit > 0 && at >= skip + limit) return;
  }
}

export async function find(call: Call): Promise<Doc> {
  const name = collectionName(call);
  const collection = call.store.get(`${call.db}.${name}`);
  const tailable = flagField(call, 'tailable');
  if (tailable && !isTruthy(collection?.options.get('capped')))
    throw new CommandError(
      'BadValue',
      'error processing query: tailable cursor requested on non capped collection',
    );
  const wanted = wantedByFind(call, name);
  const batchSize = notNegative(call, 'batchSize');
  const projection = docField(call, 'projection');
  const project =
    projection && projection.size > 0
      ? projector(call, projection, wanted.filter, wanted.collation)
      : undefined;
  const steps = tailable && collection ? followed(collection, wanted) : access(collection, wanted);
  function* projected(): Generator<Buffer | undefined> {
    for (const step of steps) yield step && project?.(step.bytes);
  }
  const limit = numberField(call, 'limit') ?? 0;
  return openCursor(call.cursors, project ? projected() : bytesOf(steps), {
    namespace: `${call.db}.${name}`,
    batchSize,
    singleBatch: flagField(call, 'singleBatch') || limit < 0,
    noTimeout: flagField(call, 'noCursorTimeout'),
    session: sessionOf(call),
    pace: paceOf(call),
    most: wanted.limit,
    patience: tailable ? (flagField(call, 'awaitData') ? 1000 : 0) : undefined,
  });
}

export async function getMore(call: Call): Promise<Doc> {
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
  const batchSize = notNegative(call, 'batchSize');
  const cursor = call.cursors.get(id);
  const namespace = `${call.db}.${collection}`;
  if (cursor.namespace !== namespace)
    throw new CommandError(
      'Unauthorized',
      `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
    );
  const waits = numberField(call, 'maxTimeMS');
  if (waits !== undefined && !cursor.patience)
    throw new CommandError('BadValue', 'cannot set maxTimeMS on getMore command for a non-awaitData cursor');
  const pace = new Pace(cursor.patience === undefined ? cursor.timeLeft : 0);
  return continueCursor(call.cursors, cursor, batchSize || undefined, pace, waits);
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

/** What a `count` or `distinct` wants. */
export function wantedByQuery(call: Call, name: string): Wanted {
  const filter = docField(call, 'query') ?? new Map();
  const collation = collationFor(call, call.command.get('collation'), name);
  return {
    filter,
    test: compileFilter(filter, filterContext(call, collation)),
    sort: [],
    collation,
    hint: call.command.get('hint'),
    skip: notNegative(call, 'skip') ?? 0,
    limit: Math.abs(numberField(call, 'limit') ?? 0),
  };
}

export async function count(call: Call): Promise<Doc> {
  const name = collectionName(call);
  const collection = call.store.get(`${call.db}.${name}`);
  const wanted = wantedByQuery(call, name);
  const pace = paceOf(call);
  if (!collection) return ok({ n: new Int32(0) });
  if (wanted.filter.size === 0) {
    const rest = Math.max(0, collection.count - wanted.skip);
    return ok({ n: new Int32(wanted.limit > 0 ? Math.min(rest, wanted.limit) : rest) });
  }
  const counting = countMatching(collection, wanted);
  for (;;) {
    const step = counting.next();
    if (step.done) return ok({ n: new Int32(step.value) });
    if (pace.isDue) await pace.rest();
  }
}

export async function distinct(call: Call): Promise<Doc> {
  const name = collectionName(call);
  const key = call.command.get('key');
  if (typeof key !== 'string')
    throw new CommandError(
      'TypeMismatch',
      "BSON field 'distinct.key' is the wrong type, expected type 'string'",
    );
  const wanted = wantedByQuery(call, name);
  const pace = paceOf(call);
  const parts = splitPath(key);
  const fields = fieldsOfPaths([key]);
  const seen = new Map<string, Value>();
  for (const step of access(call.store.get(`${call.db}.${name}`), wanted)) {
    if (!step) {
      if (pace.isDue) await pace.rest();
      continue;
    }
    for (const value of valuesAt(decodeFields(step.bytes, fields), parts)) {
      const id = encodeValueKey(value, wanted.collation?.key).toString('latin1');
      if (!seen.has(id)) seen.set(id, value);
    }
  }
  const values = [...seen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
  return ok({ values });
}
