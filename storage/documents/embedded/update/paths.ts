import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { positionOf } from '../query/path.ts';
import { typeAlias } from '../query/types.ts';

/** What the positional parts of an update's paths stand for. */
export interface Positions {
  /** The array position that the filter matched first, for `$`. */
  matched: number | undefined;
  /** Tests for `$[name]`. */
  filters: ReadonlyMap<string, (element: Value) => boolean>;
}

const longestPadding = 1_500_000;

/** The paths that a path with `$`, `$[]` and `$[name]` stands for in a document. */
export function resolvePositions(doc: Doc, parts: string[], positions: Positions): string[][] {
  const at = parts.findIndex((part, index) => index > 0 && (part === '$' || /^\$\[.*\]$/.test(part)));
  if (at === -1) return [parts];
  const part = parts[at] as string;
  if (part === '$') {
    if (positions.matched === undefined)
      throw new CommandError(
        'BadValue',
        'The positional operator did not find the match needed from the query.',
      );
    return resolvePositions(doc, parts.with(at, String(positions.matched)), positions);
  }
  const array = existing(doc, parts.slice(0, at));
  const path = parts.slice(0, at).join('.');
  if (array === undefined)
    throw new CommandError(
      'BadValue',
      `The path '${path}' must exist in the document in order to apply array updates.`,
    );
  if (!Array.isArray(array))
    throw new CommandError(
      'BadValue',
      `Cannot apply array updates to non-array element ${parts[at - 1]}: ${typeAlias(array)}`,
    );
  const name = part.slice(2, -1);
  const filter = name === '' ? () => true : positions.filters.get(name);
  if (!filter)
    throw new CommandError(
      'BadValue',
      `No array filter found for identifier '${name}' in path '${parts.join('.')}'`,
    );
  return array.flatMap((element, index) =>
    filter(element) ? resolvePositions(doc, parts.with(at, String(index)), positions) : [],
  );
}

function existing(value: Value, parts: string[]): Value {
  let current = value;
  for (const part of parts) {
    if (current instanceof Map) current = current.get(part);
    else if (Array.isArray(current)) current = current[positionOf(part)];
    else return undefined;
  }
  return current;
}

function notViable(part: string, parent: string, value: Value): CommandError {
  return new CommandError(
    'PathNotViable',
    `Cannot create field '${part}' in element {${parent}: ${describe(value)}}`,
  );
}

function describe(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Map) return '{ ... }';
  if (Array.isArray(value)) return '[ ... ]';
  return String(value);
}

function childOf(parent: Value, part: string): Value {
  if (parent instanceof Map) return parent.get(part);
  if (!Array.isArray(parent)) return undefined;
  const position = positionOf(part);
  return position === -1 ? undefined : parent[position];
}

function setChild(parent: Doc | Value[], part: string, value: Value, grandparent: string): void {
  if (parent instanceof Map) {
    parent.set(part, value);
    return;
  }
  const position = positionOf(part);
  if (position === -1) throw notViable(part, grandparent, parent);
  if (position - parent.length > longestPadding)
    throw new CommandError('BadValue', `can't backfill more than ${longestPadding} elements`);
  while (parent.length < position) parent.push(null);
  parent[position] = value;
}

/**
 * Changes the value at a path, creating the documents on the way. `change` gets the old value (undefined when
 * missing) and gives the new one; giving the missing value back changes nothing.
 * @throws CommandError PathNotViable when the path crosses a value that is neither document nor array
 */
export function changeAt(doc: Doc, parts: string[], change: (old: Value) => Value): void {
  let parent: Value = doc;
  const pending: [Doc | Value[], string, Value, string][] = [];
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] as string;
    const above = parts[index - 1] ?? '';
    if (!(parent instanceof Map) && !Array.isArray(parent)) throw notViable(part, above, parent);
    if (Array.isArray(parent) && positionOf(part) === -1) throw notViable(part, above, parent);
    const child = childOf(parent, part);
    if (index === parts.length - 1) {
      const value = change(child);
      if (value === undefined && child === undefined) return;
      for (const [holder, name, made, over] of pending) setChild(holder, name, made, over);
      setChild(parent, part, value, above);
      return;
    }
    if (child === undefined) {
      const made: Doc = new Map();
      pending.push([parent, part, made, above]);
      parent = made;
    } else parent = child;
  }
}

/** Removes the field at a path; a removed array position becomes null. */
export function removeAt(doc: Doc, parts: string[]): void {
  const parent = existing(doc, parts.slice(0, -1));
  const last = parts.at(-1) as string;
  if (parent instanceof Map) parent.delete(last);
  else if (Array.isArray(parent)) {
    const position = positionOf(last);
    if (position !== -1 && position < parent.length) parent[position] = null;
  }
}

/** The value at a path, or undefined. */
export { existing as valueAt };

/** The order in which an update treats its paths: numbers by value, other parts as text. */
export function comparePaths(a: string[], b: string[]): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const [x, y] = [a[index] as string, b[index] as string];
    if (x === y) continue;
    const [p, q] = [positionOf(x), positionOf(y)];
    if (p !== -1 && q !== -1) return p - q;
    return x < y ? -1 : 1;
  }
  return a.length - b.length;
}

/** @throws CommandError ConflictingUpdateOperators when a path is, or lies within, another */
export function assertNoConflict(paths: string[][]): void {
  const seen = new Set<string>();
  for (const parts of paths) {
    const path = parts.join('.');
    if (seen.has(path)) throw conflict(path, path);
    seen.add(path);
  }
  for (const parts of paths) {
    for (let length = 1; length < parts.length; length++) {
      const prefix = parts.slice(0, length).join('.');
      if (seen.has(prefix)) throw conflict(parts.join('.'), prefix);
    }
  }
}

function conflict(path: string, at: string): CommandError {
  return new CommandError(
    'ConflictingUpdateOperators',
    `Updating the path '${path}' would create a conflict at '${at}'`,
  );
}
