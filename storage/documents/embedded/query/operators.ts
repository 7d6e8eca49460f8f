import { Binary, BSONRegExp, MaxKey, MinKey, ObjectId } from 'bson';
import { compareValues, rank, rankOf, type TextOrder } from '../bson/compare.ts';
import { isNumeric, toDouble } from '../bson/numbers.ts';
import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { anyAt, anyElementAt } from './path.ts';
import {
  type Compile,
  type FilterContext,
  isOperators,
  isTruthy,
  type Predicate,
  positional,
} from './predicates.ts';
import { compileRegex, regexTest } from './regex.ts';
import { typeNumber, typeSet } from './types.ts';

type Test = (value: Value) => boolean;

/** Whether a value equals the operand; null also stands for a missing field. */
export function equality(operand: Value, order?: TextOrder): Test {
  if (operand === null || operand === undefined) return (value) => value === undefined || value === null;
  if (typeof operand === 'string' && !order)
    return (value) => value === operand || (typeof value === 'object' && compareValues(value, operand) === 0);
  const kind = rankOf(operand);
  return (value) => rankOf(value) === kind && compareValues(value, operand, order) === 0;
}

function comparison(operand: Value, holds: (difference: number) => boolean, order?: TextOrder): Test {
  if (operand instanceof MinKey || operand instanceof MaxKey)
    return (value) => value !== undefined && holds(compareValues(value, operand));
  if (operand === null || operand === undefined)
    return (value) => (value === undefined || value === null) && holds(0);
  const kind = rankOf(operand);
  const isNotANumber = isNumeric(operand) && Number.isNaN(toDouble(operand));
  if (isNotANumber) return (value) => isNumeric(value) && Number.isNaN(toDouble(value)) && holds(0);
  return (value) =>
    rankOf(value) === kind &&
    !(kind === rank.number && isNumeric(value) && Number.isNaN(toDouble(value))) &&
    holds(compareValues(value, operand, order));
}

function membership(operand: Value, order: TextOrder | undefined, operator: string): Test {
  if (!Array.isArray(operand)) throw new CommandError('BadValue', `${operator} needs an array`);
  const texts = new Set<string>();
  const ids = new Set<string>();
  const tests: Test[] = [];
  for (const entry of operand) {
    if (typeof entry === 'string' && !order) texts.add(entry);
    else if (entry instanceof ObjectId) ids.add(entry.toHexString());
    else if (entry instanceof BSONRegExp) tests.push(regexTest(entry));
    else if (isOperators(entry)) throw new CommandError('BadValue', `cannot nest $ under ${operator}`);
    else tests.push(equality(entry, order));
  }
  return (value) =>
    (typeof value === 'string' && texts.has(value)) ||
    (value instanceof ObjectId && ids.has(value.toHexString())) ||
    tests.some((test) => test(value));
}

function whole(operator: string, value: Value): number {
  if (!isNumeric(value)) throw new CommandError('FailedToParse', `${operator} needs a number`);
  const number = toDouble(value);
  if (!Number.isInteger(number))
    throw new CommandError('FailedToParse', `${operator} must be a whole number`);
  return number;
}

function size(operand: Value): Test {
  if (!isNumeric(operand))
    throw new CommandError('FailedToParse', `Failed to parse $size. Expected a number in: $size`);
  const wanted = whole('Failed to parse $size. Expected an integer: $size', operand);
  if (wanted < 0)
    throw new CommandError(
      'FailedToParse',
      'Failed to parse $size. Expected a non-negative number in: $size',
    );
  return (value) => Array.isArray(value) && value.length === wanted;
}

function modulo(operand: Value): Test {
  if (!Array.isArray(operand)) throw new CommandError('BadValue', 'malformed mod, needs to be an array');
  if (operand.length !== 2)
    throw new CommandError(
      'BadValue',
      `malformed mod, ${operand.length < 2 ? 'not enough' : 'too many'} elements`,
    );
  const [divisor, remainder] = operand;
  if (!isNumeric(divisor) || !isNumeric(remainder))
    throw new CommandError('BadValue', 'malformed mod, divisor and remainder must be numbers');
  const by = Math.trunc(toDouble(divisor));
  const rest = Math.trunc(toDouble(remainder));
  if (by === 0) throw new CommandError('BadValue', 'divisor cannot be 0');
  return (value) => {
    if (!isNumeric(value)) return false;
    if (typeof value === 'bigint') return value % BigInt(by) === BigInt(rest);
    return Math.trunc(toDouble(value)) % by === rest;
  };
}

/** The bits that an operand of the `$bits…` operators names. */
function bitsOf(operator: string, operand: Value): bigint {
  if (Array.isArray(operand)) {
    return operand.reduce<bigint>((bits, position) => {
      const at = whole(operator, position);
      if (at < 0) throw new CommandError('FailedToParse', `bit positions must be >= 0 but got: ${at}`);
      return bits | (1n << BigInt(at));
    }, 0n);
  }
  if (operand instanceof Binary) return bitsOfBytes(operand);
  const number = whole(operator, operand);
  if (number < 0) throw new CommandError('FailedToParse', `${operator} takes a non-negative number`);
  return BigInt(number);
}

function bitsOfBytes(value: Binary): bigint {
  let bits = 0n;
  for (let at = value.position - 1; at >= 0; at--) bits = (bits << 8n) | BigInt(value.buffer[at] as number);
  return bits;
}

function bits(operator: string, operand: Value): Test {
  const mask = bitsOf(operator, operand);
  const judge: Record<string, (bits: bigint) => boolean> = {
    $bitsAllSet: (value) => (value & mask) === mask,
    $bitsAnySet: (value) => (value & mask) !== 0n,
    $bitsAllClear: (value) => (value & mask) === 0n,
    $bitsAnyClear: (value) => (value & mask) !== mask,
  };
  const holds = judge[operator] as (bits: bigint) => boolean;
  return (value) => {
    if (value instanceof Binary) return holds(bitsOfBytes(value));
    if (!isNumeric(value)) return false;
    const number = toDouble(value);
    return Number.isInteger(number) && holds(typeof value === 'bigint' ? value : BigInt(number));
  };
}

function elemMatch(operand: Value, context: FilterContext, compile: Compile): Test {
  if (!(operand instanceof Map)) throw new CommandError('BadValue', '$elemMatch needs an Object');
  const inner: FilterContext = { order: context.order, expression: context.expression };
  const first = operand.keys().next().value ?? '';
  const logical = ['$and', '$or', '$nor', '$where', '$expr'].includes(first);
  if (isOperators(operand) && !logical) {
    const test = compile(new Map([['v', operand]]), inner);
    return (value) => test(new Map([['v', value]]));
  }
  const test = compile(operand, inner);
  const asDoc = (value: Value): Doc | undefined => {
    if (value instanceof Map) return value;
    return Array.isArray(value) ? new Map(value.map((entry, at) => [String(at), entry])) : undefined;
  };
  return (value) => {
    const candidate = asDoc(value);
    return candidate !== undefined && test(candidate);
  };
}

function all(parts: string[], operand: Value, context: FilterContext, compile: Compile): Predicate {
  if (!Array.isArray(operand)) throw new CommandError('BadValue', '$all needs an array');
  if (operand.length === 0) return () => false;
  const tests = operand.map((entry): Predicate => {
    if (entry instanceof Map && entry.has('$elemMatch'))
      return compileOperator(parts, '$elemMatch', entry.get('$elemMatch'), entry, context, compile);
    if (isOperators(entry)) throw new CommandError('BadValue', 'no $ expressions in $all');
    return positional(
      parts,
      entry instanceof BSONRegExp ? regexTest(entry) : equality(entry, context.order),
      context,
    );
  });
  return (doc) => tests.every((test) => test(doc));
}

function regex(operand: Value, options: Value): Test {
  if (options !== undefined && typeof options !== 'string')
    throw new CommandError('BadValue', '$options has to be a string');
  if (operand instanceof BSONRegExp) {
    if (options && operand.options) throw new CommandError(51075, 'options set in both $regex and $options');
    return regexTest(new BSONRegExp(operand.pattern, options ?? operand.options));
  }
  if (typeof operand !== 'string') throw new CommandError('BadValue', '$regex has to be a string');
  compileRegex(operand, options ?? '');
  return regexTest(new BSONRegExp(operand, options ?? ''));
}

function negated(parts: string[], operand: Value, context: FilterContext, compile: Compile): Predicate {
  const inner = { ...context, positions: undefined };
  if (operand instanceof BSONRegExp) {
    const test = regexTest(operand);
    return (doc) => !anyElementAt(doc, parts, test);
  }
  if (!(operand instanceof Map)) throw new CommandError('BadValue', '$not needs a regex or a document');
  if (operand.size === 0) throw new CommandError('BadValue', '$not cannot be empty');
  const tests = [...operand].map(([operator, value]) =>
    compileOperator(parts, operator, value, operand, inner, compile),
  );
  return (doc) => !tests.every((test) => test(doc));
}

function arraysAt(parts: string[], test: Test): Predicate {
  return (doc) => anyAt(doc, parts, 0, test);
}

function noOperator(operand: Value, operator: string): void {
  if (operand instanceof BSONRegExp && operator !== '$eq')
    throw new CommandError('BadValue', `Can't have RegEx as arg to predicate over field '${operator}'.`);
}

/** Compiles one operator at a path, e.g. `$gt: 5`; `siblings` are the other operators beside it. */
export function compileOperator(
  parts: string[],
  operator: string,
  operand: Value,
  siblings: Doc,
  context: FilterContext,
  compile: Compile,
): Predicate {
  const { order } = context;
  switch (operator) {
    case '$eq':
      return positional(parts, equality(operand, order), context);
    case '$ne': {
      noOperator(operand, '$ne');
      const test = equality(operand, order);
      return (doc) => !anyElementAt(doc, parts, test);
    }
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte': {
      noOperator(operand, operator);
      const holds = {
        $gt: (difference: number) => difference > 0,
        $gte: (difference: number) => difference >= 0,
        $lt: (difference: number) => difference < 0,
        $lte: (difference: number) => difference <= 0,
      }[operator];
      return positional(parts, comparison(operand, holds, order), context);
    }
    case '$in':
      return positional(parts, membership(operand, order, '$in'), context);
    case '$nin': {
      const test = membership(operand, order, '$nin');
      return (doc) => !anyElementAt(doc, parts, test);
    }
    case '$not':
      return negated(parts, operand, context, compile);
    case '$exists': {
      const wanted = isTruthy(operand);
      return (doc) => anyAt(doc, parts, 0, (value) => value !== undefined) === wanted;
    }
    case '$type': {
      const types = typeSet(operand);
      return (doc) =>
        anyElementAt(doc, parts, (value) => value !== undefined && types.has(typeNumber(value)));
    }
    case '$size':
      return arraysAt(parts, size(operand));
    case '$mod':
      return positional(parts, modulo(operand), context);
    case '$all':
      return all(parts, operand, context, compile);
    case '$elemMatch': {
      const test = elemMatch(operand, context, compile);
      const { positions } = context;
      return arraysAt(parts, (value) => {
        if (!Array.isArray(value)) return false;
        const at = value.findIndex(test);
        if (at !== -1 && positions) positions.found ??= at;
        return at !== -1;
      });
    }
    case '$regex':
      return positional(parts, regex(operand, siblings.get('$options')), context);
    case '$options':
      if (!siblings.has('$regex')) throw new CommandError('BadValue', '$options needs a $regex');
      return () => true;
    case '$bitsAllSet':
    case '$bitsAnySet':
    case '$bitsAllClear':
    case '$bitsAnyClear':
      return positional(parts, bits(operator, operand), context);
    case '$comment':
      return () => true;
    case '$near':
    case '$nearSphere':
      throw new CommandError('NoQueryExecutionPlans', 'unable to find index for $geoNear query');
    case '$geoWithin':
    case '$geoIntersects':
      throw new CommandError('NotImplemented', `${operator} is not supported`);
  }
  throw new CommandError('BadValue', `unknown operator: ${operator}`);
}
