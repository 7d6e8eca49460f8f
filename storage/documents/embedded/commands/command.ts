import { decodeDocument } from '../bson/decode.ts';
import { isNumeric, toDouble } from '../bson/numbers.ts';
import { type Doc, RawDocument, type Value } from '../bson/values.ts';
import type { Cursors } from '../cursors.ts';
import { CommandError } from '../errors.ts';
import { isTruthy } from '../query/predicates.ts';
import { typeAlias } from '../query/types.ts';
import type { Store } from '../store/store.ts';
import type { WriteQueue } from '../store/write-queue.ts';
import type { Client } from '../wire/server.ts';

/** One command on its way. */
export interface Call {
  store: Store;
  cursors: Cursors;
  writes: WriteQueue;
  client: Client;
  db: string;
  /** The command's name as the client wrote it. */
  name: string;
  command: Doc;
}

export type Command = (call: Call) => Doc | Promise<Doc>;

/** The name of the collection that a command is about. @throws CommandError InvalidNamespace */
export function collectionName(call: Call): string {
  const name = call.command.get(call.name);
  if (typeof name !== 'string')
    throw new CommandError('InvalidNamespace', `collection name has invalid type ${typeAlias(name)}`);
  assertNamespace(call.db, name);
  return name;
}

/** @throws CommandError InvalidNamespace when a collection cannot be called so */
export function assertNamespace(db: string, name: string): void {
  const invalid =
    name === '' ||
    name.startsWith('.') ||
    name.includes('\0') ||
    name.includes('$') ||
    db === '' ||
    /[/\\. "$\0]/.test(db);
  if (invalid || Buffer.byteLength(db) > 63 || Buffer.byteLength(`${db}.${name}`) > 255)
    throw new CommandError('InvalidNamespace', `Invalid namespace specified '${db}.${name}'`);
}

function wrongType(call: Call, field: string, value: Value, expected: string): CommandError {
  return new CommandError(
    'TypeMismatch',
    `BSON field '${call.name}.${field}' is the wrong type '${typeAlias(value)}', expected type '${expected}'`,
  );
}

/** A field that is a document when it is there. */
export function docField(call: Call, field: string): Doc | undefined {
  const value = call.command.get(field);
  if (value === undefined || value === null) return undefined;
  if (value instanceof Map) return value;
  throw wrongType(call, field, value, 'object');
}

export function numberField(call: Call, field: string): number | undefined {
  const value = call.command.get(field);
  if (value === undefined || value === null) return undefined;
  if (isNumeric(value)) return Math.trunc(toDouble(value));
  throw wrongType(call, field, value, 'long');
}

export function flagField(call: Call, field: string): boolean {
  return isTruthy(call.command.get(field));
}

/** The documents of a list, from the body or a document sequence. */
export function docsField(call: Call, field: string): (Doc | RawDocument)[] {
  const value = call.command.get(field);
  if (value === undefined)
    throw new CommandError(
      'MissingField',
      `BSON field '${call.name}.${field}' is missing but a required field`,
    );
  if (!Array.isArray(value)) throw wrongType(call, field, value, 'array');
  return value.map((entry) => {
    if (entry instanceof Map || entry instanceof RawDocument) return entry;
    throw wrongType(call, `${field}.0`, entry, 'object');
  });
}

/** The same, decoded. */
export function decodedDocs(call: Call, field: string): Doc[] {
  return docsField(call, field).map((entry) =>
    entry instanceof RawDocument
      ? decodeDocument(Buffer.from(entry.bytes.buffer, entry.bytes.byteOffset, entry.bytes.length))
      : entry,
  );
}
