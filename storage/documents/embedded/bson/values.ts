import type {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Int32,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';

/**
 * A BSON value that keeps its exact type. A JavaScript number is a double and a bigint is an int64; documents
 * are Maps, because plain objects reorder fields that look like numbers and treat `__proto__` as magic.
 * `undefined` stands for a missing field and for the deprecated BSON type of that name.
 */
export type Value =
  | undefined
  | null
  | boolean
  | string
  | number
  | bigint
  | Int32
  | Decimal128
  | ObjectId
  | Binary
  | Date
  | FarDate
  | Timestamp
  | BSONRegExp
  | Code
  | MinKey
  | MaxKey
  | BSONSymbol
  | DbPointer
  | RawDocument
  | Doc
  | Value[];

export type Doc = Map<string, Value>;

/** A date that a JavaScript Date cannot hold. */
export class FarDate {
  readonly milliseconds: bigint;
  constructor(milliseconds: bigint) {
    this.milliseconds = milliseconds;
  }
}

/** The deprecated BSON type 0x0C, kept so that old documents pass through unharmed. */
export class DbPointer {
  readonly collection: string;
  readonly id: ObjectId;
  constructor(collection: string, id: ObjectId) {
    this.collection = collection;
    this.id = id;
  }
}

/** A document that stays encoded: its bytes go into a message as they are. */
export class RawDocument {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

/** Builds a document from plain entries, for replies. */
export function doc(entries: Record<string, Value>): Doc {
  return new Map(Object.entries(entries));
}
