import { decodeDocument } from '../bson/decode.ts';
import type { Doc, Value } from '../bson/values.ts';
import { access, accessAtOnce, planFor, type Wanted } from '../planner/access.ts';
import { compileFilter } from '../query/matcher.ts';
import { readSort } from '../query/sort.ts';
import type { Collection, Row } from '../store/collection.ts';
import type { Call } from './command.ts';
import { collationFor, filterContext, paceOf } from './read.ts';

/** How many documents are changed in one transaction at most; smaller collections are not searched ahead. */
const portion = 1000;
/** How many candidates an ordered search for one document keeps: whoever comes second takes the next. */
const candidates = 20;

/** Which documents a statement is about. */
export interface Search {
  filter: Doc;
  sort: Doc | undefined;
  collation: Value;
  hint: Value;
  /** 0 for all. */
  limit: number;
}

/** Rows that matched a little while ago. */
export interface Ahead {
  rows: number[];
  /** Whether these are all: a statement for many takes what it found, unless that was nothing and things changed. */
  isFinal(): boolean;
}

/** What a statement wants of its collection. */
export function wantedBySearch(call: Call, name: string, search: Search): Wanted {
  const collation = collationFor(call, search.collation, name);
  return {
    filter: search.filter,
    test: compileFilter(search.filter, filterContext(call, collation)),
    sort: readSort(search.sort ?? new Map()),
    collation,
    hint: search.hint,
    skip: 0,
    limit: search.limit,
  };
}

/**
 * Searches for what a statement will change before its transaction begins, giving way to others; undefined where the
 * search is short enough to be part of the transaction.
 */
export async function searchAhead(call: Call, name: string, search: Search): Promise<Ahead | undefined> {
  const collection = call.store.get(`${call.db}.${name}`);
  if (!collection || collection.count <= portion) return undefined;
  const wanted = wantedBySearch(call, name, search);
  if (search.limit === 1 && planFor(collection, wanted).kind !== 'scan') return undefined;
  const { changes } = collection;
  const pace = paceOf(call);
  const rows: number[] = [];
  const limit = search.limit === 1 && wanted.sort.length > 0 ? candidates : search.limit;
  for (const step of access(collection, { ...wanted, limit })) {
    if (step) rows.push(step.row);
    else if (pace.isDue) await pace.rest();
  }
  const isCurrent = () =>
    call.store.get(collection.namespace) === collection && collection.changes === changes;
  return { rows, isFinal: () => (search.limit !== 1 && rows.length > 0) || isCurrent() };
}

/** What was found ahead, in parts that are each changed in one transaction. */
export function portionsOf(ahead: Ahead | undefined): (Ahead | undefined)[] {
  if (!ahead || ahead.rows.length <= portion) return [ahead];
  const parts: Ahead[] = [];
  for (let at = 0; at < ahead.rows.length; at += portion)
    parts.push({ ...ahead, rows: ahead.rows.slice(at, at + portion) });
  return parts;
}

/** The rows that a statement changes: the search is over before the first is changed. */
export function* rowsToChange(
  collection: Collection | undefined,
  wanted: Wanted,
  ahead: Ahead | undefined,
): Generator<Row> {
  if (!collection) return;
  let found = 0;
  for (const row of ahead?.rows ?? []) {
    const bytes = collection.at(row);
    if (!bytes || !wanted.test(decodeDocument(bytes))) continue;
    found++;
    yield { row, bytes };
  }
  if (found > 0 || ahead?.isFinal()) return;
  if (wanted.limit === 1) return yield* accessAtOnce(collection, wanted);
  for (const row of Array.from(accessAtOnce(collection, wanted), (each) => each.row)) {
    const bytes = collection.at(row);
    if (bytes) yield { row, bytes };
  }
}
