import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { readBlob } from '../blobs/index.ts';
import type { Representation } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { crc32Of, layOutZip, readZip, type ZipEntry } from './zip-layout.ts';

/** A file of a zip: bytes that are at hand, or those of a blob. */
export type ZipPart = ZipEntry & ({ bytes: Buffer } | { sha256: string });

/** A text that stands in a zip. */
export function writtenPart(path: string, text: string, modifiedAt: Date): ZipPart {
  const bytes = Buffer.from(text);
  return { path, size: bytes.length, crc32: crc32Of(bytes), modifiedAt, bytes };
}

/** A zip that is written nowhere: its length is known, and any range of it can be read. */
export function zipOf(platform: Platform, parts: readonly ZipPart[]): Representation {
  const layout = layOutZip(parts);
  const tag = createHash('sha256');
  for (const piece of layout.pieces) if ('bytes' in piece) tag.update(piece.bytes);
  for (const part of parts) tag.update('bytes' in part ? part.bytes : part.sha256);
  const open = async (entry: number, stretch: { first: number; last: number }) => {
    const part = parts[entry];
    if (!part) throw new Error(`The archive has no entry ${entry}`);
    if ('bytes' in part) return Readable.from([part.bytes.subarray(stretch.first, stretch.last + 1)]);
    return readBlob(platform, part.sha256, stretch);
  };
  return {
    size: layout.size,
    tag: tag.digest('hex'),
    mediaType: 'application/zip',
    open: async (range = { first: 0, last: layout.size - 1 }) =>
      Readable.from(readZip(layout, range, open), { objectMode: false, highWaterMark: 1024 * 1024 }),
  };
}
