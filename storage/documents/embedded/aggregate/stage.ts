import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import type { Collation } from '../query/collation.ts';
import type { FilterContext } from '../query/predicates.ts';
import type { Collection } from '../store/collection.ts';
import { type Bindings, compileExpression } from './expression.ts';

/** Documents on their way through a pipeline; `undefined` where others may have their turn. */
export type Flow = Iterable<Doc | undefined>;
export type Stage = (input: Flow) => Flow;

/** What stages may use besides their input. */
export interface PipelineContext {
  collation: Collation | undefined;
  variables: Bindings;
  hint: Value;
  /** Another collection of the same database. */
  collection(name: string): Collection | undefined;
  /** Compiles an inner pipeline. */
  compile(pipeline: Value, context: PipelineContext): Stage;
  /** Runs an inner pipeline over a collection. */
  run(pipeline: Value[], collection: Collection | undefined, context: PipelineContext): Flow;
}

/** The name and operand of a stage. @throws CommandError 40323 when it is not one */
export function readStage(stage: Value): [string, Value] {
  const entry = stage instanceof Map && stage.size === 1 ? stage.entries().next().value : undefined;
  if (!entry)
    throw new CommandError(40323, 'A pipeline stage specification object must contain exactly one field.');
  return entry;
}

/** What filters within a pipeline may use. */
export function filterFor({ collation, variables }: PipelineContext): FilterContext {
  return {
    order: collation?.order,
    expression: (spec) => {
      const evaluate = compileExpression(spec, collation?.order);
      return (document) => evaluate(document, variables);
    },
  };
}

/** The documents of a flow, without pauses. */
export function* withoutPauses(flow: Flow): Generator<Doc> {
  for (const document of flow) if (document) yield document;
}
