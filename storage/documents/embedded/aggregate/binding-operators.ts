import { compareValues, type TextOrder } from '../bson/compare.ts';
import { isNumeric, toDouble } from '../bson/numbers.ts';
import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { plainValueAt, splitPath } from '../query/path.ts';
import { isTruthy } from '../query/predicates.ts';
import { typeAlias } from '../query/types.ts';

type Evaluate = (root: Doc, variables: Map<string, Value>) => Value;
type Compile = (spec: Value) => Evaluate;
type Operator = (operand: Value, compile: Compile, order: TextOrder | undefined) => Evaluate;

function named(name: string, operand: Value, required: string[], optional: string[] = []): Doc {
  if (!(operand instanceof Map))
    throw new CommandError('FailedToParse', `${name} only supports an object as its argument`);
  for (const field of required)
    if (!operand.has(field))
      throw new CommandError('FailedToParse', `Missing '${field}' parameter to ${name}`);
  for (const field of operand.keys())
    if (!required.includes(field) && !optional.includes(field))
      throw new CommandError('FailedToParse', `Unrecognized parameter to ${name}: ${field}`);
  return operand;
}

function within(variables: Map<string, Value>, entries: [string, Value][]): Map<string, Value> {
  return new Map([...variables, ...entries]);
}

function arrayFor(name: string, value: Value): Value[] | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value;
  throw new CommandError(28651, `input to ${name} must be an array not ${typeAlias(value)}`);
}

function cond(operand: Value, compile: Compile): Evaluate {
  const [when, then, otherwise] = (
    Array.isArray(operand)
      ? operand
      : ['if', 'then', 'else'].map((field) => named('$cond', operand, ['if', 'then', 'else']).get(field))
  ).map(compile);
  if (!when || !then || !otherwise)
    throw new CommandError(16020, 'Expression $cond takes exactly 3 arguments.');
  return (root, variables) => (isTruthy(when(root, variables)) ? then : otherwise)(root, variables);
}

function choice(operand: Value, compile: Compile): Evaluate {
  const spec = named('$switch', operand, ['branches'], ['default']);
  const list = spec.get('branches');
  if (!Array.isArray(list) || list.length === 0)
    throw new CommandError(40068, '$switch requires at least one branch.');
  const branches = list.map((entry) => {
    const branch = named('$switch', entry, ['case', 'then']);
    return { test: compile(branch.get('case')), result: compile(branch.get('then')) };
  });
  const otherwise = spec.has('default') ? compile(spec.get('default')) : undefined;
  return (root, variables) => {
    const found = branches.find(({ test }) => isTruthy(test(root, variables)))?.result ?? otherwise;
    if (!found)
      throw new CommandError(
        40066,
        '$switch could not find a matching branch for an input, and no default was specified.',
      );
    return found(root, variables);
  };
}

function letIn(operand: Value, compile: Compile): Evaluate {
  const spec = named('$let', operand, ['vars', 'in']);
  const vars = spec.get('vars');
  if (!(vars instanceof Map)) throw new CommandError(16876, 'invalid parameter: expected an object (vars)');
  const bindings = [...vars].map(([name, value]): [string, Evaluate] => [name, compile(value)]);
  const body = compile(spec.get('in'));
  return (root, variables) =>
    body(
      root,
      within(
        variables,
        bindings.map(([name, value]) => [name, value(root, variables)]),
      ),
    );
}

function map(operand: Value, compile: Compile): Evaluate {
  const spec = named('$map', operand, ['input', 'in'], ['as']);
  const input = compile(spec.get('input'));
  const body = compile(spec.get('in'));
  const as = String(spec.get('as') ?? 'this');
  return (root, variables) =>
    arrayFor('$map', input(root, variables))?.map(
      (element) => body(root, within(variables, [[as, element]])) ?? null,
    ) ?? null;
}

function filter(operand: Value, compile: Compile): Evaluate {
  const spec = named('$filter', operand, ['input', 'cond'], ['as', 'limit']);
  const input = compile(spec.get('input'));
  const test = compile(spec.get('cond'));
  const limit = compile(spec.get('limit'));
  const as = String(spec.get('as') ?? 'this');
  return (root, variables) => {
    const most = limit(root, variables);
    const kept = arrayFor('$filter', input(root, variables))?.filter((element) =>
      isTruthy(test(root, within(variables, [[as, element]]))),
    );
    return (isNumeric(most) ? kept?.slice(0, toDouble(most)) : kept) ?? null;
  };
}

function reduce(operand: Value, compile: Compile): Evaluate {
  const spec = named('$reduce', operand, ['input', 'initialValue', 'in']);
  const input = compile(spec.get('input'));
  const initial = compile(spec.get('initialValue'));
  const body = compile(spec.get('in'));
  return (root, variables) => {
    const elements = arrayFor('$reduce', input(root, variables));
    if (!elements) return null;
    return elements.reduce<Value>(
      (value, element) =>
        body(
          root,
          within(variables, [
            ['value', value],
            ['this', element],
          ]),
        ),
      initial(root, variables),
    );
  };
}

function sortArray(operand: Value, compile: Compile, order: TextOrder | undefined): Evaluate {
  const spec = named('$sortArray', operand, ['input', 'sortBy']);
  const input = compile(spec.get('input'));
  const by = spec.get('sortBy');
  const keys =
    by instanceof Map
      ? [...by].map(([path, way]) => ({
          parts: splitPath(path),
          way: Number(isNumeric(way) ? toDouble(way) : 1),
        }))
      : [{ parts: [], way: isNumeric(by) ? toDouble(by) : 1 }];
  return (root, variables) =>
    arrayFor('$sortArray', input(root, variables))?.toSorted((a, b) => {
      for (const { parts, way } of keys) {
        const difference = compareValues(plainValueAt(a, parts), plainValueAt(b, parts), order);
        if (difference !== 0) return way * difference;
      }
      return 0;
    }) ?? null;
}

function getField(operand: Value, compile: Compile): Evaluate {
  const spec =
    operand instanceof Map && operand.has('field')
      ? operand
      : new Map<string, Value>([
          ['field', operand],
          ['input', '$$ROOT'],
        ]);
  const field = compile(spec.get('field'));
  const input = compile(spec.get('input') ?? '$$CURRENT');
  return (root, variables) => {
    const from = input(root, variables);
    return from instanceof Map ? from.get(String(field(root, variables))) : undefined;
  };
}

function setField(operand: Value, compile: Compile): Evaluate {
  const spec = named('$setField', operand, ['field', 'input'], ['value']);
  const field = compile(spec.get('field'));
  const input = compile(spec.get('input'));
  const value = compile(spec.get('value') ?? (spec.has('value') ? null : '$$REMOVE'));
  return (root, variables) => {
    const from = input(root, variables);
    if (!(from instanceof Map)) return null;
    const result: Doc = new Map(from);
    const made = value(root, variables);
    const name = String(field(root, variables));
    if (made === undefined) result.delete(name);
    else result.set(name, made);
    return result;
  };
}

/** Operators that evaluate their operands themselves: some of them, in some order, or with variables. */
export const bindingOperators: Record<string, Operator> = {
  $cond: cond,
  $switch: choice,
  $let: letIn,
  $map: map,
  $filter: filter,
  $reduce: reduce,
  $sortArray: sortArray,
  $getField: getField,
  $setField: setField,
  $unsetField: setField,
};
