import type { TextOrder } from '../bson/compare.ts';
import type { Doc, Value } from '../bson/values.ts';
import { anyElementAt } from './path.ts';

export type Predicate = (doc: Doc) => boolean;

/** What a filter may need besides the document. */
export interface FilterContext {
  order?: TextOrder | undefined;
  /** Evaluates `$expr`. */
  expression?: ((expression: Value) => (doc: Doc) => Value) | undefined;
  /** Sees each array position that a positional update may need: the first that matched. */
  positions?: { found: number | undefined } | undefined;
}

/** Compiles an inner filter. */
export type Compile = (filter: Doc, context: FilterContext) => Predicate;

/** Whether a document consists of operators, as `{$gt: 1}`; a `$ref` begins a DBRef, which is a value. */
export function isOperators(value: Value): value is Doc {
  if (!(value instanceof Map)) return false;
  const first = value.keys().next().value;
  if (first === undefined) return false;
  return first.startsWith('$') && first !== '$ref' && first !== '$id' && first !== '$db';
}

/** Booleans and numbers other than zero are true, so are all other values but null and missing. */
export function isTruthy(value: Value): boolean {
  if (value === undefined || value === null || value === false || value === 0 || value === 0n) return false;
  if (typeof value === 'object' && 'value' in value && typeof value.value === 'number')
    return value.value !== 0;
  return true;
}

/** A test of values at a path, which notes the array position for `$` when that is wanted. */
export function positional(
  parts: string[],
  test: (value: Value) => boolean,
  context: FilterContext,
): Predicate {
  const { positions } = context;
  if (!positions) {
    const [only] = parts;
    if (parts.length === 1 && only !== undefined)
      return (doc) => {
        const value = doc.get(only);
        return test(value) || (Array.isArray(value) && value.some(test));
      };
    return (doc) => anyElementAt(doc, parts, test);
  }
  return (doc) => {
    if (!anyElementAt(doc, parts, test)) return false;
    positions.found ??= firstPosition(doc, parts, 0, test);
    return true;
  };
}

/** The position in the outermost array on a path at which a test holds. */
function firstPosition(
  value: Value,
  parts: string[],
  from: number,
  test: (value: Value) => boolean,
): number | undefined {
  if (Array.isArray(value)) {
    const rest = parts.slice(from);
    const at = value.findIndex((element) =>
      rest.length === 0 ? test(element) : element instanceof Map && anyElementAt(element, rest, test),
    );
    return at === -1 ? undefined : at;
  }
  const part = parts[from];
  return part !== undefined && value instanceof Map
    ? firstPosition(value.get(part), parts, from + 1, test)
    : undefined;
}
