import type { GLTF } from '@gltf-transform/core';
import { NotConvertible } from './conversion.ts';

/** Bytes that a glTF names, by its URI; those that lie in the file itself have an empty one. */
export type Parts = ReadonlyMap<string, Uint8Array>;

const magic = 0x46546c67;
const version = 2;
const chunkTypes = { json: 0x4e4f534a, binary: 0x004e4942 };
/** Packed views name a second buffer that their bytes lie in. */
const packings = ['EXT_meshopt_compression', 'KHR_meshopt_compression'];

/**
 * A glTF with its parts as one binary file (glTF 2.0, section 4.4). Nothing is unpacked, changed or left out, so that
 * the validator's words about it are true of the original, too.
 * @throws NotConvertible
 */
export function packGlb(json: GLTF.IGLTF, parts: Parts): Uint8Array {
  const binary = new Binary();
  const buffers: GLTF.IBuffer[] = [];
  const placed = (json.buffers ?? []).map((buffer) => place(buffer, parts, binary, buffers));
  const moved = <Pointing extends { buffer: number; byteOffset?: number }>(pointing: Pointing): Pointing => {
    const to = placed[pointing.buffer];
    if (!to) throw new NotConvertible('damaged');
    return { ...pointing, buffer: to.index, byteOffset: (pointing.byteOffset ?? 0) + to.start };
  };
  const bufferViews = (json.bufferViews ?? []).map((view) => withPackings(moved(view), moved));
  const images = json.images?.map((image) => {
    if (image.uri === undefined) return image;
    const { uri, ...rest } = image;
    const bytes = partAt(parts, uri);
    bufferViews.push({ buffer: 0, byteOffset: binary.add(bytes), byteLength: bytes.length });
    return { ...rest, mimeType: imageType(bytes) ?? image.mimeType, bufferView: bufferViews.length - 1 };
  });
  const bytes = binary.bytes();
  const packed = {
    ...json,
    ...(bytes.length > 0 && { buffers: [{ byteLength: bytes.length }, ...buffers] }),
    ...(bufferViews.length > 0 && { bufferViews }),
    ...(images && { images }),
  };
  return written(Buffer.from(JSON.stringify(packed)), bytes);
}

/** Where a buffer comes to lie. One that only says how much room unpacked bytes take stays a buffer of its own. */
function place(buffer: GLTF.IBuffer, parts: Parts, binary: Binary, others: GLTF.IBuffer[]) {
  const isRoom = packings.some((name) => isObject(buffer.extensions?.[name]));
  if (buffer.uri === undefined && isRoom) return { index: others.push(buffer), start: 0 };
  const bytes = partAt(parts, buffer.uri ?? '');
  if (bytes.length < buffer.byteLength) throw new NotConvertible('damaged');
  return { index: 0, start: binary.add(bytes) };
}

interface Pointing {
  buffer: number;
  byteOffset?: number;
}

function withPackings(view: GLTF.IBufferView, moved: (pointing: Pointing) => Pointing): GLTF.IBufferView {
  const { extensions = {} } = view;
  const changed = packings.flatMap((name) => {
    const packing = extensions[name];
    return isPointing(packing) ? [[name, moved(packing)] as const] : [];
  });
  return changed.length === 0
    ? view
    : { ...view, extensions: { ...extensions, ...Object.fromEntries(changed) } };
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isPointing = (value: unknown): value is Pointing =>
  isObject(value) && 'buffer' in value && typeof value.buffer === 'number';

function partAt(parts: Parts, uri: string): Uint8Array {
  const bytes = parts.get(uri);
  if (!bytes) throw new NotConvertible('parts-missing', uri);
  return bytes;
}

/** One stretch of bytes that others are put into, each beginning at a multiple of four. */
class Binary {
  readonly #pieces: Uint8Array[] = [];
  #length = 0;

  /** Where they begin. */
  add(bytes: Uint8Array): number {
    const start = this.#length;
    const filling = new Uint8Array((4 - (bytes.length % 4)) % 4);
    this.#pieces.push(bytes, filling);
    this.#length += bytes.length + filling.length;
    return start;
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.#pieces);
  }
}

/** Section 4.4.1: a header and two chunks, the first filled with spaces. */
function written(json: Uint8Array, binary: Uint8Array): Uint8Array {
  const filled = Buffer.concat([json, Buffer.alloc((4 - (json.length % 4)) % 4, ' ')]);
  const chunks = [
    chunk(chunkTypes.json, filled),
    ...(binary.length > 0 ? [chunk(chunkTypes.binary, binary)] : []),
  ];
  const header = Buffer.alloc(12);
  header.writeUInt32LE(magic, 0);
  header.writeUInt32LE(version, 4);
  header.writeUInt32LE(
    chunks.reduce((sum, { length }) => sum + length, header.length),
    8,
  );
  return Buffer.concat([header, ...chunks]);
}

function chunk(type: number, bytes: Uint8Array): Uint8Array {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(bytes.length, 0);
  head.writeUInt32LE(type, 4);
  return Buffer.concat([head, bytes]);
}

/** By their first bytes: names lie. */
function imageType(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (head.startsWith('\x89PNG')) return 'image/png';
  if (head.startsWith('\xff\xd8')) return 'image/jpeg';
  if (head.startsWith('RIFF') && head.endsWith('WEBP')) return 'image/webp';
  return head.startsWith('\xabKTX 20') ? 'image/ktx2' : undefined;
}
