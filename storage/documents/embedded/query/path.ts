import type { Doc, Value } from '../bson/values.ts';

/** The parts of a dotted path. */
export function splitPath(path: string): string[] {
  return path.split('.');
}

const digits = /^(0|[1-9]\d*)$/;

/** The array position that a path part names, or -1. */
export function positionOf(part: string): number {
  return digits.test(part) ? Number(part) : -1;
}

/** The value at a path that crosses documents only, or array positions; undefined when it is missing. */
export function plainValueAt(value: Value, parts: string[]): Value {
  let current = value;
  for (const part of parts) {
    if (current instanceof Map) current = current.get(part);
    else if (Array.isArray(current)) {
      const position = positionOf(part);
      current = position === -1 ? undefined : current[position];
    } else return undefined;
  }
  return current;
}

/**
 * Asks `leaf` about each value that a query path reaches: fields of documents, positions of arrays and the
 * documents within arrays. A leaf of `undefined` is a missing field. Stops at the first yes.
 */
export function anyAt(value: Value, parts: string[], from: number, leaf: (value: Value) => boolean): boolean {
  if (from === parts.length) return leaf(value);
  const part = parts[from] as string;
  if (value instanceof Map) return anyAt(value.get(part), parts, from + 1, leaf);
  if (Array.isArray(value)) {
    const position = positionOf(part);
    if (position !== -1 && position < value.length && anyAt(value[position], parts, from + 1, leaf))
      return true;
    return value.some((element) => element instanceof Map && anyAt(element, parts, from, leaf));
  }
  return leaf(undefined);
}

/** Like `anyAt`, and an array at the end of the path is asked about as a whole and element by element. */
export function anyElementAt(doc: Doc, parts: string[], leaf: (value: Value) => boolean): boolean {
  return anyAt(doc, parts, 0, (value) => leaf(value) || (Array.isArray(value) && value.some(leaf)));
}

/** All values that an index or `distinct` sees at a path: arrays at the end are taken apart. */
export function valuesAt(doc: Value, parts: string[], from = 0): Value[] {
  const found: Value[] = [];
  anyAt(doc, parts, from, (value) => {
    if (Array.isArray(value)) found.push(...value);
    else if (value !== undefined) found.push(value);
    return false;
  });
  return found;
}
