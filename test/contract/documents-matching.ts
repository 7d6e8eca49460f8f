import { isDeepStrictEqual } from 'node:util';
import { BSON } from 'mongodb';

const { EJSON } = BSON;

export type Fields = Record<string, unknown>;

function typeNames(value: unknown): string[] {
  if (value === null) return ['null'];
  if (Array.isArray(value)) return ['array'];
  if (typeof value === 'string') return ['string'];
  if (typeof value === 'boolean') return ['bool'];
  if (typeof value === 'number') return ['int', 'double', 'long', 'number'];
  if (value instanceof Date) return ['date'];
  const type = (value as { _bsontype?: string })._bsontype;
  const names: Record<string, string[]> = {
    ObjectId: ['objectId'],
    Long: ['long', 'number'],
    Int32: ['int', 'number'],
    Double: ['double', 'number'],
    Binary: ['binData'],
    Timestamp: ['timestamp'],
  };
  return type ? (names[type] ?? [type]) : ['object'];
}

function special(
  operator: string,
  operand: unknown,
  actual: unknown,
  path: string,
  root: boolean,
): string | undefined {
  switch (operator) {
    case '$$unsetOrMatches':
      return actual === undefined || actual === null ? undefined : mismatch(operand, actual, path, root);
    case '$$exists':
      return (actual !== undefined) === operand ? undefined : `${path}: exists is ${actual !== undefined}`;
    case '$$type': {
      const wanted = Array.isArray(operand) ? operand : [operand];
      return wanted.some((type) => typeNames(actual).includes(String(type)))
        ? undefined
        : `${path}: type ${typeNames(actual)} instead of ${wanted}`;
    }
    case '$$lte':
      return Number(actual) <= Number(operand) ? undefined : `${path}: ${actual} is more than ${operand}`;
    case '$$matchAsRoot':
      return mismatch(operand, actual, path, true);
  }
  return `${path}: unknown operator ${operator}`;
}

function isFields(value: unknown): value is Fields {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !('_bsontype' in value) &&
    !(value instanceof Date) &&
    !(value instanceof RegExp)
  );
}

function plainNumber(value: unknown): unknown {
  const type = (value as { _bsontype?: string } | null)?._bsontype;
  return type === 'Long' || type === 'Int32' || type === 'Double' ? Number(value) : value;
}

/** Fields that this driver adds to the results that the specification names. */
const ofDriver = new Set(['didUpsert']);

/** Where an actual value differs from an expected one (unified test format, "Evaluating Matches"). */
export function mismatch(expected: unknown, actual: unknown, path = '', root = true): string | undefined {
  if (isFields(expected)) {
    const [operator] = Object.keys(expected);
    if (operator?.startsWith('$$') && Object.keys(expected).length === 1)
      return special(operator, expected[operator], actual, path, root);
    const found = actual instanceof Map ? Object.fromEntries(actual) : actual;
    if (!isFields(found)) return `${path}: ${JSON.stringify(actual)} is not a document`;
    for (const [name, value] of Object.entries(expected)) {
      const difference = mismatch(value, found[name], `${path}.${name}`, false);
      if (difference) return difference;
    }
    const extra = root
      ? undefined
      : Object.keys(found).find(
          (name) => !(name in expected) && !ofDriver.has(name) && found[name] !== undefined,
        );
    return extra === undefined ? undefined : `${path}.${extra} is not expected`;
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length)
      return `${path}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`;
    return expected
      .map((value, at) => mismatch(value, actual[at], `${path}[${at}]`, root && isFields(value)))
      .find((difference) => difference !== undefined);
  }
  const [a, b] = [plainNumber(expected), plainNumber(actual)];
  if (isDeepStrictEqual(a, b) || EJSON.stringify(a) === EJSON.stringify(b)) return undefined;
  return `${path}: ${EJSON.stringify(b ?? null)} instead of ${EJSON.stringify(a)}`;
}
