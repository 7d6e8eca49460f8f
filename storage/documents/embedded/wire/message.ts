import { decodeDocument } from '../bson/decode.ts';
import { encodeDocument } from '../bson/encode.ts';
import { type Doc, RawDocument } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { crc32c } from './crc32c.ts';

/** The longest message, in bytes, that the protocol allows. */
export const longestMessage = 48_000_000;
export const headerSize = 16;

const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;

const checksumPresent = 1;
const moreToCome = 2;
const exhaustAllowed = 1 << 16;

/** A command as it came from a client. */
export interface Request {
  id: number;
  command: Doc;
  /** The client does not want an answer. */
  silent: boolean;
  /** The client takes all further batches of its cursor without asking for each (OP_MSG, exhaustAllowed). */
  exhausts: boolean;
  legacy: boolean;
}

/** The bytes break the protocol: the connection cannot go on. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

function documentSequence(bytes: Buffer, at: number, end: number, command: Doc): number {
  if (at + 4 > end) throw new ProtocolError('Cut off within a section');
  const size = bytes.readInt32LE(at);
  const sectionEnd = at + size;
  if (size < 5 || sectionEnd > end) throw new ProtocolError(`Section of wrong length ${size}`);
  const nameEnd = bytes.indexOf(0, at + 4);
  if (nameEnd === -1 || nameEnd >= sectionEnd) throw new ProtocolError('Section without identifier');
  const documents: RawDocument[] = [];
  let next = nameEnd + 1;
  while (next < sectionEnd) {
    const length = next + 4 <= sectionEnd ? bytes.readInt32LE(next) : -1;
    if (length < 5 || next + length > sectionEnd)
      throw new ProtocolError(`Document of wrong length ${length}`);
    documents.push(new RawDocument(bytes.subarray(next, next + length)));
    next += length;
  }
  const name = bytes.toString('utf8', at + 4, nameEnd);
  if (command.has(name))
    throw new CommandError(40413, `Duplicate field '${name}' in body and document sequence`);
  command.set(name, documents);
  return sectionEnd;
}

function readMsg(bytes: Buffer, id: number): Request {
  const flags = bytes.readUInt32LE(headerSize);
  if ((flags & 0xffff & ~(checksumPresent | moreToCome)) !== 0)
    throw new ProtocolError(`Unknown required flags ${flags}`);
  let end = bytes.length;
  if (flags & checksumPresent) {
    end -= 4;
    if (end < headerSize + 5 || bytes.readUInt32LE(end) !== crc32c(bytes.subarray(0, end)))
      throw new ProtocolError('Wrong checksum');
  }
  let body: Doc | undefined;
  const sequences: [number, number][] = [];
  let at = headerSize + 4;
  while (at < end) {
    const kind = bytes[at];
    at++;
    if (at + 4 > end) throw new ProtocolError('Cut off within a section');
    const size = bytes.readInt32LE(at);
    if (size < 5 || at + size > end) throw new ProtocolError(`Section of wrong length ${size}`);
    if (kind === 0) {
      if (body) throw new ProtocolError('Two bodies in one message');
      body = decodeDocument(bytes, at, at + size);
    } else if (kind === 1) sequences.push([at, at + size]);
    else throw new ProtocolError(`Unknown kind of section ${kind}`);
    at += size;
  }
  if (!body) throw new ProtocolError('Message without a body');
  for (const [start, stop] of sequences) documentSequence(bytes, start, stop, body);
  return {
    id,
    command: body,
    silent: (flags & moreToCome) !== 0 && (flags & exhaustAllowed) === 0,
    exhausts: (flags & exhaustAllowed) !== 0 && body.keys().next().value === 'getMore',
    legacy: false,
  };
}

function readQuery(bytes: Buffer, id: number): Request {
  const nameEnd = bytes.indexOf(0, headerSize + 4);
  if (nameEnd === -1 || nameEnd + 9 > bytes.length) throw new ProtocolError('Cut off within a query');
  const namespace = bytes.toString('utf8', headerSize + 4, nameEnd);
  const asked = decodeDocument(bytes, nameEnd + 9);
  const inner = asked.get('$query') ?? asked.get('query');
  const command = inner instanceof Map ? inner : asked;
  if (!namespace.endsWith('.$cmd'))
    throw new ProtocolError('Only commands are understood in the legacy protocol');
  command.set('$db', namespace.slice(0, -5));
  return { id, command, silent: false, exhausts: false, legacy: true };
}

/**
 * Reads one whole message.
 * @throws ProtocolError when it cannot be understood at all, CommandError when its documents are malformed
 */
export function readMessage(bytes: Buffer): Request {
  const id = bytes.readInt32LE(4);
  const operation = bytes.readInt32LE(12);
  if (operation === opMsg && bytes.length >= headerSize + 9) return readMsg(bytes, id);
  if (operation === opQuery && bytes.length >= headerSize + 14) return readQuery(bytes, id);
  throw new ProtocolError(`Unknown operation ${operation}`);
}

let lastId = 0;

/** The message that answers a request; after one with `more` another follows without being asked for. */
export function writeReply(request: { id: number; legacy: boolean }, reply: Doc, more = false): Buffer {
  const body = encodeDocument(reply);
  const before = request.legacy ? 36 : 21;
  const bytes = Buffer.allocUnsafe(before + body.length);
  lastId = (lastId + 1) & 0x7fffffff;
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeInt32LE(lastId, 4);
  bytes.writeInt32LE(request.id, 8);
  bytes.writeInt32LE(request.legacy ? opReply : opMsg, 12);
  if (request.legacy) {
    bytes.fill(0, 16, 36);
    bytes.writeInt32LE(8, 16);
    bytes.writeInt32LE(1, 32);
  } else {
    bytes.writeInt32LE(more ? moreToCome : 0, 16);
    bytes[20] = 0;
  }
  body.copy(bytes, before);
  return bytes;
}
