import { decodeDocument, decodeFields } from '../bson/decode.ts';
import { encodeKey } from '../bson/key.ts';
import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import type { Collation } from '../query/collation.ts';
import { addFieldsOfFilter, fieldsOfPaths, Paths } from '../query/fields.ts';
import type { Predicate } from '../query/predicates.ts';
import { type SortKey, sortOrder, sortValue } from '../query/sort.ts';
import type { Collection, Row } from '../store/collection.ts';
import { choose, type Plan } from './plan.ts';
import { readAll, readIndexPlan } from './read.ts';

/** What a read or write wants of a collection. */
export interface Wanted {
  filter: Doc;
  test: Predicate;
  sort: SortKey[];
  collation: Collation | undefined;
  hint: Value;
  /** Keys of the hinted index at which to begin, and before which to end. */
  min?: Doc | undefined;
  max?: Doc | undefined;
  skip: number;
  /** 0 for all. */
  limit: number;
}

/** A row, or `undefined` where a reader may let others work before it goes on. */
export type Step = Row | undefined;

const testsBetweenBreaths = 200;
/** Bytes of sort keys that are held in memory at most, as in MongoDB. */
const mostSortBytes = 104_857_600;

/** Rows to ask for first: what is wanted and, where each is still tested, some more; reading them is what costs. */
function firstChunk({ skip, limit }: Wanted, exact: boolean): number {
  if (limit === 0) return 101;
  const wanted = skip + limit;
  return Math.min(exact ? wanted : Math.ceil(wanted * 1.25) + 4, 500);
}

function source(collection: Collection, plan: Plan, wanted: Wanted): { rows: Iterable<Row>; exact: boolean } {
  if (plan.kind === 'nothing') return { rows: [], exact: true };
  if (plan.kind === 'scan') {
    const exact = wanted.filter.size === 0;
    return { rows: readAll(collection, plan.backwards, firstChunk(wanted, exact && plan.sorted)), exact };
  }
  if (plan.kind === 'union') return { rows: unionOf(collection, plan.plans), exact: false };
  const ordered = wanted.sort.length > 0 && plan.sorted;
  return {
    rows: readIndexPlan(collection, plan, ordered, firstChunk(wanted, plan.exact && plan.sorted)),
    exact: plan.exact,
  };
}

function* unionOf(collection: Collection, plans: Extract<Plan, { kind: 'union' }>['plans']): Generator<Row> {
  const seen = new Set<number>();
  for (const plan of plans)
    for (const row of readIndexPlan(collection, plan, false, 101)) {
      if (seen.has(row.row)) continue;
      seen.add(row.row);
      yield row;
    }
}

function* matching(rows: Iterable<Row>, { filter, test }: Wanted): Generator<Step> {
  const fields = addFieldsOfFilter(filter, new Paths());
  let tested = 0;
  for (const row of rows) {
    if (++tested % testsBetweenBreaths === 0) yield undefined;
    if (test(fields ? decodeFields(row.bytes, fields) : decodeDocument(row.bytes))) yield row;
  }
}

/** Rows of which each is wanted. */
function* breathing(rows: Iterable<Row>): Generator<Step> {
  let given = 0;
  for (const row of rows) {
    if (++given % testsBetweenBreaths === 0) yield undefined;
    yield row;
  }
}

interface Keyed {
  row: number;
  key: Buffer;
  values: Value[];
}

/** Sorts by keys alone, keeping no more of them than are wanted, and fetches the documents afterwards. */
function* sorted(steps: Iterable<Step>, collection: Collection, wanted: Wanted): Generator<Step> {
  const { sort, collation } = wanted;
  const directions = sort.map(({ descending }) => descending);
  const byValues = collation && sortOrder(sort, collation.order);
  const compare = (a: Keyed, b: Keyed) =>
    (byValues ? byValues(a.values, b.values) : Buffer.compare(a.key, b.key)) || a.row - b.row;
  const kept = wanted.limit > 0 ? wanted.skip + wanted.limit : Number.POSITIVE_INFINITY;
  const none = Buffer.alloc(0);
  const fields = fieldsOfPaths(sort.map(({ path }) => path));
  let found: Keyed[] = [];
  let bytes = 0;
  for (const step of steps) {
    if (!step) {
      yield undefined;
      continue;
    }
    const doc = decodeFields(step.bytes, fields);
    const values = sort.map((key) => sortValue(doc, key, collation?.order));
    const key = byValues ? none : encodeKey(values, directions);
    found.push({ row: step.row, key, values: byValues ? values : [] });
    bytes += key.length + 32;
    if (found.length >= 2 * kept + 1000) {
      found = found.sort(compare).slice(0, kept);
      bytes = found.reduce((sum, entry) => sum + entry.key.length + 32, 0);
    }
    if (bytes > mostSortBytes)
      throw new CommandError(
        'QueryExceededMemoryLimitNoDiskUseAllowed',
        `Sort exceeded memory limit of ${mostSortBytes} bytes; add an index that gives this order.`,
      );
  }
  for (const { row } of found.sort(compare)) {
    const document = collection.at(row);
    if (document) yield { row, bytes: document };
  }
}

function* sliced(steps: Iterable<Step>, skip: number, limit: number): Generator<Step> {
  let at = 0;
  for (const step of steps) {
    if (!step) yield undefined;
    else {
      if (at++ < skip) continue;
      yield step;
      if (limit > 0 && at >= skip + limit) return;
    }
  }
}

/** How documents that are wanted would be found. */
export function planFor(collection: Collection, wanted: Wanted): Plan {
  return choose(collection, wanted);
}

/** The documents that are wanted, in the order that is wanted, with pauses. */
export function access(collection: Collection | undefined, wanted: Wanted): Iterable<Step> {
  if (!collection) return [];
  const plan = planFor(collection, wanted);
  const { rows, exact } = source(collection, plan, wanted);
  let steps: Iterable<Step> = exact ? breathing(rows) : matching(rows, wanted);
  const inOrder =
    wanted.sort.length === 0 || (plan.kind !== 'union' && plan.kind !== 'nothing' && plan.sorted);
  if (!inOrder) steps = sorted(steps, collection, wanted);
  return wanted.skip > 0 || wanted.limit > 0 ? sliced(steps, wanted.skip, wanted.limit) : steps;
}

/** The same for those who may not pause. */
export function* accessAtOnce(collection: Collection | undefined, wanted: Wanted): Generator<Row> {
  for (const step of access(collection, wanted)) if (step) yield step;
}

/** How many documents match, from the index alone when it says all. */
export function* countMatching(collection: Collection, wanted: Wanted): Generator<undefined, number> {
  const plan = planFor(collection, wanted);
  if (plan.kind === 'index' && plan.exact && !plan.repeats && wanted.limit === 0)
    return Math.max(0, collection.countKeys(plan.index, plan.ranges) - wanted.skip);
  let n = 0;
  for (const step of access(collection, wanted)) {
    if (step) n++;
    else yield undefined;
  }
  return n;
}
