import type { FieldTree } from '../bson/decode.ts';
import type { Doc, Value } from '../bson/values.ts';
import { splitPath } from './path.ts';

/** The fields that something looks at, while they are gathered. */
export class Paths extends Map<string, Paths | 'whole'> {
  /** Adds a path: what it leads to is wanted as a whole. */
  add(path: string): this {
    const [first = '', ...rest] = splitPath(path);
    const known = this.get(first);
    if (rest.length === 0) this.set(first, 'whole');
    else if (known === undefined) this.set(first, new Paths().add(rest.join('.')));
    else if (known !== 'whole') known.add(rest.join('.'));
    return this;
  }
}

/** Some of the fields of a document; undefined stands for all of them. */
export type Fields = FieldTree | undefined;

/** The fields that paths lead to. */
export function fieldsOfPaths(paths: Iterable<string>): Paths {
  const found = new Paths();
  for (const path of paths) found.add(path);
  return found;
}

/** Operators that name fields in other ways than by `$path`. */
const otherwise = ['$getField', '$setField', '$unsetField'];

/** The fields that an expression looks at: `$a.b` names one, most `$$variables` stand for the whole document. */
export function addFieldsOfExpression(expression: Value, found: Paths): Paths | undefined {
  if (typeof expression === 'string') {
    if (expression.startsWith('$$')) return expression === '$$NOW' ? found : undefined;
    return expression.startsWith('$') ? found.add(expression.slice(1)) : found;
  }
  if (expression instanceof Map && otherwise.some((operator) => expression.has(operator))) return undefined;
  const inner = expression instanceof Map ? expression.values() : Array.isArray(expression) ? expression : [];
  for (const value of inner) if (!addFieldsOfExpression(value, found)) return undefined;
  return found;
}

/** The fields that a filter looks at, added to others. */
export function addFieldsOfFilter(filter: Doc, found: Paths): Paths | undefined {
  for (const [name, value] of filter) {
    if (!name.startsWith('$')) found.add(name);
    else if (['$and', '$or', '$nor'].includes(name) && Array.isArray(value)) {
      for (const branch of value)
        if (!(branch instanceof Map) || !addFieldsOfFilter(branch, found)) return undefined;
    } else if (name === '$expr') {
      if (!addFieldsOfExpression(value, found)) return undefined;
    } else if (name !== '$comment') return undefined;
  }
  return found;
}
