import { Int32 } from 'bson';
import { encodeKey } from '../bson/key.ts';
import { isNumeric, toDouble } from '../bson/numbers.ts';
import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { compileFilter } from '../query/matcher.ts';
import { splitPath } from '../query/path.ts';
import { compileAddition, compileProjection } from '../query/projection.ts';
import { readSort, sortOrder, sortValue } from '../query/sort.ts';
import { typeAlias } from '../query/types.ts';
import { changeAt, valueAt } from '../update/paths.ts';
import { compileExpression } from './expression.ts';
import { group } from './group.ts';
import { lookup, unionWith } from './joins.ts';
import { runStageWithMingo } from './mingo.ts';
import { type Flow, filterFor, type PipelineContext, type Stage, withoutPauses } from './stage.ts';

type Compile = (operand: Value, context: PipelineContext) => Stage;

function document(name: string, operand: Value): Doc {
  if (operand instanceof Map) return operand;
  throw new CommandError(40272, `${name} specification stage must be an object, got ${typeAlias(operand)}`);
}

/** A stage that turns each document into one or none. */
function each(change: (document: Doc) => Doc | undefined): Stage {
  return function* changed(input: Flow) {
    for (const entry of input) yield entry && change(entry);
  };
}

function match(operand: Value, context: PipelineContext): Stage {
  if (!(operand instanceof Map))
    throw new CommandError(15959, 'the match filter must be an expression in an object');
  const test = compileFilter(operand, filterFor(context));
  return each((entry) => (test(entry) ? entry : undefined));
}

/** Orders all documents by their encoded keys, or by collation. */
function sort(operand: Value, context: PipelineContext): Stage {
  const keys = readSort(document('$sort', operand));
  if (keys.length === 0) throw new CommandError(15976, '$sort stage must have at least one sort key');
  const directions = keys.map(({ descending }) => descending);
  const order = context.collation?.order;
  return function* sorted(input: Flow) {
    const all: { entry: Doc; values: Value[]; key: Buffer | undefined }[] = [];
    for (const entry of input) {
      if (!entry) {
        yield undefined;
        continue;
      }
      const values = keys.map((key) => sortValue(entry, key, order));
      all.push({ entry, values, key: order ? undefined : encodeKey(values, directions) });
    }
    const byValues = sortOrder(keys, order);
    all.sort((a, b) => (a.key && b.key ? Buffer.compare(a.key, b.key) : byValues(a.values, b.values)));
    for (const { entry } of all) yield entry;
  };
}

function number(name: string, operand: Value, least: number): number {
  const value = isNumeric(operand) ? toDouble(operand) : Number.NaN;
  if (!Number.isInteger(value) || value < least)
    throw new CommandError(
      name === '$limit' ? 15958 : 15956,
      `invalid argument to ${name} stage: Expected a number of at least ${least}`,
    );
  return value;
}

function limit(operand: Value): Stage {
  const most = number('$limit', operand, 1);
  return function* limited(input: Flow) {
    let taken = 0;
    for (const entry of input) {
      yield entry;
      if (entry && ++taken >= most) return;
    }
  };
}

function skip(operand: Value): Stage {
  let left = number('$skip', operand, 0);
  return each((entry) => (left-- > 0 ? undefined : entry));
}

function expressionsOf({ variables, collation }: PipelineContext) {
  return (spec: Value) => {
    const evaluate = compileExpression(spec, collation?.order);
    return (root: Doc) => evaluate(root, variables);
  };
}

function project(operand: Value, context: PipelineContext): Stage {
  const spec = document('$project', operand);
  if (spec.size === 0)
    throw new CommandError(
      51272,
      'Invalid $project :: caused by :: projection specification must have at least one field',
    );
  return each(compileProjection(spec, { aggregation: true, expression: expressionsOf(context) }));
}

function addFields(operand: Value, context: PipelineContext): Stage {
  return each(compileAddition(document('$addFields', operand), expressionsOf(context)));
}

function unset(operand: Value): Stage {
  const paths = Array.isArray(operand) ? operand : [operand];
  if (paths.length === 0 || paths.some((path) => typeof path !== 'string'))
    throw new CommandError(
      31002,
      '$unset specification must be a string or an array with at least one field',
    );
  return each(
    compileProjection(new Map(paths.map((path) => [path as string, new Int32(0)])), { aggregation: true }),
  );
}

function unwind(operand: Value): Stage {
  const spec: Doc = operand instanceof Map ? operand : new Map([['path', operand]]);
  const path = spec.get('path');
  if (typeof path !== 'string' || !path.startsWith('$'))
    throw new CommandError(
      28818,
      `path option to $unwind stage should be prefixed with a '$': ${String(path)}`,
    );
  const parts = splitPath(path.slice(1));
  const keeps = spec.get('preserveNullAndEmptyArrays') === true;
  const position = spec.get('includeArrayIndex');
  const placed = (entry: Doc, at: number | null) => {
    if (typeof position === 'string')
      changeAt(entry, splitPath(position), () => (at === null ? null : BigInt(at)));
    return entry;
  };
  return function* unwound(input: Flow) {
    for (const entry of input) {
      const value = entry && valueAt(entry, parts);
      if (!entry) yield undefined;
      else if (Array.isArray(value) && value.length > 0) {
        for (const [at, element] of value.entries()) {
          const copy = copyAlong(entry, parts);
          changeAt(copy, parts, () => element);
          yield placed(copy, at);
        }
      } else if (Array.isArray(value)) {
        if (keeps) yield placed(without(entry, parts), null);
      } else if (value === undefined || value === null) {
        if (keeps) yield placed(new Map(entry), null);
      } else yield placed(new Map(entry), null);
    }
  };
}

/** A copy of a document whose inner documents along a path are copies too. */
function copyAlong(entry: Doc, parts: string[]): Doc {
  const copy = new Map(entry);
  const [first, ...rest] = parts;
  const inner = first === undefined ? undefined : copy.get(first);
  if (first !== undefined && rest.length > 0 && inner instanceof Map) copy.set(first, copyAlong(inner, rest));
  return copy;
}

function without(entry: Doc, parts: string[]): Doc {
  const copy = copyAlong(entry, parts);
  const parent = valueAt(copy, parts.slice(0, -1));
  if (parent instanceof Map) parent.delete(parts.at(-1) as string);
  return copy;
}

function replaceRoot(operand: Value, context: PipelineContext, name: string): Stage {
  const evaluate = expressionsOf(context)(operand);
  return each((entry) => {
    const result = evaluate(entry);
    if (result instanceof Map) return result;
    throw new CommandError(
      40228,
      `'${name}' expression must evaluate to an object, but resulting value was of type: ${typeAlias(result)}`,
    );
  });
}

function count(operand: Value): Stage {
  if (typeof operand !== 'string' || operand === '' || operand.startsWith('$') || operand.includes('.'))
    throw new CommandError(40156, 'the count field must be a non-empty string without "$" or "."');
  return function* counted(input: Flow) {
    let n = 0;
    for (const entry of input) {
      if (entry) n++;
      else yield undefined;
    }
    if (n > 0) yield new Map([[operand, new Int32(n)]]);
  };
}

function sortByCount(operand: Value, context: PipelineContext): Stage {
  const grouping = group(
    new Map<string, Value>([
      ['_id', operand],
      ['count', new Map([['$sum', new Int32(1)]])],
    ]),
    context,
  );
  const sorting = sort(new Map([['count', new Int32(-1)]]), { ...context, collation: undefined });
  return (input) => sorting(grouping(input));
}

function facet(operand: Value, context: PipelineContext): Stage {
  const branches = [...document('$facet', operand)].map(([name, pipeline]): [string, Stage] => {
    for (const stage of Array.isArray(pipeline) ? pipeline : [])
      for (const inner of stage instanceof Map ? stage.keys() : [])
        if (['$out', '$merge', '$facet', '$collStats', '$indexStats'].includes(inner))
          throw new CommandError(
            'FacetPipelineStage',
            `${inner} is not allowed to be used within a $facet stage`,
          );
    return [name, context.compile(pipeline, context)];
  });
  return function* faceted(input: Flow) {
    const all: Doc[] = [];
    for (const entry of input) {
      if (entry) all.push(entry);
      else yield undefined;
    }
    const result: Doc = new Map();
    for (const [name, stage] of branches) result.set(name, [...withoutPauses(stage(all))]);
    yield result;
  };
}

function sample(operand: Value): Stage {
  const size = number('$sample', document('$sample', operand).get('size'), 1);
  return function* sampled(input: Flow) {
    const kept: Doc[] = [];
    let seen = 0;
    for (const entry of input) {
      if (!entry) {
        yield undefined;
        continue;
      }
      seen++;
      if (kept.length < size) kept.push(entry);
      else {
        const at = Math.floor(Math.random() * seen);
        if (at < size) kept[at] = entry;
      }
    }
    yield* kept;
  };
}

function documents(operand: Value, context: PipelineContext): Stage {
  const value = expressionsOf(context)(operand)(new Map());
  if (!Array.isArray(value)) throw new CommandError(5858203, 'an array is expected for $documents');
  return () => value.filter((entry) => entry instanceof Map);
}

/** A stage that mingo runs on all documents at once. */
function byMingo(name: string): Compile {
  return (operand, context) =>
    function* run(input: Flow) {
      const all: Doc[] = [];
      for (const entry of input) {
        if (entry) all.push(entry);
        else yield undefined;
      }
      yield* runStageWithMingo(new Map([[name, operand]]), all, context.variables, (other) =>
        withoutPauses(context.run([], context.collection(other), context)),
      );
    };
}

/** Every stage by its name, but those that write. */
export const stages: Record<string, Compile> = {
  $match: match,
  $sort: sort,
  $limit: limit,
  $skip: skip,
  $project: project,
  $addFields: addFields,
  $set: addFields,
  $unset: unset,
  $unwind: unwind,
  $replaceRoot: (operand, context) =>
    replaceRoot(document('$replaceRoot', operand).get('newRoot'), context, 'newRoot'),
  $replaceWith: (operand, context) => replaceRoot(operand, context, 'newRoot'),
  $group: group,
  $count: count,
  $sortByCount: sortByCount,
  $facet: facet,
  $lookup: lookup,
  $unionWith: unionWith,
  $sample: sample,
  $documents: documents,
  $redact: byMingo('$redact'),
  $graphLookup: byMingo('$graphLookup'),
  $bucket: byMingo('$bucket'),
  $bucketAuto: byMingo('$bucketAuto'),
  $setWindowFields: byMingo('$setWindowFields'),
  $densify: byMingo('$densify'),
  $fill: byMingo('$fill'),
};
