import { Decimal128, Int32 } from 'bson';
import {
  calculate,
  decimalRemainder,
  divideDecimals,
  type Rounding,
  roundDecimal,
} from '../bson/arithmetic.ts';
import { isNumeric, type Numeric, toDouble } from '../bson/numbers.ts';
import type { Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { typeAlias } from '../query/types.ts';
import { isMissing, type Operator, over } from './operator.ts';

function isDecimal(value: Value): value is Decimal128 {
  return value instanceof Decimal128;
}

function wrongNumber(name: string, value: Value): CommandError {
  return new CommandError(
    'TypeMismatch',
    `${name} only supports numeric or date types, not ${typeAlias(value)}`,
  );
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
  return isDecimal(a) || isDecimal(b) ? divideDecimals(a, b) : toDouble(a) / toDouble(b);
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
  if (isDecimal(a) || isDecimal(b)) return decimalRemainder(a, b);
  if (typeof a === 'number' || typeof b === 'number') return toDouble(a) % toDouble(b);
  return BigInt(a instanceof Int32 ? a.value : a) % BigInt(b instanceof Int32 ? b.value : b);
}

/** An operator on one number that keeps its type. */
function onNumber(
  name: string,
  apply: (value: number) => number,
  onDecimal: (value: Decimal128) => Decimal128,
): Operator {
  return over(name, 1, (value) => {
    if (isMissing(value)) return null;
    if (!isNumeric(value))
      throw new CommandError(28765, `${name} only supports numeric types, not ${typeAlias(value)}`);
    if (isDecimal(value)) return onDecimal(value);
    if (value instanceof Int32) return narrowest(BigInt(apply(value.value)));
    if (typeof value === 'bigint') return name === '$abs' && value < 0n ? -value : value;
    return apply(value);
  });
}

/** The int32 of a whole number, or the int64 where that is too narrow. */
function narrowest(value: bigint): Int32 | bigint {
  return BigInt.asIntN(32, value) === value ? new Int32(Number(value)) : value;
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

function rounding(name: string, round: (value: number) => number, way: Rounding): Operator {
  const apply = toPlaces(round);
  return ({ evaluate }) =>
    (root, variables) => {
      const [value, places] = evaluate(root, variables);
      if (isMissing(value)) return null;
      if (!isNumeric(value))
        throw new CommandError(51081, `${name} only supports numeric types, not ${typeAlias(value)}`);
      const digits = isNumeric(places) ? toDouble(places) : 0;
      if (isDecimal(value)) return roundDecimal(value, digits, way);
      if (typeof value === 'bigint') return digits >= 0 ? value : BigInt(apply(Number(value), digits));
      const result = apply(toDouble(value), digits);
      return value instanceof Int32 ? new Int32(result) : result;
    };
}

/** The sum of the numbers among some values. */
export function sumOf(values: Value[]): Numeric {
  return values.reduce<Numeric>(
    (sum, value) => (isNumeric(value) ? calculate(sum, value, 'add') : sum),
    new Int32(0),
  );
}

/** The mean of the numbers among some values, or null. */
export function averageOf(values: Value[]): Value {
  const numbers = values.filter(isNumeric);
  if (numbers.length === 0) return null;
  const sum = sumOf(numbers);
  return isDecimal(sum) ? divide(sum, new Int32(numbers.length)) : toDouble(sum) / numbers.length;
}

function conversionFailure(value: Value, type: string): CommandError {
  return new CommandError(
    'ConversionFailure',
    `Failed to convert ${typeAlias(value)} '${String(value)}' to ${type} in $convert with no onError value`,
  );
}

function toLong(value: Value): Value {
  if (isMissing(value)) return null;
  if (typeof value === 'bigint') return value;
  if (typeof value === 'string' && /^[+-]?\d{1,19}$/.test(value)) return BigInt(value);
  const number =
    isNumeric(value) || typeof value === 'boolean' || value instanceof Date ? numberOf(value) : Number.NaN;
  if (!(Math.abs(number) < 2 ** 63)) throw conversionFailure(value, 'long');
  return isDecimal(value)
    ? BigInt(roundDecimal(value, 0, 'towardZero').toString())
    : BigInt(Math.trunc(number));
}

function toDoubleFrom(value: Value): Value {
  if (isMissing(value)) return null;
  if (isNumeric(value) || typeof value === 'boolean' || value instanceof Date) return numberOf(value);
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (Number.isNaN(number) && value !== 'NaN') throw conversionFailure(value, 'double');
  return number;
}

function numberOf(value: Numeric | boolean | Date): number {
  return typeof value === 'boolean' || value instanceof Date ? Number(value) : toDouble(value);
}

/** Arithmetic that keeps exact types. */
export const arithmeticOperators: Record<string, Operator> = {
  $add: folded('$add'),
  $multiply: folded('$multiply'),
  $subtract: over('$subtract', 2, subtract),
  $divide: over('$divide', 2, divide),
  $mod: over('$mod', 2, modulo),
  $abs: onNumber('$abs', Math.abs, (value) =>
    toDouble(value) < 0 ? (calculate(value, new Int32(-1), 'multiply') as Decimal128) : value,
  ),
  $ceil: onNumber('$ceil', Math.ceil, (value) => roundDecimal(value, 0, 'up')),
  $floor: onNumber('$floor', Math.floor, (value) => roundDecimal(value, 0, 'down')),
  $round: rounding('$round', halfToEven, 'halfToEven'),
  $trunc: rounding('$trunc', Math.trunc, 'towardZero'),
  $toLong: over('$toLong', 1, toLong),
  $toDouble: over('$toDouble', 1, toDoubleFrom),
};
