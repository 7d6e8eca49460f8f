import type { Doc, Value } from '../bson/values.ts';
import { splitPath } from './path.ts';

/** Names of top-level fields; undefined stands for all of them. */
export type Fields = Set<string> | undefined;

/** The top-level fields that paths begin with. */
export function fieldsOfPaths(paths: Iterable<string>): Set<string> {
  return new Set(Array.from(paths, (path) => splitPath(path)[0] as string));
}

/** Operators that name fields in other ways than by `$path`. */
const otherwise = ['$getField', '$setField', '$unsetField'];

/** The top-level fields that an expression looks at: `$a.b` names one, most `$$variables` stand for the whole document. */
export function addFieldsOfExpression(expression: Value, found: Set<string>): Fields {
  if (typeof expression === 'string') {
    if (expression.startsWith('$$')) return expression === '$$NOW' ? found : undefined;
    return expression.startsWith('$') ? found.add(splitPath(expression.slice(1))[0] as string) : found;
  }
  if (expression instanceof Map && otherwise.some((operator) => expression.has(operator))) return undefined;
  const inner = expression instanceof Map ? expression.values() : Array.isArray(expression) ? expression : [];
  for (const value of inner) if (!addFieldsOfExpression(value, found)) return undefined;
  return found;
}

/** The top-level fields that a filter looks at, added to others. */
export function addFieldsOfFilter(filter: Doc, found: Set<string>): Fields {
  for (const [name, value] of filter) {
    if (!name.startsWith('$')) found.add(splitPath(name)[0] as string);
    else if (['$and', '$or', '$nor'].includes(name) && Array.isArray(value)) {
      for (const branch of value)
        if (!(branch instanceof Map) || !addFieldsOfFilter(branch, found)) return undefined;
    } else if (name === '$expr') {
      if (!addFieldsOfExpression(value, found)) return undefined;
    } else if (name !== '$comment') return undefined;
  }
  return found;
}
