import type { Doc, Value } from '../bson/values.ts';
import { addFieldsOfExpression, addFieldsOfFilter, type Fields, Paths } from '../query/fields.ts';
import { isTruthy } from '../query/predicates.ts';
import { readStage } from './stage.ts';

/** The fields of a `$project` that names what stays, at the top level. */
function addFieldsOfProjection(spec: Doc, found: Paths): Fields {
  for (const path of spec.keys()) found.add(path);
  found.add('_id');
  for (const [name, value] of spec) {
    const [first] = value instanceof Map ? value.keys() : ['$'];
    if (first === undefined || !first.startsWith('$')) return undefined;
    if (name !== '_id' && !isTruthy(value)) return undefined;
    if (!addFieldsOfExpression(value, found)) return undefined;
  }
  return [...spec].some(([name, value]) => name !== '_id' || isTruthy(value)) ? found : undefined;
}

/** The fields that the first stages of a pipeline look at, when what comes after them sees no others. */
export function fieldsOfStages(stages: Value[]): Fields {
  const found = new Paths();
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
        for (const path of operand.keys()) found.add(path);
        break;
      case '$unwind': {
        const path = operand instanceof Map ? operand.get('path') : operand;
        if (typeof path !== 'string') return undefined;
        found.add(path.slice(1));
        break;
      }
      default:
        return undefined;
    }
  }
  return undefined;
}
