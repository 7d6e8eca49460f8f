import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Int32,
  type MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import { DbPointer, FarDate, RawDocument, type Value } from './values.ts';

/** Writes values into one growing buffer. */
class Writer {
  private bytes = Buffer.allocUnsafe(4096);
  private at = 0;

  private room(size: number): void {
    if (this.at + size <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.at + size));
    this.bytes.copy(larger, 0, 0, this.at);
    this.bytes = larger;
  }

  private int32(value: number): void {
    this.room(4);
    this.at = this.bytes.writeInt32LE(value, this.at);
  }

  private int64(value: bigint): void {
    this.room(8);
    this.at = this.bytes.writeBigInt64LE(BigInt.asIntN(64, value), this.at);
  }

  private raw(bytes: Uint8Array): void {
    this.room(bytes.length);
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
  }

  private name(text: string): void {
    const { length } = text;
    this.room(length * 3 + 1);
    if (length < 24) {
      let at = this.at;
      for (let index = 0; index < length; index++) {
        const code = text.charCodeAt(index);
        if (code > 127) {
          this.longName(text);
          return;
        }
        this.bytes[at++] = code;
      }
      this.bytes[at++] = 0;
      this.at = at;
    } else this.longName(text);
  }

  private longName(text: string): void {
    this.at += this.bytes.write(text, this.at, 'utf8');
    this.bytes[this.at++] = 0;
  }

  private string(text: string): void {
    this.room(text.length * 3 + 5);
    const size = this.bytes.write(text, this.at + 4, 'utf8');
    this.bytes.writeInt32LE(size + 1, this.at);
    this.at += size + 5;
    this.bytes[this.at - 1] = 0;
  }

  private element(type: number, name: string): void {
    this.room(1);
    this.bytes[this.at++] = type;
    this.name(name);
  }

  document(entries: Iterable<[string, Value]>): void {
    const start = this.at;
    this.int32(0);
    for (const [name, value] of entries) this.field(name, value);
    this.room(1);
    this.bytes[this.at++] = 0;
    this.bytes.writeInt32LE(this.at - start, start);
  }

  private array(values: Value[]): void {
    const start = this.at;
    this.int32(0);
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      if (value === undefined) this.element(0x0a, String(index));
      else this.field(String(index), value);
    }
    this.room(1);
    this.bytes[this.at++] = 0;
    this.bytes.writeInt32LE(this.at - start, start);
  }

  private field(name: string, value: Value): void {
    switch (typeof value) {
      case 'string':
        this.element(0x02, name);
        this.string(value);
        return;
      case 'number':
        this.element(0x01, name);
        this.room(8);
        this.at = this.bytes.writeDoubleLE(value, this.at);
        return;
      case 'bigint':
        this.element(0x12, name);
        this.int64(value);
        return;
      case 'boolean':
        this.element(0x08, name);
        this.room(1);
        this.bytes[this.at++] = value ? 1 : 0;
        return;
      case 'undefined':
        this.element(0x06, name);
        return;
      default:
        if (value === null) this.element(0x0a, name);
        else this.object(name, value);
    }
  }

  private object(name: string, value: Exclude<Value, undefined | null | boolean | string | number | bigint>) {
    if (value instanceof Map) {
      this.element(0x03, name);
      this.document(value);
    } else if (Array.isArray(value)) {
      this.element(0x04, name);
      this.array(value);
    } else if (value instanceof Int32) {
      this.element(0x10, name);
      this.int32(value.value);
    } else if (value instanceof ObjectId) {
      this.element(0x07, name);
      this.raw(value.id);
    } else if (value instanceof Date) {
      this.element(0x09, name);
      this.int64(BigInt(value.getTime()));
    } else if (value instanceof RawDocument) {
      this.element(0x03, name);
      this.raw(value.bytes);
    } else if (value instanceof Binary) {
      this.element(0x05, name);
      this.int32(value.position);
      this.room(1);
      this.bytes[this.at++] = value.sub_type;
      this.raw(value.buffer.subarray(0, value.position));
    } else if (value instanceof Decimal128) {
      this.element(0x13, name);
      this.raw(value.bytes);
    } else if (value instanceof Timestamp) {
      this.element(0x11, name);
      this.int32(value.low);
      this.int32(value.high);
    } else this.rare(name, value);
  }

  private rare(
    name: string,
    value: BSONRegExp | Code | MinKey | MaxKey | BSONSymbol | DbPointer | FarDate,
  ): void {
    if (value instanceof BSONRegExp) {
      this.element(0x0b, name);
      this.name(value.pattern);
      this.name(value.options);
    } else if (value instanceof Code) {
      this.element(value.scope ? 0x0f : 0x0d, name);
      const start = this.at;
      if (value.scope) this.int32(0);
      this.string(value.code);
      if (!value.scope) return;
      this.document(Object.entries(value.scope));
      this.bytes.writeInt32LE(this.at - start, start);
    } else if (value instanceof BSONSymbol) {
      this.element(0x0e, name);
      this.string(value.value);
    } else if (value instanceof DbPointer) {
      this.element(0x0c, name);
      this.string(value.collection);
      this.raw(value.id.id);
    } else if (value instanceof FarDate) {
      this.element(0x09, name);
      this.int64(value.milliseconds);
    } else this.element(value instanceof MinKey ? 0xff : 0x7f, name);
  }

  /** The bytes written so far; the writer starts anew. */
  take(): Buffer {
    const result = Buffer.allocUnsafe(this.at);
    this.bytes.copy(result, 0, 0, this.at);
    this.at = 0;
    if (this.bytes.length > 4_194_304) this.bytes = Buffer.allocUnsafe(4096);
    return result;
  }

  restart(): void {
    this.at = 0;
  }
}

const writer = new Writer();

/** Encodes a document. */
export function encodeDocument(value: Iterable<[string, Value]>): Buffer {
  writer.restart();
  writer.document(value);
  return writer.take();
}
