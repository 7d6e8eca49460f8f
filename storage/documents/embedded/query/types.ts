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
import { isNumeric, toDouble } from '../bson/numbers.ts';
import { DbPointer, FarDate, type Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';

/** BSON type numbers by their alias (manual: $type). */
const numbersByAlias: Record<string, number> = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
};
const aliases = new Map(Object.entries(numbersByAlias).map(([alias, number]) => [number, alias]));

/** The BSON type number of a value. */
export function typeNumber(value: Value): number {
  switch (typeof value) {
    case 'number':
      return 1;
    case 'string':
      return 2;
    case 'undefined':
      return 6;
    case 'boolean':
      return 8;
    case 'bigint':
      return 18;
  }
  if (value === null) return 10;
  if (Array.isArray(value)) return 4;
  if (value instanceof Binary) return 5;
  if (value instanceof ObjectId) return 7;
  if (value instanceof Date || value instanceof FarDate) return 9;
  if (value instanceof BSONRegExp) return 11;
  if (value instanceof DbPointer) return 12;
  if (value instanceof Code) return value.scope ? 15 : 13;
  if (value instanceof BSONSymbol) return 14;
  if (value instanceof Int32) return 16;
  if (value instanceof Timestamp) return 17;
  if (value instanceof Decimal128) return 19;
  if (value instanceof MinKey) return -1;
  if (value instanceof MaxKey) return 127;
  return 3;
}

/** The alias of a value's type, as error messages and `$type` use it. */
export function typeAlias(value: Value): string {
  return value === undefined ? 'missing' : (aliases.get(typeNumber(value)) ?? 'object');
}

/** The type numbers that an operand of `$type` names. */
export function typeSet(operand: Value): Set<number> {
  const set = new Set<number>();
  for (const entry of Array.isArray(operand) ? operand : [operand]) {
    if (entry === 'number') for (const number of [1, 16, 18, 19]) set.add(number);
    else if (typeof entry === 'string') {
      const number = Object.hasOwn(numbersByAlias, entry) ? numbersByAlias[entry] : undefined;
      if (number === undefined) throw new CommandError('BadValue', `Unknown type name alias: ${entry}`);
      set.add(number);
    } else if (isNumeric(entry) && aliases.has(toDouble(entry))) set.add(toDouble(entry));
    else throw new CommandError('BadValue', 'Invalid numerical type code');
  }
  return set;
}
