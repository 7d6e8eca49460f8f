import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { splitPath, valuesAt } from '../query/path.ts';
import { changeAt } from '../update/paths.ts';
import { compileExpression, followPath } from './expression.ts';
import { type Flow, type PipelineContext, type Stage, withoutPauses } from './stage.ts';

/** The documents whose `foreignField` equals, or contains, what the local field has. */
function equalityMatch(entry: Doc, localField: string, foreignField: string): Doc {
  const value = followPath(entry, splitPath(localField));
  const wanted = Array.isArray(value) ? valuesAt(entry, splitPath(localField)) : [value ?? null];
  const [only] = wanted;
  const condition: Value = wanted.length === 1 ? new Map([['$eq', only]]) : new Map([['$in', wanted]]);
  return new Map([['$match', new Map([[foreignField, condition]])]]);
}

/** `$lookup`, with fields, with a pipeline, or with both. */
export function lookup(operand: Value, context: PipelineContext): Stage {
  if (!(operand instanceof Map))
    throw new CommandError('FailedToParse', 'the $lookup specification must be an Object');
  const from = operand.get('from');
  const as = operand.get('as');
  const localField = operand.get('localField');
  const foreignField = operand.get('foreignField');
  const pipeline = operand.get('pipeline');
  if (typeof as !== 'string')
    throw new CommandError('FailedToParse', "must specify 'as' field for a $lookup");
  if (from !== undefined && typeof from !== 'string')
    throw new CommandError('FailedToParse', "$lookup argument 'from' must be a string");
  const byFields = typeof localField === 'string' && typeof foreignField === 'string';
  if (!byFields && !Array.isArray(pipeline))
    throw new CommandError('FailedToParse', '$lookup requires localField and foreignField, or a pipeline');
  const bindings = operand.get('let');
  const variables =
    bindings instanceof Map
      ? [...bindings].map(([name, spec]) => ({
          name,
          evaluate: compileExpression(spec, context.collation?.order),
        }))
      : [];
  const parts = splitPath(as);
  return function* joined(input: Flow) {
    for (const entry of input) {
      if (!entry) {
        yield undefined;
        continue;
      }
      const inner = new Map(context.variables);
      for (const { name, evaluate } of variables) inner.set(name, evaluate(entry, context.variables));
      const stages = [
        ...(byFields ? [equalityMatch(entry, localField, foreignField)] : []),
        ...(Array.isArray(pipeline) ? pipeline : []),
      ];
      const found = context.run(stages, from === undefined ? undefined : context.collection(from), {
        ...context,
        variables: inner,
        hint: undefined,
      });
      const result = new Map(entry);
      changeAt(result, parts, () => [...withoutPauses(found)]);
      yield result;
      yield undefined;
    }
  };
}

/** `$unionWith`: the documents of another collection, or of its pipeline, after those that came. */
export function unionWith(operand: Value, context: PipelineContext): Stage {
  const spec: Doc = operand instanceof Map ? operand : new Map([['coll', operand]]);
  const name = spec.get('coll');
  const pipeline = spec.get('pipeline');
  if (name !== undefined && typeof name !== 'string')
    throw new CommandError(
      'TypeMismatch',
      "BSON field '$unionWith.coll' is the wrong type, expected type 'string'",
    );
  return function* united(input: Flow) {
    yield* input;
    yield* context.run(
      Array.isArray(pipeline) ? pipeline : [],
      name === undefined ? undefined : context.collection(name),
      { ...context, hint: undefined },
    );
  };
}
