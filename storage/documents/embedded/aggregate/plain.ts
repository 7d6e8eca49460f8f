import { BSONRegExp, Int32, Long } from 'bson';
import type { Doc, Value } from '../bson/values.ts';

/** A value as mingo understands it: plain objects and JavaScript numbers; other BSON classes stay. */
export function toPlain(value: Value): unknown {
  if (value instanceof Map) {
    const result: Record<string, unknown> = {};
    for (const [name, field] of value) define(result, name, toPlain(field));
    return result;
  }
  if (Array.isArray(value)) return value.map(toPlain);
  if (value instanceof Int32) return value.value;
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : Long.fromBigInt(value);
  }
  return value;
}

function define(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  else target[name] = value;
}

/** A result of mingo as a BSON value: whole numbers become int32 or int64. */
export function fromPlain(value: unknown): Value {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) return value;
    return value >= -2_147_483_648 && value <= 2_147_483_647 ? new Int32(value) : BigInt(value);
  }
  if (Array.isArray(value)) return value.map((entry) => (entry === undefined ? null : fromPlain(entry)));
  if (value instanceof RegExp) return new BSONRegExp(value.source, value.flags.replace(/[^imsx]/g, ''));
  if (value instanceof Long) return value.toBigInt();
  if (value !== null && typeof value === 'object') {
    const prototype = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) {
      const result: Doc = new Map();
      for (const [name, field] of Object.entries(value))
        if (field !== undefined) result.set(name, fromPlain(field));
      return result;
    }
  }
  return value as Value;
}
