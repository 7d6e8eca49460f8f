import { CommandError } from '../errors.ts';
import type { Collection, Row } from '../store/collection.ts';
import type { Range } from './bounds.ts';
import type { IndexPlan } from './plan.ts';

/** A row with its key in the index that led to it. */
interface KeyedRow extends Row {
  key: Buffer;
}

/** How many rows to ask for next, so that a chunk stays near four megabytes. */
export function chunkSize(rows: number, bytes: number, wanted: number): number {
  if (rows === 0) return wanted;
  return Math.max(1, Math.min(wanted, Math.floor(4_000_000 / (bytes / rows + 1))));
}

function* readRange(
  collection: Collection,
  plan: IndexPlan,
  range: Range,
  first: number,
): Generator<KeyedRow> {
  let { from, to } = range;
  let size = first;
  let after: number | undefined;
  for (;;) {
    const rows = collection.keyed(plan.index, from, to, after, size, plan.backwards);
    let bytes = 0;
    for (const row of rows) {
      bytes += row.bytes.length;
      yield row;
    }
    const final = rows.at(-1);
    if (rows.length < size || !final) return;
    if (plan.backwards) to = final.key;
    else from = final.key;
    after = final.row;
    size = chunkSize(rows.length, bytes, Math.min(size * 4, 500));
  }
}

/** Ranges side by side, always the row whose key continues lowest (or highest). */
function* merged(collection: Collection, plan: IndexPlan, first: number): Generator<KeyedRow> {
  const open = plan.ranges.map((range, at) => {
    const rows = readRange(collection, plan, range, first);
    return { rows, head: rows.next(), skip: plan.prefix[at] as number };
  });
  const sign = plan.backwards ? -1 : 1;
  for (;;) {
    let best: (typeof open)[number] | undefined;
    for (const candidate of open) {
      if (candidate.head.done) continue;
      if (!best || best.head.done) best = candidate;
      else {
        const [a, b] = [candidate.head.value.key, best.head.value.key];
        if (sign * a.compare(b, best.skip, b.length, candidate.skip, a.length) < 0) best = candidate;
      }
    }
    if (!best || best.head.done) return;
    yield best.head.value;
    best.head = best.rows.next();
  }
}

function* chained(collection: Collection, plan: IndexPlan, first: number): Generator<KeyedRow> {
  const ranges = plan.backwards ? plan.ranges.toReversed() : plan.ranges;
  for (const range of ranges) yield* readRange(collection, plan, range, first);
}

/** The rows that an index plan leads to, each once, before any further test. */
export function* readIndexPlan(
  collection: Collection,
  plan: IndexPlan,
  ordered: boolean,
  first: number,
): Generator<Row> {
  const rows =
    plan.ranges.length > 1 && ordered ? merged(collection, plan, first) : chained(collection, plan, first);
  if (!plan.repeats) return yield* rows;
  const seen = new Set<number>();
  for (const row of rows) {
    if (seen.has(row.row)) continue;
    seen.add(row.row);
    yield row;
  }
}

/** The whole collection in natural order. */
export function* readAll(collection: Collection, backwards: boolean, first: number): Generator<Row> {
  let last: number | undefined;
  let size = first;
  for (;;) {
    const rows = collection.after(last, size, backwards);
    let bytes = 0;
    for (const row of rows) {
      bytes += row.bytes.length;
      yield row;
    }
    if (rows.length < size) return;
    last = rows.at(-1)?.row;
    size = chunkSize(rows.length, bytes, Math.min(size * 4, 500));
  }
}

/**
 * The whole collection in natural order and whatever is added to it; `undefined` when there is nothing more now.
 * @throws CommandError 136 when the place where the reader stood was removed to make room
 */
export function* follow(collection: Collection): Generator<Row | undefined> {
  let last: number | undefined;
  for (;;) {
    if (last !== undefined && !collection.at(last))
      throw new CommandError(136, 'CollectionScan died due to position in capped collection being deleted');
    const rows = collection.after(last, 100);
    yield* rows;
    last = rows.at(-1)?.row ?? last;
    if (rows.length === 0) yield undefined;
  }
}
