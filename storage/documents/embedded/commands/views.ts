import { Int32 } from 'bson';
import { decodeDocument } from '../bson/decode.ts';
import { type Doc, doc, RawDocument, type Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { aggregate } from './aggregate.ts';
import type { Call, Command } from './command.ts';
import { ok } from './reply.ts';

/** What a view reads: a collection, through a pipeline. */
interface View {
  source: string;
  pipeline: Value[];
}

const deepest = 20;

/** The view of a name, down to its collection; undefined when the name is no view's. */
function viewOf(call: Call, name: Value): View | undefined {
  let found: View | undefined;
  let next = name;
  for (let depth = 0; typeof next === 'string'; depth++) {
    if (depth > deepest)
      throw new CommandError(165, `View depth limit exceeded; maximum depth is ${deepest}`);
    const options: Doc | undefined = call.store.get(`${call.db}.${next}`)?.options;
    const source: Value = options?.get('viewOn');
    if (typeof source !== 'string') return found;
    const pipeline = options?.get('pipeline');
    found = { source, pipeline: [...(Array.isArray(pipeline) ? pipeline : []), ...(found?.pipeline ?? [])] };
    next = source;
  }
  return found;
}

/** The same question as a pipeline over the view's collection. */
function inView(call: Call, { source, pipeline }: View, stages: Value[], cursor: Doc): Call {
  const command: Doc = new Map([['aggregate', source as Value]]);
  for (const [field, value] of call.command)
    if (['$db', 'lsid', 'let', 'collation', 'maxTimeMS', 'explain'].includes(field))
      command.set(field, value);
  command.set('pipeline', [...pipeline, ...stages]);
  command.set('cursor', cursor);
  return { ...call, name: 'aggregate', command };
}

function stage(name: string, operand: Value): Doc[] {
  const isThere = operand !== undefined && !(operand instanceof Map && operand.size === 0);
  return isThere ? [new Map([[name, operand]])] : [];
}

function someOf(call: Call, ...fields: [string, string][]): Doc[] {
  return fields.flatMap(([name, field]) => {
    const value = call.command.get(field);
    const isZero = value instanceof Int32 ? value.value === 0 : value === 0 || value === 0n;
    return isZero ? [] : stage(name, value);
  });
}

async function allOf(call: Call): Promise<Doc[]> {
  const reply = await aggregate(call);
  const cursor = reply.get('cursor');
  const batch = cursor instanceof Map ? cursor.get('firstBatch') : [];
  return (Array.isArray(batch) ? batch : []).flatMap((entry) =>
    entry instanceof RawDocument ? [decodeDocument(Buffer.from(entry.bytes))] : [],
  );
}

/** `find` that also reads views. */
export function overViews(find: Command): Command {
  return (call) => {
    const view = viewOf(call, call.command.get('find'));
    if (!view) return find(call);
    const stages = someOf(
      call,
      ['$match', 'filter'],
      ['$sort', 'sort'],
      ['$skip', 'skip'],
      ['$limit', 'limit'],
      ['$project', 'projection'],
    );
    const size = call.command.get('batchSize');
    return aggregate(inView(call, view, stages, size === undefined ? new Map() : doc({ batchSize: size })));
  };
}

/** `aggregate` that also reads views. */
export const aggregateOverViews: Command = (call) => {
  const view = viewOf(call, call.command.get('aggregate'));
  const pipeline = call.command.get('pipeline');
  const cursor = call.command.get('cursor');
  if (!view || !Array.isArray(pipeline)) return aggregate(call);
  return aggregate(inView(call, view, pipeline, cursor instanceof Map ? cursor : new Map()));
};

/** `count` that also counts in views. */
export function countOverViews(count: Command): Command {
  return async (call) => {
    const view = viewOf(call, call.command.get('count'));
    if (!view) return count(call);
    const stages = [
      ...someOf(call, ['$match', 'query'], ['$skip', 'skip'], ['$limit', 'limit']),
      new Map([['$count', 'n']]),
    ];
    const [counted] = await allOf(inView(call, view, stages, new Map()));
    return ok({ n: counted?.get('n') ?? new Int32(0) });
  };
}

/** A command that has no meaning for a view. */
export function notOnViews(command: Command): Command {
  return (call) => {
    if (viewOf(call, call.command.get(call.name)))
      throw new CommandError(
        'CommandNotSupportedOnView',
        `Namespace ${call.db}.${String(call.command.get(call.name))} is a view, not a collection`,
      );
    return command(call);
  };
}
