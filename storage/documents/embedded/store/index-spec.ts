import { encodeKey, type TextKey } from '../bson/key.ts';
import { isNumeric, toDouble } from '../bson/numbers.ts';
import type { Doc, Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { type Collation, collationOf } from '../query/collation.ts';
import { addFieldsOfFilter, type Fields, fieldsOfPaths } from '../query/fields.ts';
import { compileFilter } from '../query/matcher.ts';
import { plainValueAt, splitPath } from '../query/path.ts';
import { isTruthy, type Predicate } from '../query/predicates.ts';
import { documentKeys } from './index-keys.ts';

/** An index as the planner and the writers use it. */
export interface Index {
  id: number;
  name: string;
  spec: Doc;
  paths: string[];
  parts: string[][];
  descending: boolean[];
  hashed: boolean;
  unique: boolean;
  sparse: boolean;
  hidden: boolean;
  partial: Doc | undefined;
  covers: Predicate;
  /** The fields on which its keys depend. */
  fields: Fields;
  expireAfterSeconds: number | undefined;
  collation: Collation | undefined;
  textKey: TextKey | undefined;
  /** The fields, as bits, on whose paths an array was ever indexed: then one document has several keys. */
  multikey: number;
}

const knownOptions = new Set([
  'v',
  'key',
  'name',
  'unique',
  'sparse',
  'partialFilterExpression',
  'expireAfterSeconds',
  'collation',
  'background',
  'hidden',
  'ns',
  'dropDups',
  'storageEngine',
  'prepareUnique',
]);

function directionOf(path: string, way: Value): { descending: boolean; hashed: boolean } {
  if (isNumeric(way)) {
    const number = toDouble(way);
    if (number === 0 || Number.isNaN(number))
      throw new CommandError(
        'CannotCreateIndex',
        "Values in v:2 index key pattern cannot be of type 'int' with value 0.",
      );
    return { descending: number < 0, hashed: false };
  }
  if (way === 'hashed') return { descending: false, hashed: true };
  if (
    typeof way === 'string' &&
    ['text', '2d', '2dsphere', 'geoHaystack', 'wildcard', 'columnstore'].includes(way)
  )
    throw new CommandError(
      'CannotCreateIndex',
      `An index of type '${way}' on ${path} is not supported by the embedded engine.`,
    );
  throw new CommandError(
    'CannotCreateIndex',
    typeof way === 'string'
      ? `Unknown index plugin '${way}'`
      : `Values in v:2 index key pattern cannot be of this type. Only numbers > 0, numbers < 0, and strings are allowed.`,
  );
}

function seconds(spec: Doc): number | undefined {
  const value = spec.get('expireAfterSeconds');
  if (value === undefined) return undefined;
  if (!isNumeric(value))
    throw new CommandError(
      'TypeMismatch',
      "BSON field 'createIndexes.indexes.expireAfterSeconds' is the wrong type",
    );
  const number = toDouble(value);
  if (number < 0 || number > 2_147_483_647)
    throw new CommandError(
      'InvalidOptions',
      'TTL index expireAfterSeconds option must be within the range of 0 to 2147483647',
    );
  return number;
}

/** Reads an index specification. @throws CommandError when it is wrong or of a kind that is not supported */
export function readIndex(id: number, spec: Doc, multikey: number): Index {
  const key = spec.get('key');
  const name = spec.get('name');
  if (!(key instanceof Map) || key.size === 0)
    throw new CommandError('CannotCreateIndex', 'Index keys cannot be empty.');
  if (typeof name !== 'string')
    throw new CommandError(
      'FailedToParse',
      "The 'name' field is a required property of an index specification",
    );
  for (const option of spec.keys())
    if (!knownOptions.has(option))
      throw new CommandError(
        'InvalidIndexSpecificationOption',
        `The field '${option}' is not valid for an index specification.`,
      );
  const paths = [...key.keys()];
  for (const path of paths) {
    if (path === '' || path.split('.').includes(''))
      throw new CommandError('CannotCreateIndex', 'Index keys cannot contain an empty field.');
    if (path.includes('$**'))
      throw new CommandError(
        'CannotCreateIndex',
        'Wildcard indexes are not supported by the embedded engine.',
      );
    if (path.startsWith('$') && !path.startsWith('$ref') && !path.startsWith('$id'))
      throw new CommandError(
        'CannotCreateIndex',
        "Index key contains an illegal field name: field name starts with '$'.",
      );
  }
  const ways = [...key].map(([path, way]) => directionOf(path, way));
  const partial = spec.get('partialFilterExpression');
  if (partial !== undefined && !(partial instanceof Map))
    throw new CommandError('CannotCreateIndex', "The field 'partialFilterExpression' must be an object");
  const sparse = isTruthy(spec.get('sparse'));
  if (partial && sparse)
    throw new CommandError('CannotCreateIndex', 'cannot mix "partialFilterExpression" and "sparse" options');
  const collation = collationOf(spec.get('collation'));
  const expireAfterSeconds = seconds(spec);
  if (expireAfterSeconds !== undefined && paths.length > 1)
    throw new CommandError(
      'CannotCreateIndex',
      'TTL indexes are single-field indexes, compound indexes do not support TTL.',
    );
  return {
    id,
    name,
    spec,
    paths,
    parts: paths.map(splitPath),
    descending: ways.map((way) => way.descending),
    hashed: ways.some((way) => way.hashed),
    unique: isTruthy(spec.get('unique')) || name === '_id_',
    sparse,
    hidden: isTruthy(spec.get('hidden')),
    partial,
    covers: partial ? compileFilter(partial) : () => true,
    fields: addFieldsOfFilter(partial ?? new Map(), fieldsOfPaths(paths)),
    expireAfterSeconds,
    collation,
    textKey: collation?.key,
    multikey,
  };
}

/** The keys of a document in an index, without repetition; and whether it makes the index multikey. */
export function indexKeys(index: Index, doc: Doc): { keys: Buffer[]; multikey: number } {
  if (!index.covers(doc)) return { keys: [], multikey: 0 };
  if (index.name === '_id_') return { keys: [encodeKey([doc.get('_id')], index.descending)], multikey: 0 };
  if (
    index.sparse &&
    index.parts.every((parts) => plainValueAt(doc, parts) === undefined && !reaches(doc, parts))
  )
    return { keys: [], multikey: 0 };
  const { keys, multikey } = documentKeys(doc, index.parts);
  const encoded = keys.map((values) => encodeKey(values, index.descending, index.textKey));
  if (encoded.length < 2) return { keys: encoded, multikey };
  encoded.sort(Buffer.compare);
  return { keys: encoded.filter((key, at) => at === 0 || !key.equals(encoded[at - 1] as Buffer)), multikey };
}

/** Whether any value is found at a path, through arrays too. */
function reaches(doc: Doc, parts: string[]): boolean {
  return documentKeys(doc, [parts]).keys.some(([value]) => value !== null);
}
