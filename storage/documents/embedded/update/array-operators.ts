import { BSONRegExp } from 'bson';
import { compareValues, equalValues, type TextOrder } from '../bson/compare.ts';
import { isNumeric, toDouble } from '../bson/numbers.ts';
import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { compileFilter } from '../query/matcher.ts';
import { plainValueAt, splitPath } from '../query/path.ts';
import { isOperators } from '../query/predicates.ts';
import { typeAlias } from '../query/types.ts';

function arrayOrMissing(operator: string, path: string, value: Value): Value[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  throw new CommandError(
    'BadValue',
    `The field '${path}' must be an array but is of type ${typeAlias(value)} in document (${operator})`,
  );
}

function each(operator: string, operand: Doc): Value[] {
  const values = operand.get('$each');
  if (!Array.isArray(values))
    throw new CommandError(
      'BadValue',
      `The argument to $each in ${operator} must be an array but it was of type: ${typeAlias(values)}`,
    );
  return values;
}

function wholeNumber(name: string, value: Value): number {
  if (!isNumeric(value) || !Number.isInteger(toDouble(value)))
    throw new CommandError(
      'BadValue',
      `The value for ${name} must be an integer value but was given type: ${typeAlias(value)}`,
    );
  return toDouble(value);
}

/** A comparison of array elements by a `$sort` of `$push`: 1, -1 or a document of paths. */
function elementOrder(sort: Value, order?: TextOrder): (a: Value, b: Value) => number {
  if (!(sort instanceof Map)) {
    const direction = isNumeric(sort) ? toDouble(sort) : 0;
    if (direction !== 1 && direction !== -1)
      throw new CommandError('BadValue', 'The $sort element value must be either 1 or -1');
    return (a, b) => direction * compareValues(a, b, order);
  }
  const keys = [...sort].map(([path, way]) => ({
    parts: splitPath(path),
    way: isNumeric(way) ? toDouble(way) : 1,
  }));
  return (a, b) => {
    for (const { parts, way } of keys) {
      const difference = compareValues(plainValueAt(a, parts) ?? null, plainValueAt(b, parts) ?? null, order);
      if (difference !== 0) return way * difference;
    }
    return 0;
  };
}

const pushClauses = new Set(['$each', '$slice', '$sort', '$position']);

export function push(path: string, operand: Value, order?: TextOrder): (old: Value) => Value {
  if (!(operand instanceof Map) || !operand.has('$each'))
    return (old) => [...arrayOrMissing('$push', path, old), operand];
  for (const clause of operand.keys())
    if (!pushClauses.has(clause))
      throw new CommandError('BadValue', `Unrecognized clause in $push: ${clause}`);
  const values = each('$push', operand);
  const position = operand.has('$position') ? wholeNumber('$position', operand.get('$position')) : undefined;
  const slice = operand.has('$slice') ? wholeNumber('$slice', operand.get('$slice')) : undefined;
  const compare = operand.has('$sort') ? elementOrder(operand.get('$sort'), order) : undefined;
  return (old) => {
    let result = [...arrayOrMissing('$push', path, old)];
    result.splice(position ?? result.length, 0, ...values);
    if (compare) result = result.sort(compare);
    if (slice !== undefined) result = slice < 0 ? result.slice(slice) : result.slice(0, slice);
    return result;
  };
}

export function addToSet(path: string, operand: Value, order?: TextOrder): (old: Value) => Value {
  const values = operand instanceof Map && operand.has('$each') ? each('$addToSet', operand) : [operand];
  return (old) => {
    const result = [...arrayOrMissing('$addToSet', path, old)];
    for (const value of values)
      if (!result.some((present) => equalValues(present, value, order))) result.push(value);
    return result;
  };
}

export function pop(path: string, operand: Value): (old: Value) => Value {
  const end = isNumeric(operand) ? toDouble(operand) : Number.NaN;
  if (end !== 1 && end !== -1)
    throw new CommandError('FailedToParse', `$pop expects 1 or -1, found: ${String(operand)}`);
  return (old) => {
    if (old === undefined) return undefined;
    if (!Array.isArray(old))
      throw new CommandError(
        'TypeMismatch',
        `Path '${path}' contains an element of non-array type '${typeAlias(old)}'`,
      );
    return end === 1 ? old.slice(0, -1) : old.slice(1);
  };
}

function pulled(operator: string, old: Value, drop: (element: Value) => boolean): Value {
  if (old === undefined) return undefined;
  if (!Array.isArray(old))
    throw new CommandError('BadValue', `Cannot apply ${operator} to a non-array value`);
  return old.filter((element) => !drop(element));
}

export function pull(operand: Value, order?: TextOrder): (old: Value) => Value {
  if (operand instanceof Map && !isOperators(operand)) {
    const test = compileFilter(operand, { order });
    return (old) => pulled('$pull', old, (element) => element instanceof Map && test(element));
  }
  if (!isOperators(operand) && !(operand instanceof BSONRegExp))
    return (old) => pulled('$pull', old, (element) => equalValues(element, operand, order));
  const test = compileFilter(new Map([['v', operand]]), { order });
  return (old) => pulled('$pull', old, (element) => test(new Map([['v', element]])));
}

export function pullAll(operand: Value, order?: TextOrder): (old: Value) => Value {
  if (!Array.isArray(operand)) throw new CommandError('BadValue', '$pullAll requires an array argument');
  return (old) =>
    pulled('$pullAll', old, (element) => operand.some((value) => equalValues(element, value, order)));
}
