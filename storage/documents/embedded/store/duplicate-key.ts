import { Int32, ObjectId } from 'bson';
import { encodeKey } from '../bson/key.ts';
import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { plainValueAt } from '../query/path.ts';
import { documentKeys } from './index-keys.ts';
import type { Index } from './index-spec.ts';

function show(value: Value): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Map)
    return `{ ${[...value].map(([name, field]) => `${name}: ${show(field)}`).join(', ')} }`;
  if (Array.isArray(value)) return `[ ${value.map(show).join(', ')} ]`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  return String(value instanceof Int32 ? value.value : value);
}

/** The values of a document that a key stands for. */
function valuesOf(index: Index, doc: Doc, key: Buffer): Value[] {
  if (index.multikey === 0 && !index.parts.some((parts) => Array.isArray(plainValueAt(doc, parts))))
    return index.parts.map((parts) => plainValueAt(doc, parts));
  const { keys } = documentKeys(doc, index.parts);
  return keys.find((values) => encodeKey(values, index.descending, index.textKey).equals(key)) ?? [];
}

/** The error of a document whose key in a unique index another has already. */
export function duplicateKey(namespace: string, index: Index, doc: Doc, key: Buffer): CommandError {
  const values = valuesOf(index, doc, key);
  const keyValue: Doc = new Map(index.paths.map((path, at) => [path, values[at] ?? null]));
  const dump = [...keyValue].map(([path, value]) => `${path}: ${show(value)}`).join(', ');
  const collation = index.collation ? ` collation: ${show(index.collation.spec)}` : '';
  return new CommandError(
    'DuplicateKey',
    `E11000 duplicate key error collection: ${namespace} index: ${index.name}${collation} dup key: { ${dump} }`,
    new Map<string, Value>([
      ['keyPattern', index.spec.get('key')],
      ['keyValue', keyValue],
    ]),
  );
}
