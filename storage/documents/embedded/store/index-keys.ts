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

/** Follows a path through documents until its end or an array. */
function advance(walk: Walk): Walk {
  let { value, from } = walk;
  const { parts } = walk;
  while (!walk.done && from < parts.length) {
    if (value instanceof Map) value = value.get(parts[from] as string);
    else if (Array.isArray(value)) {
      const position = positionOf(parts[from] as string);
      if (position === -1 || position >= value.length) break;
      value = value[position];
    } else return { value: undefined, parts, from: parts.length, done: true };
    from++;
  }
  return { value, parts, from, done: walk.done };
}

function collect(walks: Walk[], keys: Value[][]): boolean {
  const here = walks.map(advance);
  const arrays = here.filter((walk) => !walk.done && Array.isArray(walk.value));
  const array = arrays[0]?.value;
  if (!Array.isArray(array)) {
    keys.push(here.map((walk) => walk.value ?? null));
    return false;
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
  for (const element of array) collect(step(element), keys);
  return true;
}

/** The keys of a document in an index over some paths. */
export interface DocumentKeys {
  /** Values path by path; null for a missing field, undefined for an empty array. */
  keys: Value[][];
  /** Whether an array made several keys possible. */
  multikey: boolean;
}

/** @throws CommandError when two paths lead into different arrays */
export function documentKeys(doc: Doc, paths: string[][]): DocumentKeys {
  const [only] = paths;
  if (paths.length === 1 && only?.length === 1) {
    const value = doc.get(only[0] as string);
    if (!Array.isArray(value)) return { keys: [[value ?? null]], multikey: false };
  }
  const keys: Value[][] = [];
  const multikey = collect(
    paths.map((parts) => ({ value: doc, parts, from: 0, done: false })),
    keys,
  );
  return { keys, multikey };
}
