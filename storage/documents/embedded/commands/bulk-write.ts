import { Int32 } from 'bson';
import { encodeDocument } from '../bson/encode.ts';
import { type Doc, doc, type Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { isTruthy } from '../query/predicates.ts';
import { runDelete, runUpdate } from './change.ts';
import { assertNamespace, type Call, decodedDocs, docField, flagField } from './command.ts';
import { paceOf, sessionOf } from './read.ts';
import { openCursor } from './reply.ts';
import { insertDocument } from './stored.ts';
import { writeError } from './write.ts';

interface Totals {
  inserted: number;
  matched: number;
  modified: number;
  upserted: number;
  deleted: number;
  errors: number;
}

function namespaceOf(namespaces: Doc[], at: Value): { db: string; name: string } {
  const entry = namespaces[at instanceof Int32 ? at.value : Number(at)];
  const text = entry?.get('ns');
  if (typeof text !== 'string' || !text.includes('.'))
    throw new CommandError('InvalidNamespace', `Invalid namespace in nsInfo: ${String(text)}`);
  const dot = text.indexOf('.');
  const [db, name] = [text.slice(0, dot), text.slice(dot + 1)];
  assertNamespace(db, name);
  return { db, name };
}

function required(operation: Doc, field: string): Doc {
  const value = operation.get(field);
  if (value instanceof Map) return value;
  throw new CommandError(
    'MissingField',
    `BSON field 'bulkWrite.ops.${field}' is missing but a required field`,
  );
}

function runOne(call: Call, operation: Doc, namespaces: Doc[], totals: Totals): Doc {
  const [kind = ''] = operation.keys();
  const { db, name } = namespaceOf(namespaces, operation.get(kind));
  const there: Call = { ...call, db };
  const hint = operation.get('hint');
  const collation = operation.get('collation');
  const sort = operation.get('sort');
  if (kind === 'insert') {
    insertDocument(
      call.store.ensure(db, name),
      required(operation, 'document'),
      flagField(call, 'bypassDocumentValidation'),
    );
    totals.inserted++;
    return doc({ n: new Int32(1) });
  }
  if (kind === 'delete') {
    const { n } = runDelete(there, name, {
      filter: required(operation, 'filter'),
      limit: isTruthy(operation.get('multi')) ? 0 : 1,
      sort: undefined,
      collation,
      hint,
    });
    totals.deleted += n;
    return doc({ n: new Int32(n) });
  }
  if (kind !== 'update') throw new CommandError('FailedToParse', `Unrecognized bulkWrite operation: ${kind}`);
  const outcome = runUpdate(there, name, {
    filter: required(operation, 'filter'),
    update: operation.get('updateMods'),
    multi: isTruthy(operation.get('multi')),
    upsert: isTruthy(operation.get('upsert')),
    sort: sort instanceof Map ? sort : undefined,
    collation,
    arrayFilters: operation.get('arrayFilters'),
    hint,
  });
  const upserted = outcome.upserted !== undefined;
  totals.matched += outcome.matched;
  totals.modified += outcome.modified;
  if (upserted) totals.upserted++;
  const reply = doc({
    n: new Int32(outcome.matched + (upserted ? 1 : 0)),
    nModified: new Int32(outcome.modified),
  });
  if (upserted) reply.set('upserted', doc({ _id: outcome.upserted }));
  return reply;
}

/** Writes to several collections with one command, as clients of MongoDB 8 send it. */
export async function bulkWrite(call: Call): Promise<Doc> {
  if (call.db !== 'admin')
    throw new CommandError('Unauthorized', 'bulkWrite may only be run against the admin database.');
  const operations = decodedDocs(call, 'ops');
  const namespaces = decodedDocs(call, 'nsInfo');
  const ordered = call.command.get('ordered') === undefined || flagField(call, 'ordered');
  const errorsOnly = flagField(call, 'errorsOnly');
  if (operations.length === 0 || operations.length > 100_000)
    throw new CommandError(
      'InvalidLength',
      `Write batch sizes must be between 1 and 100000. Got ${operations.length} operations.`,
    );
  const size = docField(call, 'cursor')?.get('batchSize');
  const { totals, results } = await call.writes.run(() => {
    const sums: Totals = { inserted: 0, matched: 0, modified: 0, upserted: 0, deleted: 0, errors: 0 };
    const outcomes: Doc[] = [];
    for (const [index, operation] of operations.entries()) {
      try {
        const outcome = runOne(call, operation, namespaces, sums);
        if (!errorsOnly) outcomes.push(doc({ ok: 1, idx: new Int32(index), ...Object.fromEntries(outcome) }));
      } catch (error) {
        const failure = writeError(index, error);
        sums.errors++;
        failure.delete('index');
        outcomes.push(doc({ ok: 0, idx: new Int32(index), n: new Int32(0), ...Object.fromEntries(failure) }));
        if (ordered) break;
      }
    }
    return { totals: sums, results: outcomes };
  });
  const reply = await openCursor(
    call.cursors,
    results.map((result) => encodeDocument(result))[Symbol.iterator](),
    {
      namespace: 'admin.$cmd.bulkWrite',
      batchSize: size instanceof Int32 ? size.value : undefined,
      singleBatch: false,
      noTimeout: false,
      session: sessionOf(call),
      pace: paceOf(call),
    },
  );
  for (const [field, value] of [
    ['nErrors', totals.errors],
    ['nInserted', totals.inserted],
    ['nMatched', totals.matched],
    ['nModified', totals.modified],
    ['nUpserted', totals.upserted],
    ['nDeleted', totals.deleted],
  ] as const)
    reply.set(field, new Int32(value));
  return reply;
}
