import { Int32, ObjectId } from 'bson';
import { compilePipeline } from '../aggregate/pipeline.ts';
import { withoutPauses } from '../aggregate/stage.ts';
import { equalValues } from '../bson/compare.ts';
import { decodeDocument } from '../bson/decode.ts';
import { encodeDocument } from '../bson/encode.ts';
import { type Doc, doc, type Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { accessAtOnce } from '../planner/access.ts';
import { compileFilter, isOperators, isTruthy } from '../query/matcher.ts';
import { splitPath } from '../query/path.ts';
import { compileProjection } from '../query/projection.ts';
import { readSort } from '../query/sort.ts';
import type { Collection, Row } from '../store/collection.ts';
import { changeAt } from '../update/paths.ts';
import { compileUpdate, isReplacement, type Update } from '../update/update.ts';
import { assertNamespace, type Call, collectionName, decodedDocs, docField, flagField } from './command.ts';
import { pipelineContext } from './pipeline-context.ts';
import { collationFor, filterContext } from './read.ts';
import { ok } from './reply.ts';

const largestDocument = 16_777_216;

/** @throws CommandError InvalidIdField when a value cannot be an `_id` */
function assertId(id: Value): void {
  if (Array.isArray(id)) throw new CommandError('InvalidIdField', "The '_id' value cannot be of type array");
  if (id !== null && typeof id === 'object' && 'pattern' in id)
    throw new CommandError('InvalidIdField', "The '_id' value cannot be of type regex");
  if (id === undefined)
    throw new CommandError('InvalidIdField', "The '_id' value cannot be of type undefined");
  if (id instanceof Map)
    for (const name of id.keys())
      if (name.startsWith('$') && !['$ref', '$id', '$db'].includes(name))
        throw new CommandError(
          'DollarPrefixedFieldName',
          `_id fields may not contain '$'-prefixed fields: ${name} is not valid for storage.`,
        );
}

function assertSize(bytes: Buffer): void {
  if (bytes.length > largestDocument)
    throw new CommandError(
      'BSONObjectTooLarge',
      `object to insert too large. size in bytes: ${bytes.length}, max size: ${largestDocument}`,
    );
}

/** The document as it is stored: `_id` first, made when it is missing. */
function withId(document: Doc): Doc {
  const id = document.has('_id') ? document.get('_id') : new ObjectId();
  assertId(id);
  if (document.keys().next().value === '_id') return document;
  const result: Doc = new Map([['_id', id]]);
  for (const [name, value] of document) if (name !== '_id') result.set(name, value);
  return result;
}

/** Stores a document that may have no `_id` yet; gives it as it is stored. @throws CommandError */
export function insertDocument(collection: Collection, document: Doc, bypass = false): Doc {
  const stored = withId(document);
  const bytes = encodeDocument(stored);
  assertSize(bytes);
  if (!bypass) assertValid(collection, stored);
  collection.insert(stored, bytes);
  return stored;
}

/** Puts a document in place of another with the same `_id`. @throws CommandError */
export function replaceDocument(collection: Collection, row: Row, changed: Doc, bypass = false): void {
  const stored = withId(changed);
  const bytes = encodeDocument(stored);
  assertSize(bytes);
  if (!bypass) assertValid(collection, stored);
  collection.replace(row.row, decodeDocument(row.bytes), stored, bytes);
}

/** @throws CommandError DocumentValidationFailure when the collection's validator does not hold */
function assertValid(collection: Collection, document: Doc): void {
  const validator = collection.options.get('validator');
  if (
    !(validator instanceof Map) ||
    collection.options.get('validationAction') === 'warn' ||
    collection.options.get('validationLevel') === 'off'
  )
    return;
  if (!compileFilter(validator)(document))
    throw new CommandError('DocumentValidationFailure', 'Document failed validation');
}

/** A failed write of a batch, as `writeErrors` names it. */
export function writeError(index: number, error: unknown): Doc {
  if (!(error instanceof CommandError)) throw error;
  const result = doc({ index: new Int32(index), code: new Int32(error.code), errmsg: error.message });
  for (const [name, value] of error.details ?? []) result.set(name, value as Value);
  return result;
}

/** Runs the writes of a batch one by one; an ordered batch ends at the first failure. */
export function runBatch(count: number, ordered: boolean, write: (index: number) => void): Doc[] {
  const errors: Doc[] = [];
  for (let index = 0; index < count; index++) {
    try {
      write(index);
    } catch (error) {
      errors.push(writeError(index, error));
      if (ordered) break;
    }
  }
  return errors;
}

function isOrdered(call: Call): boolean {
  const value = call.command.get('ordered');
  return value === undefined || isTruthy(value);
}

function withErrors(reply: Doc, errors: Doc[]): Doc {
  if (errors.length > 0) reply.set('writeErrors', errors);
  reply.set('ok', 1);
  return reply;
}

function assertBatch(documents: unknown[]): void {
  if (documents.length === 0 || documents.length > 100_000)
    throw new CommandError(
      'InvalidLength',
      `Write batch sizes must be between 1 and 100000. Got ${documents.length} operations.`,
    );
}

export function insert(call: Call): Promise<Doc> {
  const name = collectionName(call);
  assertNamespace(call.db, name);
  const documents = decodedDocs(call, 'documents');
  assertBatch(documents);
  const ordered = isOrdered(call);
  const bypass = flagField(call, 'bypassDocumentValidation');
  return call.writes.run(() => {
    const collection = call.store.ensure(call.db, name);
    let n = 0;
    const errors = runBatch(documents.length, ordered, (index) => {
      insertDocument(collection, documents[index] as Doc, bypass);
      n++;
    });
    return withErrors(doc({ n: new Int32(n) }), errors);
  });
}

/** One update, ready to run. */
export interface UpdateStatement {
  filter: Doc;
  update: Value;
  multi: boolean;
  upsert: boolean;
  sort: Doc | undefined;
  collation: Value;
  arrayFilters: Value;
  hint: Value;
}

/** What an update did. */
export interface UpdateOutcome {
  matched: number;
  modified: number;
  upserted: Value;
  before: Doc | undefined;
  after: Doc | undefined;
}

const pipelineUpdateStages = new Set([
  '$addFields',
  '$set',
  '$project',
  '$unset',
  '$replaceRoot',
  '$replaceWith',
]);

function compile(call: Call, statement: UpdateStatement, name: string): Update {
  return compileUpdate(statement.update, {
    order: collationFor(call, statement.collation, name)?.order,
    arrayFilters: statement.arrayFilters,
    pipeline: (stages) => {
      for (const stage of stages)
        for (const name of stage.keys())
          if (!pipelineUpdateStages.has(name))
            throw new CommandError('InvalidOptions', `${name} is not allowed to be used within an update`);
      const run = compilePipeline(stages, pipelineContext(call, name, statement.collation));
      return (document) => {
        const [result] = withoutPauses(run([document]));
        return result ?? new Map();
      };
    },
  });
}

/** The document that an upsert starts from: the equalities of its filter. */
function seed(filter: Doc, result: Doc = new Map()): Doc {
  for (const [name, value] of filter) {
    if (name === '$and' && Array.isArray(value)) for (const part of value) seed(part as Doc, result);
    else if (name === '$or' && Array.isArray(value) && value.length === 1) seed(value[0] as Doc, result);
    if (name.startsWith('$')) continue;
    if (isOperators(value)) {
      const list = value.get('$in');
      const all = value.get('$all');
      if (value.has('$eq')) changeAt(result, splitPath(name), () => value.get('$eq'));
      else if (Array.isArray(list) && list.length === 1) changeAt(result, splitPath(name), () => list[0]);
      else if (Array.isArray(all) && all.length === 1 && !isOperators(all[0]))
        changeAt(result, splitPath(name), () => all[0]);
    } else if (!(value !== null && typeof value === 'object' && 'pattern' in value))
      changeAt(result, splitPath(name), () => value);
  }
  return result;
}

function upsert(
  collection: Collection,
  statement: UpdateStatement,
  update: Update,
  bypass: boolean,
): UpdateOutcome {
  const start = isReplacement(statement.update)
    ? pick(seed(statement.filter), '_id')
    : seed(statement.filter);
  const seeded = start.get('_id');
  const made = update(start, { matched: undefined, inserting: true, now: new Date() });
  if (seeded !== undefined && made.has('_id') && !equalValues(made.get('_id'), seeded)) throw immutable();
  const stored = insertDocument(collection, made, bypass);
  return { matched: 0, modified: 0, upserted: stored.get('_id'), before: undefined, after: stored };
}

function pick(document: Doc, name: string): Doc {
  return document.has(name) ? new Map([[name, document.get(name)]]) : new Map();
}

function immutable(): CommandError {
  return new CommandError(
    'ImmutableField',
    "Performing an update on the path '_id' would modify the immutable field '_id'",
  );
}

/** Applies an update to a stored document; gives its new state, or undefined when nothing changed. */
function change(
  collection: Collection,
  row: Row,
  update: Update,
  matched: number | undefined,
  bypass: boolean,
): Doc | undefined {
  const old = decodeDocument(row.bytes);
  const changed = update(decodeDocument(row.bytes), { matched, inserting: false, now: new Date() });
  if (!changed.has('_id') || !equalValues(changed.get('_id'), old.get('_id'))) {
    if (changed.has('_id')) throw immutable();
    changed.set('_id', old.get('_id'));
  }
  const stored = withId(changed);
  const bytes = encodeDocument(stored);
  if (bytes.equals(row.bytes)) return undefined;
  replaceDocument(collection, row, stored, bypass);
  return stored;
}

/** The rows of a search that is over before the first of them is changed. */
function* settled(collection: Collection | undefined, rows: Iterable<Row>): Generator<Row> {
  for (const row of Array.from(rows, (found) => found.row)) {
    const bytes = collection?.at(row);
    if (bytes) yield { row, bytes };
  }
}

/** Runs one update within the current transaction. */
export function runUpdate(call: Call, name: string, statement: UpdateStatement): UpdateOutcome {
  const { filter, multi } = statement;
  const bypass = flagField(call, 'bypassDocumentValidation');
  if (multi && isReplacement(statement.update))
    throw new CommandError('FailedToParse', 'multi update is not supported for replacement-style update');
  const collation = collationFor(call, statement.collation, name);
  const positions: { found: number | undefined } = { found: undefined };
  const test = compileFilter(filter, { ...filterContext(call, collation), positions });
  const update = compile(call, statement, name);
  const existing = call.store.get(`${call.db}.${name}`);
  const rows = accessAtOnce(existing, {
    filter,
    test: compileFilter(filter, filterContext(call, collation)),
    sort: readSort(statement.sort ?? new Map()),
    collation,
    hint: statement.hint,
    skip: 0,
    limit: multi ? 0 : 1,
  });
  const outcome: UpdateOutcome = {
    matched: 0,
    modified: 0,
    upserted: undefined,
    before: undefined,
    after: undefined,
  };
  for (const row of multi ? settled(existing, rows) : rows) {
    positions.found = undefined;
    const before = decodeDocument(row.bytes);
    test(before);
    outcome.matched++;
    outcome.before = before;
    const after = change(existing as Collection, row, update, positions.found, bypass);
    outcome.after = after ?? before;
    if (after) outcome.modified++;
    if (!multi) break;
  }
  if (outcome.matched > 0 || !statement.upsert) return outcome;
  return upsert(call.store.ensure(call.db, name), statement, update, bypass);
}

/** Reads one entry of `updates`. @throws CommandError when a field is missing or wrong */
function readUpdate(entry: Doc): UpdateStatement {
  const filter = entry.get('q');
  const update = entry.get('u');
  if (!(filter instanceof Map))
    throw new CommandError(
      filter === undefined ? 'MissingField' : 'TypeMismatch',
      "BSON field 'update.updates.q' is missing but a required field",
    );
  if (update === undefined)
    throw new CommandError('MissingField', "BSON field 'update.updates.u' is missing but a required field");
  const sort = entry.get('sort');
  const multi = isTruthy(entry.get('multi'));
  if (sort !== undefined && multi)
    throw new CommandError('FailedToParse', 'Cannot specify sort with multi=true');
  return {
    filter,
    update,
    multi,
    upsert: isTruthy(entry.get('upsert')),
    sort: sort instanceof Map ? sort : undefined,
    collation: entry.get('collation'),
    arrayFilters: entry.get('arrayFilters'),
    hint: entry.get('hint'),
  };
}

export function update(call: Call): Promise<Doc> {
  const name = collectionName(call);
  assertNamespace(call.db, name);
  const entries = decodedDocs(call, 'updates');
  assertBatch(entries);
  const statements = entries.map(readUpdate);
  const ordered = isOrdered(call);
  return call.writes.run(() => {
    let n = 0;
    let modified = 0;
    const upserted: Doc[] = [];
    const errors = runBatch(statements.length, ordered, (index) => {
      const outcome = runUpdate(call, name, statements[index] as UpdateStatement);
      n += outcome.matched;
      modified += outcome.modified;
      if (outcome.upserted === undefined) return;
      n++;
      upserted.push(doc({ index: new Int32(index), _id: outcome.upserted }));
    });
    const reply = doc({ n: new Int32(n), nModified: new Int32(modified) });
    if (upserted.length > 0) reply.set('upserted', upserted);
    return withErrors(reply, errors);
  });
}

/** One deletion, ready to run. */
export interface DeleteStatement {
  filter: Doc;
  /** 0 for all. */
  limit: number;
  sort: Doc | undefined;
  collation: Value;
  hint: Value;
}

/** Deletes what matches, one document or all; gives how many, and the last one. */
export function runDelete(
  call: Call,
  name: string,
  statement: DeleteStatement,
): { n: number; last: Doc | undefined } {
  const { filter, limit } = statement;
  const collation = collationFor(call, statement.collation, name);
  const collection = call.store.get(`${call.db}.${name}`);
  const rows = accessAtOnce(collection, {
    filter,
    test: compileFilter(filter, filterContext(call, collation)),
    sort: readSort(statement.sort ?? new Map()),
    collation,
    hint: statement.hint,
    skip: 0,
    limit,
  });
  let n = 0;
  let last: Doc | undefined;
  for (const { row, bytes } of settled(collection, rows)) {
    last = decodeDocument(bytes);
    collection?.remove(row, last);
    n++;
  }
  return { n, last };
}

function deleteLimit(entry: Doc): number {
  const limit = entry.get('limit');
  if (limit === undefined)
    throw new CommandError(
      'MissingField',
      "BSON field 'delete.deletes.limit' is missing but a required field",
    );
  if (limit === 0 || limit === 0n || (limit instanceof Int32 && limit.value === 0)) return 0;
  if (limit === 1 || limit === 1n || (limit instanceof Int32 && limit.value === 1)) return 1;
  throw new CommandError(
    'FailedToParse',
    `The limit field in delete objects must be 0 or 1. Got ${String(limit)}`,
  );
}

export function remove(call: Call): Promise<Doc> {
  const name = collectionName(call);
  const entries = decodedDocs(call, 'deletes');
  assertBatch(entries);
  const statements = entries.map((entry) => {
    const filter = entry.get('q');
    if (!(filter instanceof Map))
      throw new CommandError('MissingField', "BSON field 'delete.deletes.q' is missing but a required field");
    return {
      filter,
      limit: deleteLimit(entry),
      sort: undefined,
      collation: entry.get('collation'),
      hint: entry.get('hint'),
    };
  });
  const ordered = isOrdered(call);
  return call.writes.run(() => {
    let n = 0;
    const errors = runBatch(statements.length, ordered, (index) => {
      n += runDelete(call, name, statements[index] as DeleteStatement).n;
    });
    return withErrors(doc({ n: new Int32(n) }), errors);
  });
}

export function findAndModify(call: Call): Promise<Doc> {
  const name = collectionName(call);
  assertNamespace(call.db, name);
  const filter = docField(call, 'query') ?? new Map();
  const sort = docField(call, 'sort');
  const fields = docField(call, 'fields');
  const removes = flagField(call, 'remove');
  const returnsNew = flagField(call, 'new');
  const upserts = flagField(call, 'upsert');
  const spec = call.command.get('update');
  if (removes && spec !== undefined)
    throw new CommandError('FailedToParse', 'Cannot specify both an update and remove=true');
  if (removes && upserts)
    throw new CommandError('FailedToParse', 'Cannot specify both upsert=true and remove=true');
  if (removes && returnsNew)
    throw new CommandError(
      'FailedToParse',
      "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    );
  if (!removes && spec === undefined)
    throw new CommandError('FailedToParse', 'Either an update or remove=true must be specified');
  const collationSpec = call.command.get('collation');
  const project =
    fields && fields.size > 0
      ? compileProjection(fields, {
          ...filterContext(call, collationFor(call, collationSpec, name)),
          position: () => undefined,
        })
      : undefined;
  const shown = (document: Doc | undefined): Value =>
    document ? (project ? project(document) : document) : null;
  return call.writes.run(() => {
    if (removes) {
      const { n, last } = runDelete(call, name, {
        filter,
        limit: 1,
        sort,
        collation: collationSpec,
        hint: call.command.get('hint'),
      });
      return ok({ lastErrorObject: doc({ n: new Int32(n) }), value: shown(last) });
    }
    const outcome = runUpdate(call, name, {
      filter,
      update: spec,
      multi: false,
      upsert: upserts,
      sort,
      collation: collationSpec,
      arrayFilters: call.command.get('arrayFilters'),
      hint: call.command.get('hint'),
    });
    const state = doc({
      n: new Int32(outcome.matched || outcome.upserted !== undefined ? 1 : 0),
      updatedExisting: outcome.matched > 0,
    });
    if (outcome.upserted !== undefined) state.set('upserted', outcome.upserted);
    return ok({ lastErrorObject: state, value: shown(returnsNew ? outcome.after : outcome.before) });
  });
}
