import { decodeDocument } from '../bson/decode.ts';
import { encodeKey } from '../bson/key.ts';
import type { Doc, Value } from '../bson/values.ts';
import type { Collation } from '../query/collation.ts';
import type { Predicate } from '../query/matcher.ts';
import { isOperators } from '../query/matcher.ts';
import { type SortKey, sortOrder, sortValue } from '../query/sort.ts';
import type { Collection, Row } from '../store/collection.ts';

/** What a read or write wants of a collection. */
export interface Wanted {
  filter: Doc;
  test: Predicate;
  sort: SortKey[];
  collation: Collation | undefined;
  skip: number;
  limit: number;
}

function* scan(collection: Collection, test: Predicate, all: boolean): Generator<Row> {
  let last: number | undefined;
  for (let size = 101; ; size = 500) {
    const rows = collection.after(last, size);
    for (const row of rows) if (all || test(decodeDocument(row.bytes))) yield row;
    if (rows.length < size) return;
    last = rows.at(-1)?.row;
  }
}

function* byId(collection: Collection, ids: Value[], test: Predicate): Generator<Row> {
  for (const id of ids) {
    const row = collection.rowOf(collection.idIndex, encodeKey([id], [false]));
    const bytes = row === undefined ? undefined : collection.at(row);
    if (row !== undefined && bytes && test(decodeDocument(bytes))) yield { row, bytes };
  }
}

function idsOf(filter: Doc): Value[] | undefined {
  const id = filter.get('_id');
  if (id === undefined || id === null || Array.isArray(id)) return undefined;
  if (isOperators(id)) {
    const list = id.get('$in');
    return Array.isArray(list) && list.every((entry) => !isOperators(entry)) ? list : undefined;
  }
  return [id];
}

function* sorted(rows: Iterable<Row>, sort: SortKey[], collation: Collation | undefined): Generator<Row> {
  const keyed = [...rows].map((row) => {
    const doc = decodeDocument(row.bytes);
    return { row, keys: sort.map((key) => sortValue(doc, key, collation?.order)) };
  });
  const order = sortOrder(sort, collation?.order);
  keyed.sort((a, b) => order(a.keys, b.keys));
  for (const { row } of keyed) yield row;
}

function* sliced(rows: Iterable<Row>, skip: number, limit: number): Generator<Row> {
  let at = 0;
  for (const row of rows) {
    if (at++ < skip) continue;
    yield row;
    if (limit > 0 && at >= skip + limit) return;
  }
}

/** The documents that are wanted, in the order that is wanted. */
export function access(collection: Collection | undefined, wanted: Wanted): Iterable<Row> {
  if (!collection) return [];
  const ids = wanted.collation ? undefined : idsOf(wanted.filter);
  let rows: Iterable<Row> = ids
    ? byId(collection, ids, wanted.test)
    : scan(collection, wanted.test, wanted.filter.size === 0);
  if (wanted.sort.length > 0) rows = sorted(rows, wanted.sort, wanted.collation);
  return wanted.skip > 0 || wanted.limit > 0 ? sliced(rows, wanted.skip, wanted.limit) : rows;
}
