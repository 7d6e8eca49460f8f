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

const context = Context.init({ accumulator, expression, pipeline, projection, query, window } as Parameters<
  typeof Context.init
>[0]);

const scripts = new Set(['$function', '$accumulator', '$where']);

function options(variables: Record<string, unknown>): Options {
  return {
    idKey: '_id',
    context,
    scriptEnabled: false,
    useStrictMode: true,
    failOnError: true,
    processingMode: ProcessingMode.CLONE_OFF,
    variables,
  } as Options;
}

/** @throws CommandError for what mingo does not know, as MongoDB does: 168 InvalidPipelineOperator */
export function assertKnownExpressions(value: Value): void {
  if (Array.isArray(value)) for (const entry of value) assertKnownExpressions(entry);
  if (!(value instanceof Map)) return;
  for (const [name, operand] of value) {
    if (name.startsWith('$')) {
      if (scripts.has(name))
        throw new CommandError('BadValue', `${name} is not supported: the engine runs no JavaScript`);
      if (name === '$literal') continue;
      if (!Object.hasOwn(expression, name) && !Object.hasOwn(accumulator, name))
        throw new CommandError(168, `Unrecognized expression '${name}'`);
    }
    assertKnownExpressions(operand);
  }
}

function failed(error: unknown): CommandError {
  return error instanceof CommandError ? error : new CommandError('BadValue', (error as Error).message);
}

/** Compiles an aggregation expression into a function of a document. */
export function compileExpression(spec: Value, variables: Record<string, unknown> = {}): (doc: Doc) => Value {
  assertKnownExpressions(spec);
  const plain = toPlain(spec);
  const settings = options(variables);
  return (doc) => {
    try {
      return fromPlain(evalExpr(toPlain(doc) as AnyObject, plain as AnyObject, settings));
    } catch (error) {
      throw failed(error);
    }
  };
}

/** Runs stages over documents with mingo. */
export function runStages(
  stages: Doc[],
  documents: Iterable<Doc>,
  variables: Record<string, unknown>,
): Doc[] {
  try {
    const input = [...documents].map((doc) => toPlain(doc) as AnyObject);
    const aggregator = new Aggregator(
      stages.map((stage) => toPlain(stage) as AnyObject),
      options(variables),
    );
    return aggregator.run(input).map((result) => fromPlain(result) as Doc);
  } catch (error) {
    throw failed(error);
  }
}
