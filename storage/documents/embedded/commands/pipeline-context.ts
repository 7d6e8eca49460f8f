import { compilePipeline, runPipeline } from '../aggregate/pipeline.ts';
import type { PipelineContext } from '../aggregate/stage.ts';
import type { Value } from '../bson/values.ts';
import type { Call } from './command.ts';
import { collationFor, letVariables } from './read.ts';

/** What the stages of a command may use. */
export function pipelineContext(call: Call, name: string, collation: Value): PipelineContext {
  return {
    collation: collationFor(call, collation, name),
    variables: letVariables(call),
    hint: call.command.get('hint'),
    collection: (other) => call.store.get(`${call.db}.${other}`),
    compile: compilePipeline,
    run: runPipeline,
  };
}
