import { Aggregator } from 'mingo/aggregator';
import { Context, evalExpr, ProcessingMode } from 'mingo/core';
import * as accumulator from 'mingo/operators/accumulator';
import * as expression from 'mingo/operators/expression';
import * as pipeline from 'mingo/operators/pipeline';
import * as projection from 'mingo/operators/projection';
import * as query from 'mingo/operators/query';
import * as window from 'mingo/operators/window';
import type { AnyObject, Options } from 'mingo/types';
import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { fromPlain, toPlain } from './plain.ts';

type Evaluate = (root: Doc, variables: Map<string, Value>) => Value;

const context = Context.init({ accumulator, expression, pipeline, projection, query, window } as Parameters<
  typeof Context.init
>[0]);

const scripts = new Set(['$function', '$accumulator', '$where']);
/** Operators whose result is a double even when it is whole. */
const doubles = new Set([
  '$sqrt',
  '$pow',
  '$exp',
  '$ln',
  '$log',
  '$log10',
  '$sin',
  '$cos',
  '$tan',
  '$asin',
  '$acos',
  '$atan',
  '$atan2',
  '$sinh',
  '$cosh',
  '$tanh',
  '$degreesToRadians',
  '$radiansToDegrees',
  '$stdDevPop',
  '$stdDevSamp',
  '$rand',
]);

function options(variables: Map<string, Value>, resolver?: (collection: string) => AnyObject[]): Options {
  return {
    idKey: '_id',
    context,
    scriptEnabled: false,
    useStrictMode: true,
    failOnError: true,
    processingMode: ProcessingMode.CLONE_OFF,
    variables: toPlain(variables) as AnyObject,
    ...(resolver && { collectionResolver: resolver }),
  } as Options;
}

function failed(error: unknown): CommandError {
  return error instanceof CommandError ? error : new CommandError('BadValue', (error as Error).message);
}

/** Whether mingo has an expression operator of a name. */
export function isKnownByMingo(name: string): boolean {
  return !scripts.has(name) && (Object.hasOwn(expression, name) || Object.hasOwn(accumulator, name));
}

/** Whether mingo has an accumulator of a name. */
export function isMingoAccumulator(name: string): boolean {
  return !scripts.has(name) && Object.hasOwn(accumulator, name);
}

/** An operator of mingo over operands that are evaluated here and given to it as literals. */
export function mingoExpression(name: string, operand: Value, compile: (spec: Value) => Evaluate): Evaluate {
  const prepared = prepare(operand, compile);
  const settings = options(new Map());
  return (root, variables) => {
    try {
      const result = evalExpr({}, { [name]: prepared(root, variables) }, settings);
      return doubles.has(name) && typeof result === 'number' ? result : fromPlain(result);
    } catch (error) {
      throw failed(error);
    }
  };
}

function prepare(
  operand: Value,
  compile: (spec: Value) => Evaluate,
): (root: Doc, variables: Map<string, Value>) => unknown {
  if (Array.isArray(operand)) {
    const entries = operand.map((entry) => literal(compile(entry)));
    return (root, variables) => entries.map((entry) => entry(root, variables));
  }
  const isNamed =
    operand instanceof Map && operand.size > 0 && ![...operand.keys()].some((key) => key.startsWith('$'));
  if (!isNamed) return literal(compile(operand));
  const fields = [...operand].map(
    ([key, value]): [string, (root: Doc, variables: Map<string, Value>) => unknown] => [
      key,
      literal(compile(value)),
    ],
  );
  return (root, variables) => Object.fromEntries(fields.map(([key, value]) => [key, value(root, variables)]));
}

/** A value that mingo takes as it is; only texts that begin with `$` and documents would be read as expressions. */
function literal(evaluate: Evaluate): (root: Doc, variables: Map<string, Value>) => unknown {
  return (root, variables) => {
    const value = toPlain(evaluate(root, variables));
    const isRead =
      (typeof value === 'string' && value.startsWith('$')) ||
      (typeof value === 'object' && value !== null && !(value instanceof Date));
    return isRead ? { $literal: value } : value;
  };
}

/** The result of an accumulator of mingo over the documents of a group. */
export function accumulateWithMingo(
  name: string,
  operand: Value,
  documents: Doc[],
  variables: Map<string, Value>,
): Value {
  const spec = { $group: { _id: null, result: { [name]: toPlain(operand) } } };
  const [group] = runPlain([spec], documents, variables);
  return group?.get('result');
}

function runPlain(
  stages: AnyObject[],
  documents: Iterable<Doc>,
  variables: Map<string, Value>,
  resolver?: (collection: string) => AnyObject[],
): Doc[] {
  try {
    const input = [...documents].map((document) => toPlain(document) as AnyObject);
    return new Aggregator(stages, options(variables, resolver))
      .run(input)
      .map((result) => fromPlain(result) as Doc);
  } catch (error) {
    throw failed(error);
  }
}

/** Runs one stage with mingo. `resolver` gives the documents of another collection. */
export function runStageWithMingo(
  stage: Doc,
  documents: Iterable<Doc>,
  variables: Map<string, Value>,
  resolver: (collection: string) => Iterable<Doc>,
): Doc[] {
  return runPlain([toPlain(stage) as AnyObject], documents, variables, (name) =>
    [...resolver(name)].map((document) => toPlain(document) as AnyObject),
  );
}
