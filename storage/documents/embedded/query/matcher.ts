import { BSONRegExp } from 'bson';
import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { compileOperator, equality } from './operators.ts';
import { anyElementAt, splitPath } from './path.ts';
import { type FilterContext, isOperators, isTruthy, type Predicate, positional } from './predicates.ts';
import { regexTest } from './regex.ts';

function list(operator: string, value: Value): Doc[] {
  if (!Array.isArray(value)) throw new CommandError('BadValue', `${operator} argument must be an array`);
  if (value.length === 0)
    throw new CommandError('BadValue', `${operator} argument must be a non-empty array`);
  return value.map((entry) => {
    if (entry instanceof Map) return entry;
    throw new CommandError('BadValue', `${operator} argument's entries must be objects`);
  });
}

const unsupported: Record<string, () => CommandError> = {
  $where: () =>
    new CommandError('BadValue', 'no globalScriptEngine in $where parsing: JavaScript is not supported'),
  $text: () => new CommandError('IndexNotFound', 'text index required for $text query'),
  $near: () => new CommandError('NoQueryExecutionPlans', 'unable to find index for $geoNear query'),
};

function topLevel(operator: string, value: Value, context: FilterContext): Predicate {
  switch (operator) {
    case '$and': {
      const all = list(operator, value).map((entry) => compileFilter(entry, context));
      return (doc) => all.every((test) => test(doc));
    }
    case '$or': {
      const any = list(operator, value).map((entry) => compileFilter(entry, context));
      return (doc) => any.some((test) => test(doc));
    }
    case '$nor': {
      const none = list(operator, value).map((entry) => compileFilter(entry, context));
      return (doc) => !none.some((test) => test(doc));
    }
    case '$comment':
      return () => true;
    case '$expr': {
      if (!context.expression) throw new CommandError('BadValue', '$expr is not allowed in this context');
      const evaluate = context.expression(value);
      return (doc) => isTruthy(evaluate(doc));
    }
    case '$alwaysTrue':
    case '$alwaysFalse':
      return () => operator === '$alwaysTrue';
    case '$sampleRate': {
      const rate = Number(value);
      return () => Math.random() < rate;
    }
  }
  const known = unsupported[operator];
  if (known) throw known();
  throw new CommandError(
    'BadValue',
    `unknown top level operator: ${operator}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
  );
}

function fieldPredicate(path: string, condition: Value, context: FilterContext): Predicate {
  const parts = splitPath(path);
  if (isOperators(condition)) {
    const tests = [...condition].map(([operator, operand]) =>
      compileOperator(parts, operator, operand, condition, context, compileFilter),
    );
    return tests.length === 1 ? (tests[0] as Predicate) : (doc) => tests.every((test) => test(doc));
  }
  if (condition instanceof BSONRegExp) {
    const test = regexTest(condition);
    return (doc) => anyElementAt(doc, parts, test);
  }
  const test = equality(condition, context.order);
  return positional(parts, test, context);
}

/**
 * Compiles a filter of the query language into a test.
 * @throws CommandError BadValue when an operator is unknown or its operand is wrong
 */
export function compileFilter(filter: Doc, context: FilterContext = {}): Predicate {
  const tests = [...filter].map(([name, condition]) =>
    name.startsWith('$') ? topLevel(name, condition, context) : fieldPredicate(name, condition, context),
  );
  const [first, second] = tests;
  if (!first) return () => true;
  if (!second) return first;
  return (doc) => tests.every((test) => test(doc));
}
