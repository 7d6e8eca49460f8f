import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import { CommandError } from '../errors.ts';
import { DbPointer, type Doc, FarDate, type Value } from './values.ts';

/** How deep documents may nest; MongoDB's own limit for messages. */
export const maxDepth = 180;
const farthestDate = 8_640_000_000_000_000n;

function malformed(what: string): CommandError {
  return new CommandError('InvalidBSON', `Malformed BSON: ${what}`);
}

/** Finds the zero byte that ends a field name; names are short, and asking the buffer costs more than looking. */
function endOfName(bytes: Buffer, at: number, limit: number): number {
  let end = at;
  while (end < limit && bytes[end] !== 0) end++;
  if (end >= limit) throw malformed('unterminated field name');
  return end;
}

const shortText: string[] = [];

/** Text between two offsets; short ASCII texts take a path without a native call. */
function text(bytes: Buffer, from: number, to: number): string {
  if (to - from > 20) return bytes.toString('utf8', from, to);
  let out = '';
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    if (byte > 127) return bytes.toString('utf8', from, to);
    shortText[byte] ??= String.fromCharCode(byte);
    out += shortText[byte];
  }
  return out;
}

const mostNames = 4096;
/** Longer ones are rather values that somebody uses as names. */
const longestKept = 40;
/** The name that was read last of those that share a place. */
const names: (string | undefined)[] = new Array(mostNames).fill(undefined);

/** A field name: the same few come again and again, so each is made once, and told by its bytes. */
function nameBetween(bytes: Buffer, from: number, to: number): string {
  const length = to - from;
  const mixed =
    ((bytes[from] as number) * 31 + (bytes[to - 1] as number)) * 31 + (bytes[from + (length >> 1)] as number);
  const place = (mixed * 31 + length) % mostNames;
  const known = names[place];
  if (known?.length === length) {
    let at = 0;
    while (at < length && known.charCodeAt(at) === bytes[from + at]) at++;
    if (at === length) return known;
  }
  const name = text(bytes, from, to);
  if (length <= longestKept) names[place] = name;
  return name;
}

/** The size of a document or string that starts at `at`, checked against the space that is there. */
function sizeAt(bytes: Buffer, at: number, limit: number, least: number): number {
  if (at + 4 > limit) throw malformed('cut off');
  const size = bytes.readInt32LE(at);
  if (size < least || at + size > limit + (least === 1 ? -4 : 0)) throw malformed(`wrong length ${size}`);
  return size;
}

/** Where a value of a type that starts at `at` ends. */
export function endOfValue(bytes: Buffer, type: number, at: number, limit: number): number {
  let end: number;
  switch (type) {
    case 0x01:
    case 0x09:
    case 0x11:
    case 0x12:
      end = at + 8;
      break;
    case 0x02:
    case 0x0d:
    case 0x0e:
      end = at + 4 + sizeAt(bytes, at, limit, 1);
      break;
    case 0x03:
    case 0x04:
      end = at + sizeAt(bytes, at, limit, 5);
      break;
    case 0x05:
      if (at + 5 > limit) throw malformed('cut off');
      end = at + 5 + bytes.readInt32LE(at);
      if (end < at + 5) throw malformed('wrong length');
      break;
    case 0x06:
    case 0x0a:
    case 0x7f:
    case 0xff:
      end = at;
      break;
    case 0x07:
      end = at + 12;
      break;
    case 0x08:
      end = at + 1;
      break;
    case 0x0b:
      end = endOfName(bytes, endOfName(bytes, at, limit) + 1, limit) + 1;
      break;
    case 0x0c:
      end = at + 4 + sizeAt(bytes, at, limit, 1) + 12;
      break;
    case 0x0f:
      end = at + sizeAt(bytes, at, limit, 14);
      break;
    case 0x10:
      end = at + 4;
      break;
    case 0x13:
      end = at + 16;
      break;
    default:
      throw malformed(`unknown type 0x${type.toString(16)}`);
  }
  if (end > limit) throw malformed('cut off');
  return end;
}

function lengthPrefixed(bytes: Buffer, at: number, end: number): string {
  if (bytes[end - 1] !== 0) throw malformed('unterminated string');
  return text(bytes, at + 4, end - 1);
}

function binary(bytes: Buffer, at: number, end: number): Binary {
  return new Binary(Uint8Array.prototype.slice.call(bytes, at + 5, end), bytes[at + 4]);
}

/** Decodes one value of a type between two offsets. */
export function decodeValue(bytes: Buffer, type: number, at: number, end: number, depth = 0): Value {
  switch (type) {
    case 0x01:
      return bytes.readDoubleLE(at);
    case 0x02:
      return lengthPrefixed(bytes, at, end);
    case 0x03:
      return decodeBetween(bytes, at, end, depth + 1);
    case 0x04:
      return [...decodeBetween(bytes, at, end, depth + 1).values()];
    case 0x05:
      return binary(bytes, at, end);
    case 0x06:
      return undefined;
    case 0x07:
      return new ObjectId(Uint8Array.prototype.slice.call(bytes, at, end));
    case 0x08:
      return bytes[at] === 1;
    case 0x09: {
      const milliseconds = bytes.readBigInt64LE(at);
      return milliseconds > farthestDate || milliseconds < -farthestDate
        ? new FarDate(milliseconds)
        : new Date(Number(milliseconds));
    }
    case 0x0a:
      return null;
    case 0x0b: {
      const middle = bytes.indexOf(0, at);
      return new BSONRegExp(bytes.toString('utf8', at, middle), text(bytes, middle + 1, end - 1));
    }
    case 0x0c: {
      const id = new ObjectId(Uint8Array.prototype.slice.call(bytes, end - 12, end));
      return new DbPointer(bytes.toString('utf8', at + 4, end - 13), id);
    }
    case 0x0d:
      return new Code(lengthPrefixed(bytes, at, end));
    case 0x0e:
      return new BSONSymbol(lengthPrefixed(bytes, at, end));
    case 0x0f: {
      const codeEnd = at + 8 + bytes.readInt32LE(at + 4);
      if (codeEnd > end || codeEnd < at + 9) throw malformed('wrong length');
      const scope = decodeBetween(bytes, codeEnd, end, depth + 1);
      return new Code(bytes.toString('utf8', at + 8, codeEnd - 1), Object.fromEntries(scope));
    }
    case 0x10:
      return new Int32(bytes.readInt32LE(at));
    case 0x11:
      return new Timestamp(Long.fromBits(bytes.readInt32LE(at), bytes.readInt32LE(at + 4), true));
    case 0x12:
      return bytes.readBigInt64LE(at);
    case 0x13:
      return new Decimal128(Uint8Array.prototype.slice.call(bytes, at, end));
    case 0x7f:
      return new MaxKey();
    default:
      return new MinKey();
  }
}

function decodeBetween(bytes: Buffer, start: number, end: number, depth: number): Doc {
  if (depth > maxDepth) throw new CommandError('Overflow', `BSON nested deeper than ${maxDepth} levels`);
  const result: Doc = new Map();
  const last = end - 1;
  if (bytes.readInt32LE(start) !== end - start || bytes[last] !== 0) throw malformed('wrong length');
  let at = start + 4;
  while (at < last) {
    const type = bytes[at] as number;
    const nameEnd = endOfName(bytes, at + 1, last);
    const valueEnd = endOfValue(bytes, type, nameEnd + 1, last);
    result.set(nameBetween(bytes, at + 1, nameEnd), decodeValue(bytes, type, nameEnd + 1, valueEnd, depth));
    at = valueEnd;
  }
  return result;
}

/**
 * Decodes the document that starts at an offset and must end at or before `limit`.
 * @throws CommandError InvalidBSON when its bytes are not well formed, Overflow when it nests too deep
 */
export function decodeDocument(bytes: Buffer, start = 0, limit = bytes.length): Doc {
  const size = sizeAt(bytes, start, limit, 5);
  return decodeBetween(bytes, start, start + size, 0);
}

/** Fields by name: all of a field, or some of what the documents in it hold. */
export type FieldTree = ReadonlyMap<string, FieldTree | 'whole'>;

/**
 * Decodes some of the fields of a document, for tests and sort keys that look at no others. What is an array is
 * decoded as a whole: a path may name a position in it.
 * @throws CommandError InvalidBSON, Overflow
 */
export function decodeFields(bytes: Buffer, fields: FieldTree, start = 0, limit = bytes.length): Doc {
  const result: Doc = new Map();
  const last = start + sizeAt(bytes, start, limit, 5) - 1;
  let at = start + 4;
  while (at < last && result.size < fields.size) {
    const type = bytes[at] as number;
    const nameEnd = endOfName(bytes, at + 1, last);
    const valueEnd = endOfValue(bytes, type, nameEnd + 1, last);
    const name = nameBetween(bytes, at + 1, nameEnd);
    const wanted = fields.get(name);
    if (wanted !== undefined)
      result.set(
        name,
        wanted !== 'whole' && type === 0x03
          ? decodeFields(bytes, wanted, nameEnd + 1, valueEnd)
          : decodeValue(bytes, type, nameEnd + 1, valueEnd),
      );
    at = valueEnd;
  }
  return result;
}

/** Where a copy is put together, before it is known how long it is. */
let scratch = Buffer.allocUnsafeSlow(0);
const mostScratch = 65_536;

/**
 * Copies some of the fields of a document, in their order and without decoding them: of an array what its documents
 * have of them, other values within a path are left out, as a projection does.
 * @throws CommandError InvalidBSON
 */
export function copyFields(bytes: Buffer, fields: FieldTree): Buffer {
  // Numbers of an array may be longer than what stands in their place: a client's array can have any names.
  if (scratch.length < bytes.length * 2) scratch = Buffer.allocUnsafeSlow(bytes.length * 2);
  const copy = Buffer.from(
    scratch.subarray(0, copyBetween(bytes, 0, bytes.length, fields, scratch, 0, false)),
  );
  if (scratch.length > mostScratch) scratch = Buffer.allocUnsafeSlow(0);
  return copy;
}

/** @returns where what was copied ends */
function copyBetween(
  bytes: Buffer,
  start: number,
  limit: number,
  fields: FieldTree,
  copy: Buffer,
  to: number,
  inArray: boolean,
): number {
  const last = start + sizeAt(bytes, start, limit, 5) - 1;
  let at = start + 4;
  let end = to + 4;
  let kept = 0;
  while (at < last) {
    const type = bytes[at] as number;
    const nameEnd = endOfName(bytes, at + 1, last);
    const valueEnd = endOfValue(bytes, type, nameEnd + 1, last);
    const wanted = inArray ? fields : fields.get(nameBetween(bytes, at + 1, nameEnd));
    if (wanted === 'whole') end += bytes.copy(copy, end, at, valueEnd);
    else if (wanted !== undefined && (type === 0x03 || type === 0x04)) {
      // What is left out of an array moves the numbers of what comes after it.
      copy[end++] = type;
      end += inArray ? copy.write(`${kept++}\0`, end, 'latin1') : bytes.copy(copy, end, at + 1, nameEnd + 1);
      end = copyBetween(bytes, nameEnd + 1, valueEnd, wanted, copy, end, type === 0x04);
    }
    at = valueEnd;
  }
  copy[end++] = 0;
  copy.writeInt32LE(end - to, to);
  return end;
}
