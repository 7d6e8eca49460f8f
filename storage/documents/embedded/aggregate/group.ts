import { Int32 } from 'bson';
import { encodeValueKey } from '../bson/key.ts';
import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { averageOf, sumOf } from './arithmetic-operators.ts';
import { compileExpression, type Expression } from './expression.ts';
import { accumulateWithMingo, isMingoAccumulator } from './mingo.ts';
import { extremeOf } from './operators.ts';
import type { PipelineContext, Stage } from './stage.ts';

/** Takes documents one by one, and gives what has come of them. */
interface Accumulator {
  add(document: Doc): void;
  result(): Value;
}

type Make = (evaluate: Expression, context: PipelineContext) => () => Accumulator;

/** An accumulator that folds value after value. */
function folding<T>(
  start: T,
  step: (state: T, value: Value, context: PipelineContext) => T,
  finish: (state: T) => Value,
): Make {
  return (evaluate, context) => () => {
    let state = start;
    return {
      add: (document) => {
        state = step(state, evaluate(document, context.variables), context);
      },
      result: () => finish(state),
    };
  };
}

function collecting(keep: (values: Value[], value: Value, context: PipelineContext) => void): Make {
  return (evaluate, context) => () => {
    const values: Value[] = [];
    return {
      add: (document) => keep(values, evaluate(document, context.variables), context),
      result: () => values,
    };
  };
}

function addToSet(): Make {
  return (evaluate, context) => () => {
    const seen = new Map<string, Value>();
    return {
      add: (document) => {
        const value = evaluate(document, context.variables);
        if (value === undefined) return;
        const key = encodeValueKey(value, context.collation?.key).toString('latin1');
        if (!seen.has(key)) seen.set(key, value);
      },
      result: () => [...seen.values()],
    };
  };
}

const accumulators: Record<string, Make> = {
  $sum: folding<Value>(
    new Int32(0),
    (sum, value) => sumOf([sum, value]),
    (sum) => sum,
  ),
  $avg: (evaluate, context) => () => {
    let sum: Value = new Int32(0);
    let count = 0;
    return {
      add: (document) => {
        const value = evaluate(document, context.variables);
        if (averageOf([value]) === null) return;
        sum = sumOf([sum, value]);
        count++;
      },
      result: () => {
        if (count === 0) return null;
        const average = averageOf([sum]);
        return typeof average === 'number'
          ? average / count
          : averageOf([sum, ...Array<Value>(count - 1).fill(new Int32(0))]);
      },
    };
  },
  $min: folding<Value>(
    null,
    (best, value, { collation }) => extremeOf([best, value], -1, collation?.order),
    (best) => best,
  ),
  $max: folding<Value>(
    null,
    (best, value, { collation }) => extremeOf([best, value], 1, collation?.order),
    (best) => best,
  ),
  $first: (evaluate, context) => () => {
    let state: { value: Value } | undefined;
    return {
      add: (document) => {
        state ??= { value: evaluate(document, context.variables) };
      },
      result: () => state?.value ?? null,
    };
  },
  $last: folding<Value>(
    null,
    (_last, value) => value ?? null,
    (last) => last,
  ),
  $push: collecting((values, value) => {
    if (value !== undefined) values.push(value);
  }),
  $addToSet: addToSet(),
  $mergeObjects: folding<Doc>(
    new Map(),
    (merged, value) => (value instanceof Map ? new Map([...merged, ...value]) : merged),
    (merged) => merged,
  ),
};

function accumulator(name: string, operand: Value, context: PipelineContext): () => Accumulator {
  if (name === '$count') return accumulator('$sum', new Int32(1), context);
  const make = Object.hasOwn(accumulators, name) ? accumulators[name] : undefined;
  if (make) return make(compileExpression(operand, context.collation?.order), context);
  if (!isMingoAccumulator(name)) throw new CommandError(15952, `unknown group operator '${name}'`);
  return () => {
    const documents: Doc[] = [];
    return {
      add: (document) => documents.push(document),
      result: () => accumulateWithMingo(name, operand, documents, context.variables),
    };
  };
}

/** `$group`: one document for each value of `_id`, in the order of their first appearance. */
export function group(operand: Value, context: PipelineContext): Stage {
  if (!(operand instanceof Map))
    throw new CommandError(15947, "a group's fields must be specified in an object");
  if (!operand.has('_id')) throw new CommandError(15955, 'a group specification must include an _id');
  const id = compileExpression(operand.get('_id'), context.collation?.order);
  const fields = [...operand]
    .filter(([name]) => name !== '_id')
    .map(([name, spec]): [string, () => Accumulator] => {
      if (name.includes('.')) throw new CommandError(40235, `The field name '${name}' cannot contain '.'`);
      const entry = spec instanceof Map && spec.size === 1 ? spec.entries().next().value : undefined;
      if (!entry) throw new CommandError(40234, `The field '${name}' must be an accumulator object`);
      return [name, accumulator(entry[0], entry[1], context)];
    });
  return function* grouped(input) {
    const groups = new Map<string, { id: Value; states: Accumulator[] }>();
    for (const document of input) {
      if (!document) {
        yield undefined;
        continue;
      }
      const value = id(document, context.variables) ?? null;
      const key = encodeValueKey(value, context.collation?.key).toString('latin1');
      let found = groups.get(key);
      if (!found) {
        found = { id: value, states: fields.map(([, make]) => make()) };
        groups.set(key, found);
      }
      for (const state of found.states) state.add(document);
    }
    for (const { id: value, states } of groups.values()) {
      const result: Doc = new Map([['_id', value]]);
      for (const [at, [name]] of fields.entries()) result.set(name, states[at]?.result());
      yield result;
    }
  };
}
