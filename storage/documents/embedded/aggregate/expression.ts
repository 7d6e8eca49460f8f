import type { TextOrder } from '../bson/compare.ts';
import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { bindingOperators } from './binding-operators.ts';
import { isKnownByMingo, mingoExpression } from './mingo.ts';
import type { Arguments } from './operator.ts';
import { operators } from './operators.ts';

/** Values of variables by their names, without `$$`. */
export type Bindings = Map<string, Value>;

/** An expression, ready to be evaluated for a document; undefined is a missing value. */
export type Expression = (root: Doc, variables: Bindings) => Value;

export type Compile = (spec: Value) => Expression;

/** The value at a field path: arrays on the way give arrays of what their documents have there. */
export function followPath(value: Value, parts: string[], from = 0): Value {
  let current = value;
  for (let at = from; at < parts.length; at++) {
    if (current instanceof Map) current = current.get(parts[at] as string);
    else if (Array.isArray(current)) {
      const found: Value[] = [];
      for (const entry of current) {
        if (!(entry instanceof Map) && !Array.isArray(entry)) continue;
        const inner = followPath(entry, parts, at);
        if (inner !== undefined) found.push(inner);
      }
      return found;
    } else return undefined;
  }
  return current;
}

function variable(text: string): Expression {
  const [name = '', ...path] = text.slice(2).split('.');
  switch (name) {
    case 'ROOT':
    case 'CURRENT':
      return (root, variables) => followPath(variables.get(name) ?? root, path);
    case 'NOW': {
      const now = new Date();
      return () => now;
    }
    case 'REMOVE':
      return () => undefined;
    case 'DESCEND':
    case 'PRUNE':
    case 'KEEP':
      return () => `$$${name}`;
  }
  if (!/^[a-z_\u0080-\uffff]/.test(name)) throw new CommandError(17276, `Use of undefined variable: ${name}`);
  return (_root, variables) => {
    if (!variables.has(name)) throw new CommandError(17276, `Use of undefined variable: ${name}`);
    return followPath(variables.get(name), path);
  };
}

function fieldPath(text: string): Expression {
  if (text.startsWith('$$')) return variable(text);
  const parts = text.slice(1).split('.');
  if (parts.includes(''))
    throw new CommandError(40353, `FieldPath field names may not be empty strings: '${text}'`);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined)
    return (root, variables) => ((variables.get('CURRENT') as Doc | undefined) ?? root).get(only);
  return (root, variables) => followPath(variables.get('CURRENT') ?? root, parts);
}

function document(spec: Doc, compile: Compile): Expression {
  const fields = [...spec].map(([name, value]): [string, Expression] => {
    if (name.startsWith('$'))
      throw new CommandError(
        16410,
        "FieldPath field names may not start with '$'. Consider using $getField or $setField.",
      );
    if (name.includes('.'))
      throw new CommandError(
        16412,
        "FieldPath field names may not contain '.'. Consider using $getField or $setField.",
      );
    return [name, compile(value)];
  });
  return (root, variables) => {
    const result: Doc = new Map();
    for (const [name, evaluate] of fields) {
      const value = evaluate(root, variables);
      if (value !== undefined) result.set(name, value);
    }
    return result;
  };
}

/** The arguments of an operator: a list, or one that may itself come to a list. */
function argumentsOf(operand: Value, compile: Compile): Arguments {
  if (!Array.isArray(operand)) {
    const only = compile(operand);
    return { single: true, evaluate: (root, variables) => [only(root, variables)] };
  }
  const all = operand.map(compile);
  return { single: false, evaluate: (root, variables) => all.map((one) => one(root, variables)) };
}

function operation(name: string, operand: Value, compile: Compile, order: TextOrder | undefined): Expression {
  if (name === '$literal') return () => operand;
  const binding = bindingOperators[name];
  if (binding && Object.hasOwn(bindingOperators, name)) return binding(operand, compile, order);
  const operator = operators[name];
  if (operator && Object.hasOwn(operators, name)) return operator(argumentsOf(operand, compile), order);
  if (isKnownByMingo(name)) return mingoExpression(name, operand, compile);
  throw new CommandError(168, `Unrecognized expression '${name}'`);
}

/**
 * Compiles an aggregation expression.
 * @throws CommandError 168 when an operator is unknown; evaluating it throws what the operator finds wrong
 */
export function compileExpression(spec: Value, order?: TextOrder): Expression {
  const compile: Compile = (inner) => compileExpression(inner, order);
  if (typeof spec === 'string' && spec.startsWith('$')) return fieldPath(spec);
  if (Array.isArray(spec)) {
    const entries = spec.map(compile);
    return (root, variables) => entries.map((entry) => entry(root, variables) ?? null);
  }
  if (!(spec instanceof Map)) return () => spec;
  const [name] = spec.keys();
  if (name?.startsWith('$')) {
    if (spec.size !== 1)
      throw new CommandError(
        15983,
        `an object representing an expression must have exactly one field: { ${[...spec.keys()].join(', ')} }`,
      );
    return operation(name, spec.get(name), compile, order);
  }
  return document(spec, compile);
}
