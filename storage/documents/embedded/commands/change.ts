import { compilePipeline } from '../aggregate/pipeline.ts';
import { withoutPauses } from '../aggregate/stage.ts';
import { equalValues } from '../bson/compare.ts';
import { decodeDocument } from '../bson/decode.ts';
import { encodeDocument } from '../bson/encode.ts';
import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { compileFilter } from '../query/matcher.ts';
import { splitPath } from '../query/path.ts';
import { isOperators } from '../query/predicates.ts';
import type { Collection, Row } from '../store/collection.ts';
import { changeAt } from '../update/paths.ts';
import { compileUpdate, isReplacement, type Update } from '../update/update.ts';
import { type Call, flagField } from './command.ts';
import { pipelineContext } from './pipeline-context.ts';
import { collationFor, filterContext } from './read.ts';
import { type Ahead, rowsToChange, type Search, wantedBySearch } from './search-ahead.ts';
import { insertDocument, replaceDocument, withId } from './stored.ts';

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

/** The search of an update. */
export function searchOf({ filter, sort, collation, hint, multi }: UpdateStatement): Search {
  return { filter, sort, collation, hint, limit: multi ? 0 : 1 };
}

/** Runs one update within the current transaction, on what was found ahead if anything was. */
export function runUpdate(
  call: Call,
  name: string,
  statement: UpdateStatement,
  ahead?: Ahead,
): UpdateOutcome {
  const { filter, multi } = statement;
  const bypass = flagField(call, 'bypassDocumentValidation');
  if (multi && isReplacement(statement.update))
    throw new CommandError('FailedToParse', 'multi update is not supported for replacement-style update');
  const collation = collationFor(call, statement.collation, name);
  const positions: { found: number | undefined } = { found: undefined };
  const test = compileFilter(filter, { ...filterContext(call, collation), positions });
  const update = compile(call, statement, name);
  const existing = call.store.get(`${call.db}.${name}`);
  const outcome: UpdateOutcome = {
    matched: 0,
    modified: 0,
    upserted: undefined,
    before: undefined,
    after: undefined,
  };
  for (const row of rowsToChange(existing, wantedBySearch(call, name, searchOf(statement)), ahead)) {
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

/** Deletes what matches, one document or all; gives how many, and the last one. */
export function runDelete(
  call: Call,
  name: string,
  search: Search,
  ahead?: Ahead,
): { n: number; last: Doc | undefined } {
  const collection = call.store.get(`${call.db}.${name}`);
  let n = 0;
  let last: Doc | undefined;
  for (const { row, bytes } of rowsToChange(collection, wantedBySearch(call, name, search), ahead)) {
    last = decodeDocument(bytes);
    collection?.remove(row, last);
    n++;
    if (n === search.limit) break;
  }
  return { n, last };
}
