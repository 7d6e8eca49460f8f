import { Int32 } from 'bson';
import { type Doc, doc, RawDocument, type Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { isTruthy } from '../query/predicates.ts';
import { compileProjection } from '../query/projection.ts';
import { runDelete, runUpdate, searchOf, type UpdateStatement } from './change.ts';
import {
  assertNamespace,
  type Call,
  collectionName,
  decodedDocs,
  docField,
  docsField,
  flagField,
} from './command.ts';
import { collationFor, filterContext } from './read.ts';
import { ok } from './reply.ts';
import { type Ahead, portionsOf, type Search, searchAhead } from './search-ahead.ts';
import { insertDocument } from './stored.ts';

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
  const given = docsField(call, 'documents');
  const documents = decodedDocs(call, 'documents');
  assertBatch(documents);
  const ordered = isOrdered(call);
  const bypass = flagField(call, 'bypassDocumentValidation');
  return call.writes.run(() => {
    const collection = call.store.ensure(call.db, name);
    let n = 0;
    const errors = runBatch(documents.length, ordered, (index) => {
      const encoded = given[index];
      const bytes = encoded instanceof RawDocument ? encoded.bytes : undefined;
      insertDocument(collection, documents[index] as Doc, bypass, bytes);
      n++;
    });
    return withErrors(doc({ n: new Int32(n) }), errors);
  });
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

/** What the updates of one transaction did. */
interface Updates {
  n: number;
  modified: number;
  upserted: Doc[];
  errors: Doc[];
}

function runUpdates(
  call: Call,
  name: string,
  statements: UpdateStatement[],
  ordered: boolean,
  ahead: Ahead | undefined,
): Updates {
  const done: Updates = { n: 0, modified: 0, upserted: [], errors: [] };
  done.errors = runBatch(statements.length, ordered, (index) => {
    const outcome = runUpdate(call, name, statements[index] as UpdateStatement, ahead);
    done.n += outcome.matched;
    done.modified += outcome.modified;
    if (outcome.upserted === undefined) return;
    done.n++;
    done.upserted.push(doc({ index: new Int32(index), _id: outcome.upserted }));
  });
  return done;
}

export async function update(call: Call): Promise<Doc> {
  const name = collectionName(call);
  assertNamespace(call.db, name);
  const entries = decodedDocs(call, 'updates');
  assertBatch(entries);
  const statements = entries.map(readUpdate);
  const ordered = isOrdered(call);
  const [only, another] = statements;
  const found = only && !another ? await searchAhead(call, name, searchOf(only)) : undefined;
  const parts = portionsOf(found);
  const wanted = parts.length > 1 ? statements.map((each) => ({ ...each, upsert: false })) : statements;
  let [n, modified] = [0, 0];
  for (const part of parts) {
    const done = await call.writes.run(() => runUpdates(call, name, wanted, ordered, part));
    n += done.n;
    modified += done.modified;
    if (done.upserted.length === 0 && done.errors.length === 0) continue;
    const reply = doc({ n: new Int32(n), nModified: new Int32(modified) });
    if (done.upserted.length > 0) reply.set('upserted', done.upserted);
    return withErrors(reply, done.errors);
  }
  return ok({ n: new Int32(n), nModified: new Int32(modified) });
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

function readDelete(entry: Doc): Search {
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
}

function runDeletes(
  call: Call,
  name: string,
  statements: Search[],
  ordered: boolean,
  ahead: Ahead | undefined,
): { n: number; errors: Doc[] } {
  let n = 0;
  const errors = runBatch(statements.length, ordered, (index) => {
    n += runDelete(call, name, statements[index] as Search, ahead).n;
  });
  return { n, errors };
}

export async function remove(call: Call): Promise<Doc> {
  const name = collectionName(call);
  const entries = decodedDocs(call, 'deletes');
  assertBatch(entries);
  const statements = entries.map(readDelete);
  const ordered = isOrdered(call);
  const [only, another] = statements;
  const found = only && !another ? await searchAhead(call, name, only) : undefined;
  let n = 0;
  for (const part of portionsOf(found)) {
    const done = await call.writes.run(() => runDeletes(call, name, statements, ordered, part));
    n += done.n;
    if (done.errors.length > 0) return withErrors(doc({ n: new Int32(n) }), done.errors);
  }
  return ok({ n: new Int32(n) });
}

export async function findAndModify(call: Call): Promise<Doc> {
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
  const hint = call.command.get('hint');
  const search: Search = { filter, sort, collation: collationSpec, hint, limit: 1 };
  const ahead = await searchAhead(call, name, search);
  return call.writes.run(() => {
    if (removes) {
      const { n, last } = runDelete(call, name, search, ahead);
      return ok({ lastErrorObject: doc({ n: new Int32(n) }), value: shown(last) });
    }
    const statement = {
      filter,
      update: spec,
      multi: false,
      upsert: upserts,
      sort,
      collation: collationSpec,
      arrayFilters: call.command.get('arrayFilters'),
      hint,
    };
    const outcome = runUpdate(call, name, statement, ahead);
    const state = doc({
      n: new Int32(outcome.matched || outcome.upserted !== undefined ? 1 : 0),
      updatedExisting: outcome.matched > 0,
    });
    if (outcome.upserted !== undefined) state.set('upserted', outcome.upserted);
    return ok({ lastErrorObject: state, value: shown(returnsNew ? outcome.after : outcome.before) });
  });
}
