import { BSONRegExp, Decimal128, MaxKey, MinKey } from 'bson';
import { rank, rankOf } from '../bson/compare.ts';
import { encodeKey, type TextKey } from '../bson/key.ts';
import { isNumeric, toDouble } from '../bson/numbers.ts';
import type { Value } from '../bson/values.ts';
import type { Condition } from './conditions.ts';

/** Keys from `from` up to, not including, `to`. */
export interface Range {
  from: Buffer;
  to: Buffer;
}

/** What the conditions on one field of an index come to. */
export type FieldBounds =
  | { kind: 'points'; keys: Buffer[]; exact: boolean; nullable: boolean; texts: boolean }
  | { kind: 'ranges'; ranges: Range[]; exact: boolean; nullable: false; texts: boolean };

const last = Buffer.from([0xff]);

export const everything: Range = { from: Buffer.alloc(0), to: last };

/** The least bytes that come after all that begin with some bytes; these never consist of 0xff alone. */
function successor(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (bytes[end - 1] === 0xff) end--;
  const next = Buffer.from(bytes.subarray(0, end));
  if (end > 0) next[end - 1] = (next[end - 1] as number) + 1;
  return end > 0 ? next : last;
}

/** The range of all keys that begin with some bytes. */
export function withPrefix(prefix: Buffer): Range {
  return { from: prefix, to: successor(prefix) };
}

/** Moves a range of one field behind the bytes of the fields before it. */
export function behind(prefix: Buffer, range: Range): Range {
  return { from: Buffer.concat([prefix, range.from]), to: Buffer.concat([prefix, range.to]) };
}

function containsText(value: Value): boolean {
  const kind = rankOf(value);
  return kind === rank.text || kind === rank.object || kind === rank.array;
}

function isNull(value: Value): boolean {
  return value === null || value === undefined;
}

/** A value that an index finds by its key: arrays are there element by element only. */
function isPoint(value: Value): boolean {
  return !Array.isArray(value) && !(value instanceof BSONRegExp);
}

function points(values: Value[], descending: boolean, textKey: TextKey | undefined): FieldBounds {
  const unique = new Map<string, Buffer>();
  for (const value of values) {
    const key = encodeKey([value ?? null], [descending], textKey);
    unique.set(key.toString('latin1'), key);
  }
  return {
    kind: 'points',
    keys: [...unique.values()].sort(Buffer.compare),
    exact: !values.some((value) => isNull(value) || value instanceof Decimal128),
    nullable: values.some(isNull),
    texts: values.some(containsText),
  };
}

function isComparable(value: Value): boolean {
  if (value instanceof MinKey || value instanceof MaxKey || isNull(value) || !isPoint(value)) return false;
  return !(isNumeric(value) && Number.isNaN(toDouble(value)));
}

/** A place between keys: before all keys that begin with some bytes, or after them. */
interface Bound {
  bytes: Buffer;
  after: boolean;
}

interface Span {
  low: Bound;
  high: Bound;
}

/** All keys of the values that compare with one: those of its type. */
function bracket(value: Value): Span {
  const type = Buffer.from([rankOf(value)]);
  const low = isNumeric(value) ? Buffer.concat([type, Buffer.from([1])]) : type;
  return { low: { bytes: low, after: false }, high: { bytes: type, after: true } };
}

/** The span of one comparison. */
function comparisonSpan(operator: string, value: Value): Span {
  const bytes = encodeKey([value], [false]);
  const whole = bracket(value);
  switch (operator) {
    case '$gt':
      return { low: { bytes, after: true }, high: whole.high };
    case '$gte':
      return { low: { bytes, after: false }, high: whole.high };
    case '$lt':
      return { low: whole.low, high: { bytes, after: false } };
    default:
      return { low: whole.low, high: { bytes, after: true } };
  }
}

function place({ bytes, after }: Bound): Buffer {
  return after ? successor(bytes) : bytes;
}

/** The same place among keys whose bytes are inverted. */
function turned({ bytes, after }: Bound): Bound {
  return { bytes: Buffer.from(bytes.map((byte) => ~byte)), after: !after };
}

function rangeOf({ low, high }: Span, descending: boolean): Range {
  return descending
    ? { from: place(turned(high)), to: place(turned(low)) }
    : { from: place(low), to: place(high) };
}

function narrower(a: Span, b: Span): Span {
  return {
    low: Buffer.compare(place(a.low), place(b.low)) >= 0 ? a.low : b.low,
    high: Buffer.compare(place(a.high), place(b.high)) <= 0 ? a.high : b.high,
  };
}

/** The literal start of an anchored regular expression. */
function literalPrefix(regex: BSONRegExp): string | undefined {
  if (regex.options !== '' || !regex.pattern.startsWith('^') || regex.pattern.includes('|')) return undefined;
  const literal = /^\^((?:[^\\.+*?()[\]{}^$|]|\\[^a-zA-Z0-9])*)/.exec(regex.pattern);
  if (!literal?.[1]) return undefined;
  const next = regex.pattern[literal[0].length];
  let text = literal[1];
  if (next !== undefined && '*?{'.includes(next)) text = text.replace(/\\?.$/u, '');
  return text.replace(/\\(.)/g, '$1') || undefined;
}

function prefixSpan(prefix: string): Span {
  const bytes = encodeKey([prefix], [false]).subarray(0, -1);
  return { low: { bytes, after: false }, high: { bytes, after: true } };
}

/**
 * The narrowest bounds that conditions on a field give; undefined when they give none. On a multikey field each
 * condition may be met by another element, so only one of them may count.
 */
export function fieldBounds(
  conditions: Condition[],
  descending: boolean,
  multikey: boolean,
  textKey: TextKey | undefined,
): FieldBounds | undefined {
  const equal = conditions.find(({ operator, value }) => operator === '$eq' && isPoint(value));
  if (equal) {
    const found = points([equal.value], descending, textKey);
    return { ...found, exact: found.exact && conditions.length === 1 };
  }
  const among = conditions.find(
    ({ operator, value }) => operator === '$in' && Array.isArray(value) && value.every(isPoint),
  );
  if (among) {
    const found = points(among.value as Value[], descending, textKey);
    return { ...found, exact: found.exact && conditions.length === 1 };
  }
  if (textKey) return undefined;
  let span: Span | undefined;
  let itself: BSONRegExp | undefined;
  let used = 0;
  let exact = true;
  for (const { operator, value } of conditions) {
    if (multikey && span) break;
    let found: Span | undefined;
    if (['$gt', '$gte', '$lt', '$lte'].includes(operator) && isComparable(value)) {
      found = comparisonSpan(operator, value);
      exact &&= !(value instanceof Decimal128);
    } else if (operator === '$regex' && value instanceof BSONRegExp) {
      const prefix = literalPrefix(value);
      if (prefix !== undefined) found = prefixSpan(prefix);
      if (found && !span) itself = value;
      exact = false;
    }
    if (!found) continue;
    used++;
    span = span ? narrower(span, found) : found;
  }
  if (!span) return undefined;
  const ranges = [rangeOf(span, descending)];
  if (itself) ranges.push(withPrefix(encodeKey([itself], [descending])));
  if (descending) ranges.reverse();
  return {
    kind: 'ranges',
    ranges,
    exact: exact && used === conditions.length,
    nullable: false,
    texts: conditions.some(({ value }) => containsText(value)),
  };
}
