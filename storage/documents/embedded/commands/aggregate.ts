import { runStages } from '../aggregate/mingo.ts';
import { decodeDocument } from '../bson/decode.ts';
import { encodeDocument } from '../bson/encode.ts';
import { isNumeric, toDouble } from '../bson/numbers.ts';
import type { Doc } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { access } from '../planner/access.ts';
import { compileFilter } from '../query/matcher.ts';
import { readSort } from '../query/sort.ts';
import { type Call, decodedDocs, docField } from './command.ts';
import { collationFor, filterContext, letVariables, sessionOf } from './read.ts';
import { openCursor } from './reply.ts';

function stageName(stage: Doc): string {
  const [name] = stage.keys();
  if (stage.size !== 1 || name === undefined)
    throw new CommandError(40323, 'A pipeline stage specification object must contain exactly one field.');
  return name;
}

export function aggregate(call: Call): Doc {
  const target = call.command.get('aggregate');
  const name = typeof target === 'string' ? target : '$cmd.aggregate';
  const stages = decodedDocs(call, 'pipeline');
  const names = stages.map(stageName);
  const cursor = docField(call, 'cursor');
  const collation = collationFor(call, call.command.get('collation'), name);
  const variables = letVariables(call);
  let filter: Doc = new Map();
  let sort: Doc = new Map();
  let skip = 0;
  let limit = 0;
  const rest = [...stages];
  const lead = (wanted: string) =>
    names[stages.length - rest.length] === wanted ? rest.shift()?.get(wanted) : undefined;
  const match = lead('$match');
  if (match instanceof Map) filter = match;
  const order = lead('$sort');
  if (order instanceof Map) sort = order;
  const skipped = lead('$skip');
  if (isNumeric(skipped)) skip = toDouble(skipped);
  const limited = lead('$limit');
  if (isNumeric(limited)) limit = toDouble(limited);
  const rows = access(call.store.get(`${call.db}.${name}`), {
    filter,
    test: compileFilter(filter, filterContext(call, collation)),
    sort: readSort(sort),
    collation,
    skip,
    limit,
  });
  function* documents(): Generator<Buffer> {
    if (rest.length === 0) for (const { bytes } of rows) yield bytes;
    else {
      const decoded = [...rows].map(({ bytes }) => decodeDocument(bytes));
      for (const result of runStages(rest, decoded, variables)) yield encodeDocument(result);
    }
  }
  const batchSize = cursor?.get('batchSize');
  return openCursor(call.cursors, documents(), {
    namespace: `${call.db}.${name}`,
    batchSize: isNumeric(batchSize) ? toDouble(batchSize) : undefined,
    singleBatch: false,
    noTimeout: false,
    session: sessionOf(call),
  });
}
