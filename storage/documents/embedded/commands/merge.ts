import { Int32 } from 'bson';
import { compileExpression } from '../aggregate/expression.ts';
import { type PipelineContext, withoutPauses } from '../aggregate/stage.ts';
import { equalValues } from '../bson/compare.ts';
import { decodeDocument } from '../bson/decode.ts';
import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { accessAtOnce } from '../planner/access.ts';
import { compileFilter } from '../query/matcher.ts';
import { plainValueAt, splitPath } from '../query/path.ts';
import type { Collection } from '../store/collection.ts';
import { assertNamespace, type Call } from './command.ts';
import { insertDocument, replaceDocument } from './stored.ts';

interface Target {
  db: string;
  name: string;
}

function targetOf(call: Call, stage: string, into: Value): Target {
  const target =
    typeof into === 'string'
      ? { db: call.db, name: into }
      : into instanceof Map && typeof into.get('coll') === 'string'
        ? { db: String(into.get('db') ?? call.db), name: into.get('coll') as string }
        : undefined;
  if (!target)
    throw new CommandError(51178, `${stage} only supports a string or object with a collection name`);
  assertNamespace(target.db, target.name);
  return target;
}

/** `$out`: the results take the place of a whole collection, whose indexes stay. */
export function out(call: Call, operand: Value, results: Doc[]): void {
  const { db, name } = targetOf(call, '$out', operand);
  const old = call.store.get(`${db}.${name}`);
  const specs = old?.indexes.slice(1).map(({ spec }) => spec) ?? [];
  const options = old?.options ?? new Map();
  if (old) call.store.drop(old);
  const collection = call.store.create(db, name, options);
  for (const spec of specs) call.store.addIndex(collection, spec);
  for (const result of results) insertDocument(collection, result);
}

/** The stored document that a result of `$merge` is about. */
function counterpart(collection: Collection, result: Doc, on: string[]) {
  const filter: Doc = new Map(
    on.map((path) => [path, new Map([['$eq', plainValueAt(result, splitPath(path)) ?? null]])]),
  );
  const [row] = accessAtOnce(collection, {
    filter,
    test: compileFilter(filter),
    sort: [],
    collation: undefined,
    hint: undefined,
    skip: 0,
    limit: 1,
  });
  return row;
}

function matchedBy(operand: Doc, context: PipelineContext): (old: Doc, result: Doc) => Doc {
  const when = operand.get('whenMatched') ?? 'merge';
  if (Array.isArray(when)) {
    const bindings = operand.get('let');
    const variables =
      bindings instanceof Map
        ? [...bindings].map(([name, spec]) => ({ name, evaluate: compileExpression(spec) }))
        : [];
    return (old, result) => {
      const inner = new Map<string, Value>([...context.variables, ['new', result]]);
      for (const { name, evaluate } of variables) inner.set(name, evaluate(result, context.variables));
      const [changed] = withoutPauses(context.compile(when, { ...context, variables: inner })([old]));
      return changed ?? old;
    };
  }
  switch (when) {
    case 'merge':
      return (old, result) => new Map([...old, ...result]);
    case 'replace':
      return (_old, result) => result;
    case 'keepExisting':
    case 'fail':
      return (old) => old;
  }
  throw new CommandError(
    'BadValue',
    `Enumeration value '${String(when)}' for field 'whenMatched' is not a valid value.`,
  );
}

/** `$merge`: each result changes its counterpart, or is inserted. */
export function merge(call: Call, operand: Value, results: Doc[], context: PipelineContext): void {
  const spec: Doc = operand instanceof Map ? operand : new Map([['into', operand]]);
  const { db, name } = targetOf(call, '$merge', spec.get('into'));
  const fields = spec.get('on') ?? '_id';
  const on = (Array.isArray(fields) ? fields : [fields]).map(String);
  const absent = spec.get('whenNotMatched') ?? 'insert';
  const change = matchedBy(spec, context);
  const collection = call.store.ensure(db, name);
  const keys: Doc = new Map(on.map((path) => [path, new Int32(1)]));
  const unique = collection.indexes.some(
    (index) =>
      index.unique && index.paths.length === on.length && on.every((path) => index.paths.includes(path)),
  );
  if (!unique)
    throw new CommandError(
      51183,
      `Cannot find index to verify that join fields will be unique: ${[...keys.keys()].join(', ')}`,
    );
  for (const result of results) {
    const row = counterpart(collection, result, on);
    if (row && spec.get('whenMatched') === 'fail') insertDocument(collection, result);
    else if (row) {
      const changed = change(decodeDocument(row.bytes), result);
      if (!equalValues(changed, decodeDocument(row.bytes))) replaceDocument(collection, row, changed);
    } else if (absent === 'insert') insertDocument(collection, result);
    else if (absent === 'fail')
      throw new CommandError(
        13113,
        '$merge could not find a matching document in the target collection for at least one document in the source collection',
      );
  }
}
