import { BSONRegExp } from 'bson';
import type { Doc, Value } from '../bson/values.ts';
import { isOperators, isTruthy } from '../query/predicates.ts';

/** One test of a field that an index may answer. */
export interface Condition {
  path: string;
  operator: string;
  value: Value;
}

/** A filter as a conjunction. */
export interface Conditions {
  all: Condition[];
  /** The branches of each `$or`. */
  either: Doc[][];
  /** Whether `all` says everything that the filter says. */
  complete: boolean;
}

const usable = new Set(['$eq', '$in', '$gt', '$gte', '$lt', '$lte']);

function fromOperators(path: string, operators: Doc, found: Conditions): void {
  for (const [operator, value] of operators) {
    if (usable.has(operator)) found.all.push({ path, operator, value });
    else {
      found.complete = false;
      if (operator === '$exists' && isTruthy(value)) found.all.push({ path, operator, value: true });
      else if (operator === '$regex' || operator === '$type')
        found.all.push({ path, operator, value: regexOperand(operators, operator, value) });
      else if (operator === '$all' && Array.isArray(value)) fromAll(path, value, found);
      else if (operator === '$elemMatch' && value instanceof Map) fromElement(path, value, found);
    }
  }
}

function regexOperand(operators: Doc, operator: string, value: Value): Value {
  const options = operators.get('$options');
  if (operator !== '$regex' || typeof value !== 'string') return value;
  return new BSONRegExp(value, typeof options === 'string' ? options : '');
}

function fromAll(path: string, values: Value[], found: Conditions): void {
  for (const value of values) {
    if (value instanceof Map && value.has('$elemMatch')) fromOperators(path, value, found);
    else if (!(value instanceof BSONRegExp)) found.all.push({ path, operator: '$eq', value });
  }
}

function fromElement(path: string, operand: Doc, found: Conditions): void {
  if (isOperators(operand)) {
    if (![...operand.keys()].some((name) => ['$and', '$or', '$nor', '$expr'].includes(name)))
      fromOperators(path, operand, found);
    return;
  }
  const inner: Conditions = { all: [], either: [], complete: true };
  collect(operand, inner);
  for (const condition of inner.all) found.all.push({ ...condition, path: `${path}.${condition.path}` });
}

function collect(filter: Doc, found: Conditions): void {
  for (const [name, value] of filter) {
    if (name === '$and' && Array.isArray(value)) {
      for (const part of value) if (part instanceof Map) collect(part, found);
    } else if (name === '$or' && Array.isArray(value)) {
      found.either.push(value.filter((branch) => branch instanceof Map));
      found.complete = false;
    } else if (name === '$comment') continue;
    else if (name.startsWith('$')) found.complete = false;
    else if (isOperators(value)) fromOperators(name, value, found);
    else if (value instanceof BSONRegExp) {
      found.complete = false;
      found.all.push({ path: name, operator: '$regex', value });
    } else found.all.push({ path: name, operator: '$eq', value });
  }
}

/** Takes a filter apart. */
export function conditionsOf(filter: Doc): Conditions {
  const found: Conditions = { all: [], either: [], complete: true };
  collect(filter, found);
  return found;
}
