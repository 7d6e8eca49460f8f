import { Decimal128, Int32 } from 'bson';
import { CommandError } from '../errors.ts';
import { type Exact, type Numeric, parseDecimal, toDouble } from './numbers.ts';

const digitsKept = 34;

/** An exact decimal rounded half to even to the 34 digits of a Decimal128. */
function toDecimal({ coefficient, exponent }: Exact): Decimal128 {
  let magnitude = coefficient < 0n ? -coefficient : coefficient;
  let power = exponent;
  const excess = String(magnitude).length - digitsKept;
  if (excess > 0) {
    const unit = 10n ** BigInt(excess);
    const rest = magnitude % unit;
    magnitude /= unit;
    if (rest * 2n > unit || (rest * 2n === unit && magnitude % 2n === 1n)) magnitude += 1n;
    power += excess;
  }
  return Decimal128.fromStringWithRounding(`${coefficient < 0n ? '-' : ''}${magnitude}E${power}`);
}

function exactOf(value: Numeric): Exact | undefined {
  if (typeof value === 'bigint') return { coefficient: value, exponent: 0 };
  if (value instanceof Int32) return { coefficient: BigInt(value.value), exponent: 0 };
  if (typeof value === 'number') return parseDecimal(String(Number(value.toPrecision(15))));
  return parseDecimal(value.toString());
}

function decimal(a: Numeric, b: Numeric, operation: 'add' | 'multiply'): Decimal128 {
  const x = exactOf(a);
  const y = exactOf(b);
  if (!x || !y) {
    const result = operation === 'add' ? toDouble(a) + toDouble(b) : toDouble(a) * toDouble(b);
    return Decimal128.fromString(String(result));
  }
  if (operation === 'multiply')
    return toDecimal({ coefficient: x.coefficient * y.coefficient, exponent: x.exponent + y.exponent });
  const exponent = Math.min(x.exponent, y.exponent);
  const scale = (value: Exact) => value.coefficient * 10n ** BigInt(value.exponent - exponent);
  return toDecimal({ coefficient: scale(x) + scale(y), exponent });
}

/** The quotient to 34 digits; the divisor is not zero. */
export function divideDecimals(a: Numeric, b: Numeric): Decimal128 {
  const x = exactOf(a);
  const y = exactOf(b);
  if (!x || !y) return Decimal128.fromString(String(toDouble(a) / toDouble(b)));
  const shift = Math.max(0, digitsKept + 2 + String(y.coefficient).length - String(x.coefficient).length);
  const dividend = x.coefficient * 10n ** BigInt(shift);
  let coefficient = dividend / y.coefficient;
  let exponent = x.exponent - y.exponent - shift;
  if (coefficient * y.coefficient === dividend)
    while (coefficient % 10n === 0n && exponent < x.exponent - y.exponent) {
      coefficient /= 10n;
      exponent++;
    }
  return toDecimal({ coefficient, exponent });
}

/** What is left of a division that goes into the divisor a whole number of times; it has the sign of the dividend. */
export function decimalRemainder(a: Numeric, b: Numeric): Decimal128 {
  const x = exactOf(a);
  const y = exactOf(b);
  if (!x || !y) return Decimal128.fromString(String(toDouble(a) % toDouble(b)));
  const exponent = Math.min(x.exponent, y.exponent);
  const scale = (value: Exact) => value.coefficient * 10n ** BigInt(value.exponent - exponent);
  return toDecimal({ coefficient: scale(x) % scale(y), exponent });
}

export type Rounding = 'halfToEven' | 'towardZero' | 'up' | 'down';

/** Rounds to some places behind the point, or before it where these are negative. */
export function roundDecimal(value: Decimal128, places: number, way: Rounding): Decimal128 {
  const exact = parseDecimal(value.toString());
  if (!exact || -exact.exponent <= places) return value;
  const unit = 10n ** BigInt(-exact.exponent - places);
  let coefficient = exact.coefficient / unit;
  const rest = exact.coefficient % unit;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const away = twice > unit || (twice === unit && coefficient % 2n !== 0n);
  if (way === 'up' && rest > 0n) coefficient += 1n;
  else if (way === 'down' && rest < 0n) coefficient -= 1n;
  else if (way === 'halfToEven' && away) coefficient += rest < 0n ? -1n : 1n;
  return toDecimal({ coefficient, exponent: -places });
}

const int32Limit = 2_147_483_647n;
const int64Limit = 9_223_372_036_854_775_807n;

/** The sum or product in the wider of two numbers' types; int32 grows to int64. @throws CommandError BadValue on int64 overflow */
export function calculate(a: Numeric, b: Numeric, operation: 'add' | 'multiply'): Numeric {
  if (a instanceof Decimal128 || b instanceof Decimal128) return decimal(a, b, operation);
  if (typeof a === 'number' || typeof b === 'number')
    return operation === 'add' ? toDouble(a) + toDouble(b) : toDouble(a) * toDouble(b);
  const [x, y] = [a, b].map((value) => (value instanceof Int32 ? BigInt(value.value) : value)) as [
    bigint,
    bigint,
  ];
  const result = operation === 'add' ? x + y : x * y;
  if (result > int64Limit || result < -int64Limit - 1n)
    throw new CommandError(
      'BadValue',
      `Failed to apply $${operation === 'add' ? 'inc' : 'mul'} operations to current value: overflow of a 64-bit integer`,
    );
  const small =
    a instanceof Int32 && b instanceof Int32 && result <= int32Limit && result >= -int32Limit - 1n;
  return small ? new Int32(Number(result)) : result;
}
