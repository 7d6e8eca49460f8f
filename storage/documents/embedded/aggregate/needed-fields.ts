import type { Doc, Value } from '../bson/values.ts';
import { addFieldsOfExpression, addFieldsOfFilter, type Fields, fieldsOfPaths } from '../query/fields.ts';
import { isTruthy } from '../query/predicates.ts';
import { readStage } from './stage.ts';

function addPaths(paths: Iterable<string>, found: Set<string>): Set<string> {
  for (const name of fieldsOfPaths(paths)) found.add(name);
  return found;
}

/** The fields of a `$project` that names what stays, at the top level. */
function addFieldsOfProjection(spec: Doc, found: Set<string>): Fields {
  addPaths(spec.keys(), found);
  found.add('_id');
  for (const [name, value] of spec) {
    const [first] = value instanceof Map ? value.keys() : ['$'];
    if (first === undefined || !first.startsWith('$')) return undefined;
    if (name !== '_id' && !isTruthy(value)) return undefined;
    if (!addFieldsOfExpression(value, found)) return undefined;
  }
  return [...spec].some(([name, value]) => name !== '_id' || isTruthy(value)) ? found : undefined;
}

/** The top-level fields that the first stages of a pipeline look at, when what comes after them sees no others. */
export function fieldsOfStages(stages: Value[]): Fields {
  const found = new Set<string>();
  for (const stage of stages) {
    const [name, operand] = readStage(stage);
    switch (name) {
      case '$count':
        return found;
      case '$group':
      case '$sortByCount':
        return addFieldsOfExpression(operand, found);
      case '$project':
        return operand instanceof Map ? addFieldsOfProjection(operand, found) : undefined;
      case '$limit':
      case '$skip':
        break;
      case '$match':
        if (!(operand instanceof Map) || !addFieldsOfFilter(operand, found)) return undefined;
        break;
      case '$sort':
        if (!(operand instanceof Map)) return undefined;
        addPaths(operand.keys(), found);
        break;
      case '$unwind': {
        const path = operand instanceof Map ? operand.get('path') : operand;
        if (typeof path !== 'string') return undefined;
        addPaths([path.slice(1)], found);
        break;
      }
      default:
        return undefined;
    }
  }
  return undefined;
}
