import { compilePipeline, runPipeline, runPipelineEncoded } from '../aggregate/pipeline.ts';
import { type Flow, type PipelineContext, readStage } from '../aggregate/stage.ts';
import { encodeDocument } from '../bson/encode.ts';
import { isNumeric, toDouble } from '../bson/numbers.ts';
import { type Doc, doc } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { isTruthy } from '../query/predicates.ts';
import { type Call, decodedDocs, docField } from './command.ts';
import { explanation } from './explain.ts';
import { merge, out } from './merge.ts';
import { pipelineContext } from './pipeline-context.ts';
import { paceOf, sessionOf } from './read.ts';
import { type Documents, openCursor } from './reply.ts';
import { collectionStatistics, indexStatistics } from './statistics.ts';

const writers = new Set(['$out', '$merge']);
/** First stages that need no collection. */
const free = new Set(['$documents', '$currentOp', '$listLocalSessions', '$changeStream']);

function checkOrder(names: string[], isCollection: boolean): void {
  for (const [at, name] of names.entries()) {
    if (writers.has(name) && at !== names.length - 1)
      throw new CommandError(40601, `${name} can only be the final stage in the pipeline`);
    if ((name === '$documents' || reporters.has(name)) && at !== 0)
      throw new CommandError(40602, `${name} is only valid as the first stage in a pipeline`);
  }
  if (!isCollection && !free.has(names[0] ?? ''))
    throw new CommandError(
      'InvalidNamespace',
      '{aggregate: 1} is not valid for this pipeline: a collection is needed',
    );
}

/** First stages that report on the server instead of reading a collection. */
const reporters = new Set(['$collStats', '$indexStats', '$currentOp', '$listLocalSessions']);

function reports(stages: Doc[]): boolean {
  return stages.length > 0 && reporters.has(readStage(stages[0])[0]);
}

function reported(call: Call, name: string, stage: string): Doc[] {
  switch (stage) {
    case '$collStats':
      return [collectionStatistics(call, name)];
    case '$indexStats':
      return indexStatistics(call, name);
    case '$listLocalSessions': {
      const id = docField(call, 'lsid')?.get('id');
      return id === undefined ? [] : [doc({ _id: doc({ id }), lastUse: new Date() })];
    }
    default:
      return [];
  }
}

function documentsOf(call: Call, name: string, stages: Doc[], context: PipelineContext): Documents {
  if (!reports(stages)) return runPipelineEncoded(stages, call.store.get(`${call.db}.${name}`), context);
  const flow = flowOf(call, name, stages, context);
  return (function* encoded() {
    for (const entry of flow) yield entry && encodeDocument(entry);
  })();
}

function flowOf(call: Call, name: string, stages: Doc[], context: PipelineContext): Flow {
  const report = reports(stages) && reported(call, name, readStage(stages[0])[0]);
  if (!report) return runPipeline(stages, call.store.get(`${call.db}.${name}`), context);
  return compilePipeline(stages.slice(1), context)(report);
}

/** Runs a pipeline that ends with `$out` or `$merge`: others have their turn until its results are written. */
async function written(call: Call, name: string, stages: Doc[], context: PipelineContext): Promise<void> {
  const [stage, operand] = readStage(stages.at(-1));
  const pace = paceOf(call);
  const results: Doc[] = [];
  for (const document of flowOf(call, name, stages.slice(0, -1), context)) {
    if (document) results.push(document);
    if (pace.isDue) await pace.rest();
  }
  await call.writes.run(() => {
    if (stage === '$out') out(call, operand, results);
    else merge(call, operand, results, context);
  });
}

export async function aggregate(call: Call): Promise<Doc> {
  const target = call.command.get('aggregate');
  const isCollection = typeof target === 'string';
  const name = isCollection ? target : '$cmd.aggregate';
  const stages = decodedDocs(call, 'pipeline');
  const names = stages.map((stage) => readStage(stage)[0]);
  checkOrder(names, isCollection);
  if (isTruthy(call.command.get('explain'))) return explanation(call, 'queryPlanner');
  const cursor = docField(call, 'cursor');
  if (!cursor)
    throw new CommandError(
      'FailedToParse',
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  const context = pipelineContext(call, name, call.command.get('collation'));
  const size = cursor?.get('batchSize');
  const opening = {
    namespace: `${call.db}.${name}`,
    batchSize: isNumeric(size) ? toDouble(size) : undefined,
    singleBatch: false,
    noTimeout: false,
    session: sessionOf(call),
    pace: paceOf(call),
  };
  if (writers.has(names.at(-1) ?? '')) {
    await written(call, name, stages, context);
    return openCursor(call.cursors, [][Symbol.iterator](), opening);
  }
  return openCursor(call.cursors, documentsOf(call, name, stages, context), opening);
}
