import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { isTruthy } from '../query/predicates.ts';
import { assertNamespace, type Call, collectionName, flagField } from './command.ts';
import { ok } from './reply.ts';

/** `collMod`: changes an index's expiry or hiding, or a collection's validator. */
export function collMod(call: Call): Promise<Doc> {
  const namespace = `${call.db}.${collectionName(call)}`;
  const change = call.command.get('index');
  return call.writes.run(() => {
    const collection = call.store.get(namespace);
    if (!collection) throw new CommandError('NamespaceNotFound', `ns does not exist: ${namespace}`);
    const reply: [string, Value][] = [];
    if (change instanceof Map) {
      const index = collection.indexes.find(
        ({ name, spec }) => name === change.get('name') || spec.get('key') === change.get('keyPattern'),
      );
      if (!index) throw new CommandError('IndexNotFound', `cannot find index for ns ${namespace}`);
      const spec: Doc = new Map(index.spec);
      for (const field of ['expireAfterSeconds', 'hidden']) {
        if (!change.has(field)) continue;
        reply.push([`${field}_old`, spec.get(field) ?? null], [`${field}_new`, change.get(field)]);
        if (field === 'hidden' && !isTruthy(change.get(field))) spec.delete(field);
        else spec.set(field, change.get(field));
      }
      call.store.changeIndex(collection, index, spec);
    }
    const options: Doc = new Map(collection.options);
    let changed = false;
    for (const field of ['validator', 'validationLevel', 'validationAction'])
      if (call.command.has(field)) {
        options.set(field, call.command.get(field));
        changed = true;
      }
    if (changed) call.store.changeOptions(collection, options);
    return ok(Object.fromEntries(reply));
  });
}

function split(value: Value): { db: string; name: string } {
  if (typeof value !== 'string' || !value.includes('.'))
    throw new CommandError('InvalidNamespace', `Invalid namespace specified '${String(value)}'`);
  const dot = value.indexOf('.');
  const target = { db: value.slice(0, dot), name: value.slice(dot + 1) };
  assertNamespace(target.db, target.name);
  return target;
}

export function renameCollection(call: Call): Promise<Doc> {
  if (call.db !== 'admin')
    throw new CommandError('Unauthorized', 'renameCollection may only be run against the admin database.');
  const from = split(call.command.get(call.name));
  const to = split(call.command.get('to'));
  return call.writes.run(() => {
    const source = call.store.get(`${from.db}.${from.name}`);
    if (!source)
      throw new CommandError('NamespaceNotFound', `Source collection ${from.db}.${from.name} does not exist`);
    if (source.namespace === `${to.db}.${to.name}`)
      throw new CommandError('IllegalOperation', "Can't rename a collection to itself");
    const target = call.store.get(`${to.db}.${to.name}`);
    if (target && !flagField(call, 'dropTarget'))
      throw new CommandError('NamespaceExists', 'target namespace exists');
    if (target) call.store.drop(target);
    call.store.rename(source, to.db, to.name);
    call.cursors.closeOf(source.namespace);
    return ok();
  });
}
