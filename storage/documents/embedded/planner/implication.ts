import { compareValues, rankOf } from '../bson/compare.ts';
import type { Doc, Value } from '../bson/values.ts';
import { compileFilter } from '../query/matcher.ts';
import { type Condition, conditionsOf } from './conditions.ts';

/** Whether a value at the condition's path makes the condition true. */
function holdsFor({ path, operator, value }: Condition, candidate: Value): boolean {
  if (Array.isArray(candidate)) return false;
  const filter: Doc = new Map([[path.replaceAll('.', '_'), new Map([[operator, value]])]]);
  return compileFilter(filter)(new Map([[path.replaceAll('.', '_'), candidate]]));
}

const lower = new Set(['$gt', '$gte']);
const upper = new Set(['$lt', '$lte']);

function narrows(given: Condition, wanted: Condition): boolean {
  if (given.operator === '$eq') return holdsFor(wanted, given.value);
  if (given.operator === '$in' && Array.isArray(given.value))
    return given.value.every((value) => holdsFor(wanted, value));
  if (wanted.operator === '$exists')
    return (
      ['$gt', '$gte', '$lt', '$lte', '$exists', '$type', '$regex'].includes(given.operator) &&
      given.value !== null
    );
  const difference =
    rankOf(given.value) === rankOf(wanted.value) ? compareValues(given.value, wanted.value) : undefined;
  if (difference === undefined) return false;
  if (lower.has(given.operator) && lower.has(wanted.operator))
    return difference > 0 || (difference === 0 && (given.operator === '$gt' || wanted.operator === '$gte'));
  if (upper.has(given.operator) && upper.has(wanted.operator))
    return difference < 0 || (difference === 0 && (given.operator === '$lt' || wanted.operator === '$lte'));
  return given.operator === wanted.operator && difference === 0;
}

/** Whether every document that meets the conditions also meets the filter of a partial index. */
export function implies(given: Condition[], partial: Doc): boolean {
  const wanted = conditionsOf(partial);
  const onlyKnown = wanted.complete || wanted.all.length === countTests(partial);
  if (wanted.either.length > 0 || !onlyKnown) return false;
  return wanted.all.every((test) =>
    given.some((condition) => condition.path === test.path && narrows(condition, test)),
  );
}

/** How many single tests a filter makes. */
function countTests(filter: Doc): number {
  let count = 0;
  for (const [name, value] of filter) {
    if (name === '$and' && Array.isArray(value))
      for (const part of value) count += part instanceof Map ? countTests(part) : 1;
    else if (value instanceof Map && [...value.keys()].every((key) => key.startsWith('$')))
      count += value.size;
    else count++;
  }
  return count;
}
