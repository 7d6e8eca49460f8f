import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Int32,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import { compareNumbers, type Numeric } from './numbers.ts';
import { DbPointer, type Doc, FarDate, RawDocument, type Value } from './values.ts';

/** Compares two texts; the default is by Unicode code point, as in UTF-8. */
export type TextOrder = (a: string, b: string) => number;

/** Ranks of the BSON comparison order (manual: BSON types, comparison and sort order). */
export const rank = {
  minKey: 1,
  undefined: 2,
  null: 3,
  number: 4,
  text: 5,
  object: 6,
  array: 7,
  binary: 8,
  objectId: 9,
  boolean: 10,
  date: 11,
  timestamp: 12,
  regex: 13,
  dbPointer: 14,
  code: 15,
  codeWithScope: 16,
  maxKey: 127,
} as const;

/** Where a value's type stands in the comparison order. */
export function rankOf(value: Value): number {
  switch (typeof value) {
    case 'string':
      return rank.text;
    case 'number':
    case 'bigint':
      return rank.number;
    case 'boolean':
      return rank.boolean;
    case 'undefined':
      return rank.undefined;
  }
  if (value === null) return rank.null;
  if (value instanceof Map) return rank.object;
  if (Array.isArray(value)) return rank.array;
  if (value instanceof Int32 || value instanceof Decimal128) return rank.number;
  if (value instanceof ObjectId) return rank.objectId;
  if (value instanceof Date || value instanceof FarDate) return rank.date;
  if (value instanceof Binary) return rank.binary;
  if (value instanceof Timestamp) return rank.timestamp;
  if (value instanceof BSONRegExp) return rank.regex;
  if (value instanceof BSONSymbol) return rank.text;
  if (value instanceof DbPointer) return rank.dbPointer;
  if (value instanceof Code) return value.scope ? rank.codeWithScope : rank.code;
  if (value instanceof MinKey) return rank.minKey;
  if (value instanceof MaxKey) return rank.maxKey;
  return rank.object;
}

/** By code point: UTF-16 units agree with it except that surrogates stand for the highest code points. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const x = a.charCodeAt(at);
    const y = b.charCodeAt(at);
    if (x !== y) {
      const high = (unit: number) => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
      return high(x) - high(y);
    }
  }
  return a.length - b.length;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  return Buffer.compare(a, b);
}

/** Milliseconds of a date of either class, as far as exact as needed to order it. */
export function milliseconds(date: Date | FarDate): bigint {
  return date instanceof Date ? BigInt(date.getTime()) : date.milliseconds;
}

function compareDates(a: Date | FarDate, b: Date | FarDate): number {
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime();
  const difference = milliseconds(a) - milliseconds(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function compareDocs(a: Doc, b: Doc, order: TextOrder): number {
  const others = b.entries();
  for (const [name, value] of a) {
    const other = others.next();
    if (other.done) return 1;
    const [otherName, otherValue] = other.value;
    const byType = rankOf(value) - rankOf(otherValue);
    if (byType !== 0) return byType;
    const byName = compareText(name, otherName);
    if (byName !== 0) return byName;
    const byValue = compareValues(value, otherValue, order);
    if (byValue !== 0) return byValue;
  }
  return others.next().done ? 0 : -1;
}

function compareArrays(a: Value[], b: Value[], order: TextOrder): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const difference = compareValues(a[at], b[at], order);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function compareBinaries(a: Binary, b: Binary): number {
  return (
    a.position - b.position ||
    a.sub_type - b.sub_type ||
    compareBytes(a.buffer.subarray(0, a.position), b.buffer.subarray(0, b.position))
  );
}

function textOf(value: Value): string {
  return value instanceof BSONSymbol ? value.value : (value as string);
}

/** Orders any two BSON values; negative, zero or positive. Numbers compare by value whatever their types. */
export function compareValues(a: Value, b: Value, order: TextOrder = compareText): number {
  const kind = rankOf(a);
  const byType = kind - rankOf(b);
  if (byType !== 0) return byType;
  switch (kind) {
    case rank.number:
      if (typeof a === 'number' && typeof b === 'number' && a === b) return 0;
      return compareNumbers(a as Numeric, b as Numeric);
    case rank.text:
      return order(textOf(a), textOf(b));
    case rank.object:
      if (a instanceof RawDocument || b instanceof RawDocument)
        throw new TypeError('Encoded documents have no order');
      return compareDocs(a as Doc, b as Doc, order);
    case rank.array:
      return compareArrays(a as Value[], b as Value[], order);
    case rank.binary:
      return compareBinaries(a as Binary, b as Binary);
    case rank.objectId:
      return compareBytes((a as ObjectId).id, (b as ObjectId).id);
    case rank.boolean:
      return Number(a) - Number(b);
    case rank.date:
      return compareDates(a as Date | FarDate, b as Date | FarDate);
    case rank.timestamp:
      return (a as Timestamp).compare(b as Timestamp);
    case rank.regex: {
      const [x, y] = [a as BSONRegExp, b as BSONRegExp];
      return compareText(x.pattern, y.pattern) || compareText(x.options, y.options);
    }
    case rank.dbPointer: {
      const [x, y] = [a as DbPointer, b as DbPointer];
      return compareText(x.collection, y.collection) || compareBytes(x.id.id, y.id.id);
    }
    case rank.code:
    case rank.codeWithScope:
      return compareText((a as Code).code, (b as Code).code);
    default:
      return 0;
  }
}

/** Whether two values are equal in the sense of a query. */
export function equalValues(a: Value, b: Value, order?: TextOrder): boolean {
  return compareValues(a, b, order) === 0;
}
