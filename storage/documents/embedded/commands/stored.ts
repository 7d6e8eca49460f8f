import { ObjectId } from 'bson';
import { decodeDocument } from '../bson/decode.ts';
import { encodeDocument } from '../bson/encode.ts';
import { isNumeric, toDouble } from '../bson/numbers.ts';
import { type Doc, doc, type Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { compileFilter } from '../query/matcher.ts';
import { isTruthy } from '../query/predicates.ts';
import type { Collection, Row } from '../store/collection.ts';

const largestDocument = 16_777_216;

/** @throws CommandError InvalidIdField when a value cannot be an `_id` */
function assertId(id: Value): void {
  if (Array.isArray(id)) throw new CommandError('InvalidIdField', "The '_id' value cannot be of type array");
  if (id !== null && typeof id === 'object' && 'pattern' in id)
    throw new CommandError('InvalidIdField', "The '_id' value cannot be of type regex");
  if (id === undefined)
    throw new CommandError('InvalidIdField', "The '_id' value cannot be of type undefined");
  if (id instanceof Map)
    for (const name of id.keys())
      if (name.startsWith('$') && !['$ref', '$id', '$db'].includes(name))
        throw new CommandError(
          'DollarPrefixedFieldName',
          `_id fields may not contain '$'-prefixed fields: ${name} is not valid for storage.`,
        );
}

function assertSize(bytes: Buffer): void {
  if (bytes.length > largestDocument)
    throw new CommandError(
      'BSONObjectTooLarge',
      `object to insert too large. size in bytes: ${bytes.length}, max size: ${largestDocument}`,
    );
}

/** The document as it is stored: `_id` first, made when it is missing. */
export function withId(document: Doc): Doc {
  const id = document.has('_id') ? document.get('_id') : new ObjectId();
  assertId(id);
  if (document.keys().next().value === '_id') return document;
  const result: Doc = new Map([['_id', id]]);
  for (const [name, value] of document) if (name !== '_id') result.set(name, value);
  return result;
}

/**
 * Stores a document that may have no `_id` yet; gives it as it is stored. `encoded` are its bytes, when they are
 * at hand: they are kept as they are if nothing had to be added.
 * @throws CommandError
 */
export function insertDocument(
  collection: Collection,
  document: Doc,
  bypass = false,
  encoded?: Uint8Array,
): Doc {
  const stored = withId(document);
  const bytes =
    encoded && stored === document
      ? Buffer.from(encoded.buffer, encoded.byteOffset, encoded.length)
      : encodeDocument(stored);
  assertSize(bytes);
  if (!bypass) assertValid(collection, stored);
  collection.insert(stored, bytes);
  if (isTruthy(collection.options.get('capped'))) trim(collection);
  return stored;
}

/** Removes the oldest documents of a capped collection until it is within its limits. */
function trim(collection: Collection): void {
  const limit = (name: string) => {
    const value = collection.options.get(name);
    return isNumeric(value) && toDouble(value) > 0 ? toDouble(value) : Number.POSITIVE_INFINITY;
  };
  const [most, size] = [limit('max'), limit('size')];
  while (collection.count > most || (collection.count > 1 && collection.bytes > size)) {
    const [oldest] = collection.after(undefined, 1);
    if (!oldest) return;
    collection.remove(oldest.row, decodeDocument(oldest.bytes));
  }
}

/** Puts a document in place of another with the same `_id`. @throws CommandError */
export function replaceDocument(collection: Collection, row: Row, changed: Doc, bypass = false): void {
  const stored = withId(changed);
  const bytes = encodeDocument(stored);
  assertSize(bytes);
  if (!bypass) assertValid(collection, stored);
  collection.replace(row.row, decodeDocument(row.bytes), stored, bytes);
}

/** @throws CommandError DocumentValidationFailure when the collection's validator does not hold */
function assertValid(collection: Collection, document: Doc): void {
  const validator = collection.options.get('validator');
  if (
    !(validator instanceof Map) ||
    collection.options.get('validationAction') === 'warn' ||
    collection.options.get('validationLevel') === 'off'
  )
    return;
  if (!compileFilter(validator)(document))
    throw new CommandError(
      'DocumentValidationFailure',
      'Document failed validation',
      doc({
        errInfo: doc({
          failingDocumentId: document.get('_id'),
          details: doc({ specifiedAs: validator, reason: 'the validator does not hold' }),
        }),
      }),
    );
}
