import { BSONRegExp } from 'bson';
import type { TextOrder } from '../bson/compare.ts';
import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { compileOperator, equality } from './operators.ts';
import { anyElementAt, splitPath } from './path.ts';
import { regexTest } from './regex.ts';

export type Predicate = (doc: Doc) => boolean;

/** What a filter may need besides the document. */
export interface FilterContext {
  order?: TextOrder | undefined;
  /** Evaluates `$expr`. */
  expression?: ((expression: Value) => (doc: Doc) => Value) | undefined;
  /** Sees each array position that a positional update may need: the first that matched. */
  positions?: { found: number | undefined } | undefined;
}

/** Whether a document consists of operators, as `{$gt: 1}`; a `$ref` begins a DBRef, which is a value. */
export function isOperators(value: Value): value is Doc {
  if (!(value instanceof Map)) return false;
  const first = value.keys().next().value;
  return (
    first !== undefined && first.startsWith('$') && first !== '$ref' && first !== '$id' && first !== '$db'
  );
}

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

/** Booleans and numbers other than zero are true, so are all other values but null and missing. */
export function isTruthy(value: Value): boolean {
  if (value === undefined || value === null || value === false || value === 0 || value === 0n) return false;
  if (typeof value === 'object' && 'value' in value && typeof value.value === 'number')
    return value.value !== 0;
  return true;
}

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
      compileOperator(parts, operator, operand, condition, context),
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

/** A test of values at a path, which notes the array position for `$` when that is wanted. */
export function positional(
  parts: string[],
  test: (value: Value) => boolean,
  context: FilterContext,
): Predicate {
  const { positions } = context;
  if (!positions) {
    const [only] = parts;
    if (parts.length === 1 && only !== undefined)
      return (doc) => {
        const value = doc.get(only);
        return test(value) || (Array.isArray(value) && value.some(test));
      };
    return (doc) => anyElementAt(doc, parts, test);
  }
  return (doc) => {
    if (!anyElementAt(doc, parts, test)) return false;
    positions.found ??= firstPosition(doc, parts, 0, test);
    return true;
  };
}

/** The position in the outermost array on a path at which a test holds. */
function firstPosition(
  value: Value,
  parts: string[],
  from: number,
  test: (value: Value) => boolean,
): number | undefined {
  if (Array.isArray(value)) {
    const rest = parts.slice(from);
    const at = value.findIndex((element) =>
      rest.length === 0 ? test(element) : element instanceof Map && anyElementAt(element, rest, test),
    );
    return at === -1 ? undefined : at;
  }
  const part = parts[from];
  return part !== undefined && value instanceof Map
    ? firstPosition(value.get(part), parts, from + 1, test)
    : undefined;
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
