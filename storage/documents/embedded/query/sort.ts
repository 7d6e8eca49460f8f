import { compareValues, type TextOrder } from '../bson/compare.ts';
import { isNumeric, toDouble } from '../bson/numbers.ts';
import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { documentKeys } from '../store/index-keys.ts';
import { splitPath } from './path.ts';

export interface SortKey {
  path: string;
  parts: string[];
  descending: boolean;
}

/** Reads a sort specification. @throws CommandError BadValue when a direction is not 1 or -1 */
export function readSort(spec: Doc): SortKey[] {
  if (spec.size > 32) throw new CommandError('BadValue', 'too many sort keys');
  return [...spec].map(([path, way]) => {
    if (path === '' || path.split('.').includes(''))
      throw new CommandError(15998, 'FieldPath field names may not be empty strings.');
    if (path.startsWith('$') && !/^\$(ref|id|db)\b/.test(path))
      throw new CommandError(
        16410,
        "FieldPath field names may not start with '$'. Consider using $getField or $setField.",
      );
    if (way instanceof Map)
      throw new CommandError(
        'BadValue',
        `Illegal key in $sort specification: ${path}: $meta is not supported`,
      );
    const number = isNumeric(way) ? toDouble(way) : 0;
    if (number !== 1 && number !== -1)
      throw new CommandError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    return { path, parts: splitPath(path), descending: number < 0 };
  });
}

/** The value that stands for a document in a sort: of an array its smallest, or largest, element. */
export function sortValue(doc: Doc, { parts, descending }: SortKey, order?: TextOrder): Value {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) {
    const value = doc.get(only);
    if (!Array.isArray(value)) return value ?? null;
  }
  const keys = documentKeys(doc, [parts]).keys;
  let best = keys[0]?.[0];
  for (const [value] of keys) {
    const difference = compareValues(value, best, order);
    if (descending ? difference > 0 : difference < 0) best = value;
  }
  return best;
}

/** Orders the lists of sort values of two documents. */
export function sortOrder(keys: SortKey[], order?: TextOrder): (a: Value[], b: Value[]) => number {
  return (a, b) => {
    for (let at = 0; at < keys.length; at++) {
      const difference = compareValues(a[at], b[at], order);
      if (difference !== 0) return keys[at]?.descending ? -difference : difference;
    }
    return 0;
  };
}
