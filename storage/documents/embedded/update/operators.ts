import { Int32, Timestamp } from 'bson';
import { calculate } from '../bson/arithmetic.ts';
import { compareValues, type TextOrder } from '../bson/compare.ts';
import { isNumeric } from '../bson/numbers.ts';
import type { Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { typeAlias } from '../query/types.ts';
import { addToSet, pop, pull, pullAll, push } from './array-operators.ts';

/** What a change may depend on. */
export interface ChangeContext {
  now: Date;
  inserting: boolean;
}

type Change = (old: Value, context: ChangeContext) => Value;

function arithmetic(operator: '$inc' | '$mul', path: string, operand: Value): Change {
  if (!isNumeric(operand))
    throw new CommandError(
      'TypeMismatch',
      `Cannot ${operator === '$inc' ? 'increment' : 'multiply'} with non-numeric argument: {${path}: ${typeof operand === 'string' ? JSON.stringify(operand) : String(operand)}}`,
    );
  return (old) => {
    if (old === undefined)
      return operator === '$inc' ? operand : calculate(new Int32(0), operand, 'multiply');
    if (!isNumeric(old))
      throw new CommandError(
        'TypeMismatch',
        `Cannot apply ${operator} to a value of non-numeric type. The field '${path}' is of non-numeric type ${typeAlias(old)}`,
      );
    return calculate(old, operand, operator === '$inc' ? 'add' : 'multiply');
  };
}

function extreme(sign: 1 | -1, operand: Value, order?: TextOrder): Change {
  return (old) => (old === undefined || sign * compareValues(operand, old, order) > 0 ? operand : old);
}

function currentDate(operand: Value): Change {
  const type = operand instanceof Map ? operand.get('$type') : undefined;
  if (operand instanceof Map ? type !== 'date' && type !== 'timestamp' : typeof operand !== 'boolean')
    throw new CommandError(
      'BadValue',
      `${typeAlias(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
    );
  if (type === 'timestamp')
    return (_old, { now }) => new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 });
  return (_old, { now }) => now;
}

function bit(path: string, operand: Value): Change {
  if (!(operand instanceof Map) || operand.size === 0)
    throw new CommandError(
      'BadValue',
      `The $bit modifier is not compatible with a ${typeAlias(operand)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    );
  const steps = [...operand].map(([name, value]) => {
    if (!['and', 'or', 'xor'].includes(name))
      throw new CommandError(
        'BadValue',
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${name}}`,
      );
    if (!(value instanceof Int32) && typeof value !== 'bigint')
      throw new CommandError(
        'BadValue',
        `The $bit modifier field must be an Integer(32/64 bit); a '${typeAlias(value)}' is not supported here`,
      );
    return { name, value };
  });
  return (old) => {
    if (old !== undefined && !(old instanceof Int32) && typeof old !== 'bigint')
      throw new CommandError(
        'BadValue',
        `Cannot apply $bit to a value of non-integral type. The field '${path}' is of type ${typeAlias(old)}`,
      );
    let wide = typeof old === 'bigint';
    let bits = old instanceof Int32 ? BigInt(old.value) : (old ?? 0n);
    for (const { name, value } of steps) {
      wide ||= typeof value === 'bigint';
      const mask = value instanceof Int32 ? BigInt(value.value) : value;
      bits = name === 'and' ? bits & mask : name === 'or' ? bits | mask : bits ^ mask;
    }
    return wide ? bits : new Int32(Number(bits));
  };
}

/** Compiles one operator for one path into a change of the value there. `$unset` and `$rename` are not values. */
export function compileChange(operator: string, path: string, operand: Value, order?: TextOrder): Change {
  switch (operator) {
    case '$set':
      return () => operand;
    case '$setOnInsert':
      return (old, { inserting }) => (inserting ? operand : old);
    case '$inc':
    case '$mul':
      return arithmetic(operator, path, operand);
    case '$min':
      return extreme(-1, operand, order);
    case '$max':
      return extreme(1, operand, order);
    case '$currentDate':
      return currentDate(operand);
    case '$bit':
      return bit(path, operand);
    case '$push':
      return push(path, operand, order);
    case '$addToSet':
      return addToSet(path, operand, order);
    case '$pop':
      return pop(path, operand);
    case '$pull':
      return pull(operand, order);
    case '$pullAll':
      return pullAll(operand, order);
  }
  throw new CommandError(
    'FailedToParse',
    `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
  );
}
