import type { Binary, BSONRegExp, BSONSymbol, Code, ObjectId, Timestamp } from 'bson';
import { milliseconds, rank, rankOf } from './compare.ts';
import { floorDouble, type Numeric } from './numbers.ts';
import type { DbPointer, Doc, FarDate, Value } from './values.ts';

/** Turns a text into bytes whose order is the order of the texts under a collation. */
export type TextKey = (text: string) => Uint8Array;

let bytes = Buffer.allocUnsafe(1024);
let at = 0;

function room(size: number): void {
  if (at + size <= bytes.length) return;
  const larger = Buffer.allocUnsafe(Math.max(bytes.length * 2, at + size));
  bytes.copy(larger, 0, 0, at);
  bytes = larger;
}

function byte(value: number): void {
  room(1);
  bytes[at++] = value;
}

function raw(source: Uint8Array): void {
  room(source.length);
  bytes.set(source, at);
  at += source.length;
}

/** Bytes that end with 0; 0 and 1 within are escaped, so that no text is a prefix of another's key. */
function terminated(source: Uint8Array): void {
  room(source.length * 2 + 1);
  for (const value of source) {
    if (value > 1) bytes[at++] = value;
    else {
      bytes[at++] = 1;
      bytes[at++] = value + 1;
    }
  }
  bytes[at++] = 0;
}

function text(value: string): void {
  const { length } = value;
  if (length > 64) {
    terminated(Buffer.from(value));
    return;
  }
  room(length * 2 + 1);
  const start = at;
  for (let index = 0; index < length; index++) {
    const code = value.charCodeAt(index);
    if (code > 127 || code < 2) {
      at = start;
      terminated(Buffer.from(value));
      return;
    }
    bytes[at++] = code;
  }
  bytes[at++] = 0;
}

/** Eight bytes whose order is that of doubles. */
function double(value: number): void {
  room(8);
  bytes.writeDoubleBE(value === 0 ? 0 : value, at);
  if ((bytes[at] as number) & 0x80)
    for (let index = at; index < at + 8; index++) bytes[index] = ~(bytes[index] as number);
  else bytes[at] = (bytes[at] as number) | 0x80;
  at += 8;
}

function number(value: Numeric): void {
  const { double: floor, rest } = floorDouble(value);
  if (Number.isNaN(floor)) {
    byte(0);
    return;
  }
  byte(1);
  double(floor);
  if (rest === 0n) {
    byte(0);
    return;
  }
  byte(1);
  room(10);
  bytes.writeUInt16BE(Number(rest >> 64n), at);
  bytes.writeBigUInt64BE(rest & 0xffffffffffffffffn, at + 2);
  at += 10;
}

function uint64(value: bigint): void {
  room(8);
  at = bytes.writeBigUInt64BE(BigInt.asUintN(64, value), at);
}

function document(value: Doc, textKey: TextKey | undefined): void {
  for (const [name, field] of value) {
    byte(rankOf(field));
    text(name);
    content(field, textKey);
  }
  byte(0);
}

function array(values: Value[], textKey: TextKey | undefined): void {
  for (const value of values) {
    byte(rankOf(value));
    content(value, textKey);
  }
  byte(0);
}

function content(value: Value, textKey: TextKey | undefined): void {
  switch (rankOf(value)) {
    case rank.number:
      number(value as Numeric);
      break;
    case rank.text: {
      const string = typeof value === 'string' ? value : (value as BSONSymbol).value;
      if (textKey) terminated(textKey(string));
      else text(string);
      break;
    }
    case rank.object:
      document(value as Doc, textKey);
      break;
    case rank.array:
      array(value as Value[], textKey);
      break;
    case rank.binary: {
      const { position, sub_type, buffer } = value as Binary;
      room(5);
      at = bytes.writeUInt32BE(position, at);
      byte(sub_type);
      raw(buffer.subarray(0, position));
      break;
    }
    case rank.objectId:
      raw((value as ObjectId).id);
      break;
    case rank.boolean:
      byte(value ? 1 : 0);
      break;
    case rank.date:
      uint64(milliseconds(value as Date | FarDate) + 0x8000000000000000n);
      break;
    case rank.timestamp:
      uint64((value as Timestamp).toBigInt());
      break;
    case rank.regex:
      text((value as BSONRegExp).pattern);
      text((value as BSONRegExp).options);
      break;
    case rank.dbPointer:
      text((value as DbPointer).collection);
      raw((value as DbPointer).id.id);
      break;
    case rank.code:
    case rank.codeWithScope:
      text((value as Code).code);
      break;
  }
}

/**
 * The bytes of an index key: their order is the BSON order of the values, part by part, a descending part turned
 * around. No key is a prefix of another with as many parts.
 */
export function encodeKey(values: Value[], descending: boolean[], textKey?: TextKey): Buffer {
  at = 0;
  for (let index = 0; index < values.length; index++) {
    const start = at;
    const value = values[index];
    byte(rankOf(value));
    content(value, textKey);
    if (descending[index]) for (let turn = start; turn < at; turn++) bytes[turn] = ~(bytes[turn] as number);
  }
  return Buffer.from(bytes.subarray(0, at));
}

/** The key of a single ascending value. */
export function encodeValueKey(value: Value, textKey?: TextKey): Buffer {
  return encodeKey([value], [false], textKey);
}
