import { Int32 } from 'bson';
import { compareValues, equalValues, type TextOrder } from '../bson/compare.ts';
import { isNumeric, toDouble } from '../bson/numbers.ts';
import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { isTruthy } from '../query/predicates.ts';
import { typeAlias } from '../query/types.ts';
import { arithmeticOperators, averageOf, sumOf } from './arithmetic-operators.ts';
import { type Arguments, isMissing, type Operator, over } from './operator.ts';

function comparison(name: string, holds: (difference: number) => Value): Operator {
  return (operands, order) => over(name, 2, (a, b) => holds(compareValues(a, b, order)))(operands, order);
}

/** The numbers among the operands: of one array, or of all. */
function members({ single, evaluate }: Arguments): (root: Doc, variables: Map<string, Value>) => Value[] {
  return (root, variables) => {
    const values = evaluate(root, variables);
    const [only] = values;
    return (single || values.length === 1) && Array.isArray(only) ? only : values;
  };
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
  ...arithmeticOperators,
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
};
