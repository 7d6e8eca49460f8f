import { decodeDocument, decodeFields } from '../bson/decode.ts';
import { encodeDocument } from '../bson/encode.ts';
import { isNumeric, toDouble } from '../bson/numbers.ts';
import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { access, type Step, type Wanted } from '../planner/access.ts';
import { compileFilter } from '../query/matcher.ts';
import { readSort } from '../query/sort.ts';
import type { Collection } from '../store/collection.ts';
import { fieldsOfStages } from './needed-fields.ts';
import { type Flow, filterFor, type PipelineContext, readStage, type Stage } from './stage.ts';
import { stages } from './stages.ts';

const refused: Record<string, () => CommandError> = {
  $changeStream: () =>
    new CommandError('ChangeStreamNotAllowed', 'The $changeStream stage is only supported on replica sets'),
  $changeStreamSplitLargeEvent: () =>
    new CommandError('ChangeStreamNotAllowed', 'The $changeStream stage is only supported on replica sets'),
  $geoNear: () => new CommandError('NotImplemented', '$geoNear is not supported by the embedded engine'),
  $search: () => new CommandError(31082, '$search is not supported by the embedded engine'),
  $searchMeta: () => new CommandError(31082, '$searchMeta is not supported by the embedded engine'),
  $vectorSearch: () => new CommandError(31082, '$vectorSearch is not supported by the embedded engine'),
};

/** Compiles one stage. @throws CommandError UnrecognizedPipelineStage */
export function compileStage(stage: Value, context: PipelineContext): Stage {
  const [name, operand] = readStage(stage);
  const known = Object.hasOwn(stages, name) ? stages[name] : undefined;
  if (known) return known(operand, context);
  const refusal = Object.hasOwn(refused, name) ? refused[name] : undefined;
  if (refusal) throw refusal();
  throw new CommandError('UnrecognizedPipelineStage', `Unrecognized pipeline stage name: '${name}'`);
}

/** Compiles stages into one. */
export function compilePipeline(pipeline: Value, context: PipelineContext): Stage {
  if (!Array.isArray(pipeline))
    throw new CommandError('TypeMismatch', 'A pipeline must be an array of objects');
  const all = pipeline.map((stage) => compileStage(stage, context));
  return (input) => all.reduce((flow, stage) => stage(flow), input);
}

function count(name: string, operand: Value): number {
  if (!isNumeric(operand))
    throw new CommandError(
      name === '$limit' ? 15957 : 15972,
      `invalid argument to ${name} stage: Expected a number`,
    );
  const value = toDouble(operand);
  if (!Number.isInteger(value) || value < 0 || (name === '$limit' && value === 0))
    throw new CommandError(
      name === '$limit' ? 15958 : 15956,
      name === '$limit'
        ? 'the limit must be positive'
        : `invalid argument to $skip stage: Expected a non-negative number`,
    );
  return value;
}

/** What the first stages ask of the collection, and the stages that are left. */
export function splitPipeline(
  pipeline: Value[],
  context: PipelineContext,
): { wanted: Wanted; rest: Value[] } {
  const filters: Doc[] = [];
  let sort: Doc = new Map();
  let skip = 0;
  let limit = 0;
  let at = 0;
  for (; at < pipeline.length; at++) {
    const [name, operand] = readStage(pipeline[at]);
    const positioned = skip > 0 || limit > 0;
    if (name === '$match' && operand instanceof Map && !positioned && sort.size === 0) filters.push(operand);
    else if (name === '$sort' && operand instanceof Map && !positioned && sort.size === 0) sort = operand;
    else if (name === '$skip' && !positioned) skip = count(name, operand);
    else if (name === '$limit') {
      const most = count(name, operand);
      limit = limit === 0 ? most : Math.min(limit, most);
    } else break;
  }
  const filter: Doc =
    filters.length === 1 ? (filters[0] as Doc) : new Map(filters.length === 0 ? [] : [['$and', filters]]);
  return {
    wanted: {
      filter,
      test: compileFilter(filter, filterFor(context)),
      sort: readSort(sort),
      collation: context.collation,
      hint: context.hint,
      skip,
      limit,
    },
    rest: pipeline.slice(at),
  };
}

/** Decodes documents for stages, as far as these look at them. */
function* decoded(steps: Iterable<Step>, rest: Value[]): Generator<Doc | undefined> {
  const fields = fieldsOfStages(rest);
  for (const step of steps)
    yield step && (fields ? decodeFields(step.bytes, fields) : decodeDocument(step.bytes));
}

/** The documents that a pipeline gives for a collection; reads through indexes where its first stages allow. */
export function runPipeline(
  pipeline: Value[],
  collection: Collection | undefined,
  context: PipelineContext,
): Flow {
  const { wanted, rest } = splitPipeline(pipeline, context);
  const through = compilePipeline(rest, context);
  return through(decoded(access(collection, wanted), rest));
}

/** The same, encoded; documents that no stage changes keep their bytes. */
export function* runPipelineEncoded(
  pipeline: Value[],
  collection: Collection | undefined,
  context: PipelineContext,
): Generator<Buffer | undefined> {
  const { wanted, rest } = splitPipeline(pipeline, context);
  if (rest.length === 0) {
    for (const step of access(collection, wanted)) yield step?.bytes;
    return;
  }
  for (const document of compilePipeline(rest, context)(decoded(access(collection, wanted), rest)))
    yield document && encodeDocument(document);
}
