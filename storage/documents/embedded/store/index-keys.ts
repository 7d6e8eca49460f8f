import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { positionOf } from '../query/path.ts';

/** Where the walk along one path of an index stands. */
interface Walk {
  value: Value;
  parts: string[];
  from: number;
  /** An element of an indexed array is a key as it is, even if it is an array itself. */
  done: boolean;
}

/** @throws CommandError when a number in a path may mean a position and a field of the elements alike */
function assertPlain(array: Value[], name: string): void {
  if (array.some((element) => element instanceof Map && element.has(name)))
    throw new CommandError(
      16746,
      `Ambiguous field name found in array (do not use numeric field names in embedded elements in an array), field: '${name}'`,
    );
}

/** Follows a path through documents until its end or an array. */
function advance(walk: Walk): Walk {
  let { value, from } = walk;
  const { parts } = walk;
  while (!walk.done && from < parts.length) {
    if (value instanceof Map) value = value.get(parts[from] as string);
    else if (Array.isArray(value)) {
      const position = positionOf(parts[from] as string);
      if (position === -1 || position >= value.length) break;
      assertPlain(value, parts[from] as string);
      value = value[position];
    } else return { value: undefined, parts, from: parts.length, done: true };
    from++;
  }
  return { value, parts, from, done: walk.done };
}

/** Adds the keys; gives the walks, as bits, that met an array. */
function collect(walks: Walk[], keys: Value[][]): number {
  const here = walks.map(advance);
  const arrays = here.filter((walk) => !walk.done && Array.isArray(walk.value));
  const array = arrays[0]?.value;
  if (!Array.isArray(array)) {
    keys.push(here.map((walk) => walk.value ?? null));
    return 0;
  }
  if (arrays.some((walk) => walk.value !== array))
    throw new CommandError(171, 'cannot index parallel arrays');
  const step = (element: Value) =>
    here.map((walk): Walk => {
      if (walk.value !== array || walk.done) return walk;
      const atEnd = walk.from === walk.parts.length;
      if (atEnd) return { ...walk, value: element, done: true };
      return {
        ...walk,
        value: element instanceof Map ? element : undefined,
        done: !(element instanceof Map),
      };
    });
  if (array.length === 0) {
    keys.push(
      here.map((walk) => {
        if (walk.value !== array) return walk.value ?? null;
        return walk.from === walk.parts.length ? undefined : null;
      }),
    );
  }
  let met = 0;
  for (const [at, walk] of here.entries()) if (walk.value === array && !walk.done) met |= 1 << at;
  for (const element of array) met |= collect(step(element), keys);
  return met;
}

/** The keys of a document in an index over some paths. */
export interface DocumentKeys {
  /** Values path by path; null for a missing field, undefined for an empty array. */
  keys: Value[][];
  /** The paths, as bits, on which an array was met. */
  multikey: number;
}

/** @throws CommandError when two paths lead into different arrays */
export function documentKeys(doc: Doc, paths: string[][]): DocumentKeys {
  const [only] = paths;
  if (paths.length === 1 && only?.length === 1) {
    const value = doc.get(only[0] as string);
    if (!Array.isArray(value)) return { keys: [[value ?? null]], multikey: 0 };
  }
  const keys: Value[][] = [];
  const multikey = collect(
    paths.map((parts) => ({ value: doc, parts, from: 0, done: false })),
    keys,
  );
  return { keys, multikey };
}
