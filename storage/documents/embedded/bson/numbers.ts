import { Decimal128, Int32 } from 'bson';
import type { Value } from './values.ts';

export type Numeric = number | bigint | Int32 | Decimal128;

export function isNumeric(value: Value): value is Numeric {
  return (
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    value instanceof Int32 ||
    value instanceof Decimal128
  );
}

/** An exact decimal: coefficient × 10^exponent. */
export interface Exact {
  coefficient: bigint;
  exponent: number;
}

/** The digits of a decimal text such as `-12.5E+3`; undefined for NaN and infinities. */
export function parseDecimal(text: string): Exact | undefined {
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!parts) return undefined;
  const [, sign, whole = '', fraction = '', power = '0'] = parts;
  const coefficient = BigInt(whole + fraction || '0');
  return {
    coefficient: sign === '-' ? -coefficient : coefficient,
    exponent: Number(power) - fraction.length,
  };
}

/** The nearest double of a number; exact for doubles, int32 and int64 up to 2^53. */
export function toDouble(value: Numeric): number {
  if (typeof value === 'number') return value;
  if (value instanceof Int32) return value.value;
  if (typeof value === 'bigint') return Number(value);
  const text = value.toString();
  return text === 'Infinity' || text === '-Infinity' || text === 'NaN'
    ? Number(text)
    : Number.parseFloat(text);
}

const view = new DataView(new ArrayBuffer(8));

/** A finite double as mantissa × 2^power, both exact. */
function split(double: number): { mantissa: bigint; power: number } {
  view.setFloat64(0, double);
  const bits = view.getBigUint64(0);
  const raw = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const magnitude = raw === 0 ? fraction : fraction | 0x10000000000000n;
  return { mantissa: double < 0 ? -magnitude : magnitude, power: (raw === 0 ? 1 : raw) - 1075 };
}

/** A fraction of two whole numbers, for exact comparison across number types. */
function fraction(value: Numeric): { over: bigint; under: bigint } {
  if (typeof value === 'bigint') return { over: value, under: 1n };
  if (value instanceof Decimal128) {
    const { coefficient, exponent } = parseDecimal(value.toString()) ?? { coefficient: 0n, exponent: 0 };
    return exponent >= 0
      ? { over: coefficient * 10n ** BigInt(exponent), under: 1n }
      : { over: coefficient, under: 10n ** BigInt(-exponent) };
  }
  const { mantissa, power } = split(toDouble(value));
  return power >= 0
    ? { over: mantissa << BigInt(power), under: 1n }
    : { over: mantissa, under: 1n << BigInt(-power) };
}

/** Orders numbers of any types exactly; NaN is the smallest. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  const x = toDouble(a);
  const y = toDouble(b);
  if (x < y) return -1;
  if (x > y) return 1;
  if (Number.isNaN(x)) return Number.isNaN(y) ? 0 : -1;
  if (Number.isNaN(y)) return 1;
  const wide =
    typeof a === 'bigint' || typeof b === 'bigint' || a instanceof Decimal128 || b instanceof Decimal128;
  if (!wide) return 0;
  if (!Number.isFinite(x)) return compareBeyond(a, b);
  if (Number.isSafeInteger(x) && !(a instanceof Decimal128) && !(b instanceof Decimal128)) return 0;
  const p = fraction(a);
  const q = fraction(b);
  const difference = p.over * q.under - q.over * p.under;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Two numbers that both round to the same infinity, of which one may be a finite decimal. */
function compareBeyond(a: Numeric, b: Numeric): number {
  const finite = (value: Numeric) => value instanceof Decimal128 && !value.toString().endsWith('Infinity');
  if (finite(a) && finite(b)) {
    const p = fraction(a);
    const q = fraction(b);
    const difference = p.over * q.under - q.over * p.under;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }
  if (finite(a) === finite(b)) return 0;
  const positive = toDouble(a) > 0;
  return finite(a) === positive ? -1 : 1;
}

/**
 * The largest double that is not above a number, and how far the number is from it as 80 bits of the distance to
 * the next double. Together they order all numbers exactly (but for decimals smaller than any double).
 */
export function floorDouble(value: Numeric): { double: number; rest: bigint } {
  const nearest = toDouble(value);
  if (typeof value === 'number' || value instanceof Int32) return { double: nearest, rest: 0n };
  if (typeof value === 'bigint' && Number.isSafeInteger(nearest)) return { double: nearest, rest: 0n };
  if (Number.isNaN(nearest)) return { double: nearest, rest: 0n };
  if (!Number.isFinite(nearest)) {
    if (!(value instanceof Decimal128) || value.toString().endsWith('Infinity'))
      return { double: nearest, rest: 0n };
    const { over, under } = fraction(value);
    const digits = String((over < 0n ? -over : over) / under).length;
    const size = (BigInt(digits) << 64n) | BigInt(String((over < 0n ? -over : over) / under).slice(0, 18));
    return over > 0n
      ? { double: Number.MAX_VALUE, rest: size }
      : { double: Number.NEGATIVE_INFINITY, rest: (1n << 80n) - 1n - size };
  }
  const { over, under } = fraction(value);
  let { mantissa, power } = split(nearest);
  const above = (m: bigint, p: number) =>
    p >= 0 ? (m << BigInt(p)) * under > over : m * under > over << BigInt(-p);
  let double = nearest;
  if (above(mantissa, power)) {
    double = previousDouble(nearest);
    ({ mantissa, power } = split(double));
  }
  const ulp = power;
  const shift = 80 - ulp;
  const scaled = shift >= 0 ? over << BigInt(shift) : over >> BigInt(-shift);
  const rest = scaled / under - (mantissa << 80n);
  const limit = (1n << 80n) - 1n;
  return { double, rest: rest < 0n ? 0n : rest > limit ? limit : rest };
}

function previousDouble(value: number): number {
  view.setFloat64(0, value);
  const bits = view.getBigInt64(0);
  if (value === 0) return -Number.MIN_VALUE;
  view.setBigInt64(0, value > 0 ? bits - 1n : bits + 1n);
  return view.getFloat64(0);
}
