import { Decimal128, Int32 } from 'bson';
import { calculate } from '../bson/arithmetic.ts';
import { compareValues, equalValues, type TextOrder } from '../bson/compare.ts';
import { isNumeric, type Numeric, toDouble } from '../bson/numbers.ts';
import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { isTruthy } from '../query/predicates.ts';
import { typeAlias } from '../query/types.ts';

/** Evaluated together; `single` when the operand was not a list. */
export interface Arguments {
  single: boolean;
  evaluate: (root: Doc, variables: Map<string, Value>) => Value[];
}

type Evaluate = (root: Doc, variables: Map<string, Value>) => Value;
type Operator = (operands: Arguments, order: TextOrder | undefined) => Evaluate;

function isMissing(value: Value): value is null | undefined {
  return value === null || value === undefined;
}

function wrongNumber(name: string, value: Value): CommandError {
  return new CommandError(
    'TypeMismatch',
    `${name} only supports numeric or date types, not ${typeAlias(value)}`,
  );
}

/** An operator over a fixed number of values. */
function over(name: string, count: number, apply: (...values: Value[]) => Value): Operator {
  return ({ evaluate }) =>
    (root, variables) => {
      const values = evaluate(root, variables);
      if (values.length !== count)
        throw new CommandError(
          16020,
          `Expression ${name} takes exactly ${count} arguments. ${values.length} were passed in.`,
        );
      return apply(...values);
    };
}

function comparison(name: string, holds: (difference: number) => Value): Operator {
  return (operands, order) => over(name, 2, (a, b) => holds(compareValues(a, b, order)))(operands, order);
}

function folded(name: '$add' | '$multiply'): Operator {
  return ({ evaluate }) =>
    (root, variables) => {
      let total: Numeric = new Int32(name === '$add' ? 0 : 1);
      let date: Date | undefined;
      for (const value of evaluate(root, variables)) {
        if (isMissing(value)) return null;
        if (name === '$add' && value instanceof Date) {
          if (date) throw new CommandError(16612, 'only one date allowed in an $add expression');
          date = value;
        } else if (isNumeric(value)) total = calculate(total, value, name === '$add' ? 'add' : 'multiply');
        else throw wrongNumber(name, value);
      }
      return date ? new Date(date.getTime() + toDouble(total)) : total;
    };
}

function negative(value: Numeric): Numeric {
  return calculate(value, new Int32(-1), 'multiply');
}

function subtract(a: Value, b: Value): Value {
  if (isMissing(a) || isMissing(b)) return null;
  if (a instanceof Date) {
    if (b instanceof Date) return BigInt(a.getTime() - b.getTime());
    if (isNumeric(b)) return new Date(a.getTime() - toDouble(b));
  }
  if (isNumeric(a) && isNumeric(b)) return calculate(a, negative(b), 'add');
  throw new CommandError('TypeMismatch', `can't $subtract ${typeAlias(b)} from ${typeAlias(a)}`);
}

function divide(a: Value, b: Value): Value {
  if (isMissing(a) || isMissing(b)) return null;
  if (!isNumeric(a) || !isNumeric(b))
    throw new CommandError(
      'TypeMismatch',
      `$divide only supports numeric types, not ${typeAlias(a)} and ${typeAlias(b)}`,
    );
  if (toDouble(b) === 0) throw new CommandError('BadValue', "can't $divide by zero");
  const quotient = toDouble(a) / toDouble(b);
  return a instanceof Decimal128 || b instanceof Decimal128
    ? Decimal128.fromString(String(quotient))
    : quotient;
}

function modulo(a: Value, b: Value): Value {
  if (isMissing(a) || isMissing(b)) return null;
  if (!isNumeric(a) || !isNumeric(b))
    throw new CommandError(
      16611,
      `$mod only supports numeric types, not ${typeAlias(a)} and ${typeAlias(b)}`,
    );
  if (toDouble(b) === 0) throw new CommandError(16610, "can't $mod by zero");
  if (a instanceof Int32 && b instanceof Int32) return new Int32(a.value % b.value);
  if (typeof a === 'number' || typeof b === 'number' || a instanceof Decimal128 || b instanceof Decimal128)
    return toDouble(a) % toDouble(b);
  return BigInt(a instanceof Int32 ? a.value : a) % BigInt(b instanceof Int32 ? b.value : b);
}

/** An operator on one number that keeps its type where the result is whole. */
function onNumber(name: string, apply: (value: number) => number): Operator {
  return over(name, 1, (value) => {
    if (isMissing(value)) return null;
    if (!isNumeric(value))
      throw new CommandError(28765, `${name} only supports numeric types, not ${typeAlias(value)}`);
    if (value instanceof Int32) return new Int32(apply(value.value));
    if (typeof value === 'bigint') return name === '$abs' && value < 0n ? -value : value;
    if (value instanceof Decimal128) return Decimal128.fromString(String(apply(toDouble(value))));
    return apply(value);
  });
}

function toPlaces(round: (value: number) => number): (value: number, places: number) => number {
  return (value, places) => {
    const shifted = Number(`${value}e${places}`);
    return Number.isFinite(shifted) ? Number(`${round(shifted)}e${-places}`) : value;
  };
}

function halfToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

function rounding(name: string, round: (value: number) => number): Operator {
  const apply = toPlaces(round);
  return ({ evaluate }) =>
    (root, variables) => {
      const [value, places] = evaluate(root, variables);
      if (isMissing(value)) return null;
      if (!isNumeric(value))
        throw new CommandError(51081, `${name} only supports numeric types, not ${typeAlias(value)}`);
      const digits = isNumeric(places) ? toDouble(places) : 0;
      if (typeof value === 'bigint') return digits >= 0 ? value : BigInt(apply(Number(value), digits));
      const result = apply(toDouble(value), digits);
      return value instanceof Int32 ? new Int32(result) : result;
    };
}

/** The numbers among the operands: of one array, or of all. */
function members({ single, evaluate }: Arguments): (root: Doc, variables: Map<string, Value>) => Value[] {
  return (root, variables) => {
    const values = evaluate(root, variables);
    const [only] = values;
    return (single || values.length === 1) && Array.isArray(only) ? only : values;
  };
}

/** The sum of the numbers among some values. */
export function sumOf(values: Value[]): Numeric {
  return values.reduce<Numeric>(
    (sum, value) => (isNumeric(value) ? calculate(sum, value, 'add') : sum),
    new Int32(0),
  );
}

export function averageOf(values: Value[]): Value {
  const numbers = values.filter(isNumeric);
  if (numbers.length === 0) return null;
  const sum = sumOf(numbers);
  return sum instanceof Decimal128 ? divide(sum, new Int32(numbers.length)) : toDouble(sum) / numbers.length;
}

/** The smallest (-1) or largest (1) of some values; null and missing do not count. */
export function extremeOf(values: Value[], sign: 1 | -1, order?: TextOrder): Value {
  let best: Value;
  for (const value of values) {
    if (isMissing(value)) continue;
    if (best === undefined || sign * compareValues(value, best, order) > 0) best = value;
  }
  return best ?? null;
}

function arrayOf(name: string, value: Value): Value[] {
  if (Array.isArray(value)) return value;
  throw new CommandError(28689, `${name}'s argument must be an array, but is ${typeAlias(value)}`);
}

function elementAt(array: Value, position: Value): Value {
  if (isMissing(array) || isMissing(position)) return null;
  if (!isNumeric(position))
    throw new CommandError(
      28690,
      `$arrayElemAt's second argument must be a numeric value, but is ${typeAlias(position)}`,
    );
  return arrayOf('$arrayElemAt', array).at(toDouble(position));
}

function concatenated(values: Value[]): Value {
  const result: Value[] = [];
  for (const value of values) {
    if (isMissing(value)) return null;
    result.push(...arrayOf('$concatArrays', value));
  }
  return result;
}

function merged(values: Value[]): Value {
  const result: Doc = new Map();
  for (const value of values) {
    if (isMissing(value)) continue;
    if (!(value instanceof Map))
      throw new CommandError(
        40400,
        `$mergeObjects requires object inputs, but input ${typeAlias(value)} is not an object`,
      );
    for (const [name, field] of value) result.set(name, field);
  }
  return result;
}

function concatenatedText(values: Value[]): Value {
  let result = '';
  for (const value of values) {
    if (isMissing(value)) return null;
    if (typeof value !== 'string')
      throw new CommandError(16702, `$concat only supports strings, not ${typeAlias(value)}`);
    result += value;
  }
  return result;
}

function all(apply: (values: Value[], order?: TextOrder) => Value): Operator {
  return ({ evaluate }, order) =>
    (root, variables) =>
      apply(evaluate(root, variables), order);
}

function spread(apply: (values: Value[], order?: TextOrder) => Value): Operator {
  return (operands, order) => {
    const values = members(operands);
    return (root, variables) => apply(values(root, variables), order);
  };
}

function uniqueIn(values: Value[], order?: TextOrder): Value[] {
  const result: Value[] = [];
  for (const value of [...values].sort((a, b) => compareValues(a, b, order)))
    if (result.length === 0 || !equalValues(result.at(-1), value, order)) result.push(value);
  return result;
}

function sets(name: string, apply: (a: Value[], b: Value[], order?: TextOrder) => Value): Operator {
  return (operands, order) =>
    over(name, 2, (a, b) => {
      if (isMissing(a) || isMissing(b)) return null;
      return apply(arrayOf(name, a), arrayOf(name, b), order);
    })(operands, order);
}

const has = (values: Value[], value: Value, order?: TextOrder) =>
  values.some((other) => equalValues(other, value, order));

/** Operators over evaluated operands whose results keep exact types. All others are left to mingo. */
export const operators: Record<string, Operator> = {
  $add: folded('$add'),
  $multiply: folded('$multiply'),
  $subtract: over('$subtract', 2, subtract),
  $divide: over('$divide', 2, divide),
  $mod: over('$mod', 2, modulo),
  $abs: onNumber('$abs', Math.abs),
  $ceil: onNumber('$ceil', Math.ceil),
  $floor: onNumber('$floor', Math.floor),
  $round: rounding('$round', halfToEven),
  $trunc: rounding('$trunc', Math.trunc),
  $eq: comparison('$eq', (difference) => difference === 0),
  $ne: comparison('$ne', (difference) => difference !== 0),
  $gt: comparison('$gt', (difference) => difference > 0),
  $gte: comparison('$gte', (difference) => difference >= 0),
  $lt: comparison('$lt', (difference) => difference < 0),
  $lte: comparison('$lte', (difference) => difference <= 0),
  $cmp: comparison('$cmp', (difference) => new Int32(Math.sign(difference))),
  $and: all((values) => values.every(isTruthy)),
  $or: all((values) => values.some(isTruthy)),
  $not: over('$not', 1, (value) => !isTruthy(value)),
  $ifNull: all((values) => values.find((value) => !isMissing(value)) ?? values.at(-1)),
  $sum: spread(sumOf),
  $avg: spread(averageOf),
  $min: spread((values, order) => extremeOf(values, -1, order)),
  $max: spread((values, order) => extremeOf(values, 1, order)),
  $size: over('$size', 1, (value) => {
    if (!Array.isArray(value))
      throw new CommandError(
        17124,
        `The argument to $size must be an array, but was of type: ${typeAlias(value)}`,
      );
    return new Int32(value.length);
  }),
  $isArray: over('$isArray', 1, (value) => Array.isArray(value)),
  $in: (operands, order) =>
    over('$in', 2, (value, array) => {
      if (!Array.isArray(array))
        throw new CommandError(
          40081,
          `$in requires an array as a second argument, found: ${typeAlias(array)}`,
        );
      return has(array, value, order);
    })(operands, order),
  $arrayElemAt: over('$arrayElemAt', 2, elementAt),
  $first: over('$first', 1, (value) => (isMissing(value) ? null : arrayOf('$first', value)[0])),
  $last: over('$last', 1, (value) => (isMissing(value) ? null : arrayOf('$last', value).at(-1))),
  $concatArrays: all(concatenated),
  $reverseArray: over('$reverseArray', 1, (value) =>
    isMissing(value) ? null : arrayOf('$reverseArray', value).toReversed(),
  ),
  $mergeObjects: spread(merged),
  $concat: all(concatenatedText),
  $type: over('$type', 1, (value) => typeAlias(value)),
  $isNumber: over('$isNumber', 1, (value) => isNumeric(value)),
  $objectToArray: over('$objectToArray', 1, (value) => {
    if (isMissing(value)) return null;
    if (!(value instanceof Map))
      throw new CommandError(40390, `$objectToArray requires a document input, found: ${typeAlias(value)}`);
    return [...value].map(
      ([k, v]): Doc =>
        new Map<string, Value>([
          ['k', k],
          ['v', v],
        ]),
    );
  }),
  $setUnion: (operands, order) =>
    all((values) => {
      const joined = concatenated(values);
      return Array.isArray(joined) ? uniqueIn(joined, order) : null;
    })(operands, order),
  $setIntersection: (operands, order) =>
    all((values) => {
      if (values.some(isMissing)) return null;
      const [first = [], ...others] = values.map((value) => arrayOf('$setIntersection', value));
      return uniqueIn(
        first.filter((value) => others.every((other) => has(other, value, order))),
        order,
      );
    })(operands, order),
  $setDifference: sets('$setDifference', (a, b, order) =>
    a.filter((value, at) => !has(b, value, order) && !has(a.slice(0, at), value, order)),
  ),
  $setIsSubset: sets('$setIsSubset', (a, b, order) => a.every((value) => has(b, value, order))),
  $toLong: over('$toLong', 1, (value) =>
    isMissing(value) ? null : BigInt(Math.trunc(Number(isNumeric(value) ? toDouble(value) : value))),
  ),
  $toDouble: over('$toDouble', 1, (value) =>
    isMissing(value)
      ? null
      : isNumeric(value)
        ? toDouble(value)
        : Number(value instanceof Date ? value.getTime() : value),
  ),
};
