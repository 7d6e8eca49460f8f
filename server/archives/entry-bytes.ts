import { pipeline, Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { crc32 } from '@node-rs/crc32';
import { mediaTypeFor } from '../blobs/index.ts';
import type { Representation } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import type { Archive, ArchiveEntry } from './archive.ts';
import { damagedArchive, unknownPacking } from './problems.ts';

const stored = 0;
const deflated = 8;
const headerSize = 30;
const chunkSize = 256 * 1024;

type Stretch = { first: number; last: number };

/** The media type of a file in an archive, by its name. */
export const entryMediaType = (path: string): string =>
  mediaTypeFor(path, { mediaType: 'application/octet-stream' });

/**
 * A file inside a stored zip, to be handed out whole or in ranges: what is stored comes straight from the object;
 * what is deflated is unpacked on its way, a few hundred kilobytes at a time, from its beginning on.
 * @throws unknownPacking
 */
export function entryBytes(platform: Platform, archive: Archive, entry: ArchiveEntry): Representation {
  const { path, size, method, start } = entry;
  if (method !== stored && method !== deflated) throw unknownPacking({ entry: path });
  return {
    size,
    tag: `${archive.source.id}.${start.toString(36)}`,
    mediaType: entryMediaType(path),
    isMadeInOrder: method === deflated,
    open: async (range = { first: 0, last: size - 1 }) => {
      if (entry.packed === 0) return Readable.from([]);
      const from = await dataStart(platform, archive, entry);
      if (method === stored)
        return archive.source.read(platform, { first: from + range.first, last: from + range.last });
      const packed = await archive.source.read(platform, {
        first: from,
        last: from + entry.packed - 1,
      });
      return Readable.from(unpacked(packed, entry, range), {
        objectMode: false,
        highWaterMark: chunkSize,
      });
    },
  };
}

const dataStarts = new WeakMap<ArchiveEntry, number>();

/** Where the data of an entry begins: behind its local header, whose length the directory does not tell. */
async function dataStart(platform: Platform, { source }: Archive, entry: ArchiveEntry): Promise<number> {
  const known = dataStarts.get(entry);
  if (known !== undefined) return known;
  const { start, method, packed } = entry;
  if (start + headerSize > source.size) throw damagedArchive({ reason: 'a file begins behind the end' });
  const header = await source.read(platform, { first: start, last: start + headerSize - 1 });
  const bytes = Buffer.concat(await header.toArray());
  const isHeader = bytes.length === headerSize && bytes.readUInt32LE(0) === 0x04034b50;
  if (!isHeader || bytes.readUInt16LE(8) !== method)
    throw damagedArchive({ reason: 'a header differs from the directory' });
  const found = start + headerSize + bytes.readUInt16LE(26) + bytes.readUInt16LE(28);
  if (found + packed > source.size) throw damagedArchive({ reason: 'a file goes on behind the end' });
  dataStarts.set(entry, found);
  return found;
}

/**
 * A stretch of a deflated entry. Read to its end, its length and CRC-32 are compared; the last chunk is held back
 * until they are known to be right. It never gives more than the directory promises.
 */
async function* unpacked(packed: Readable, entry: ArchiveEntry, range: Stretch): AsyncGenerator<Uint8Array> {
  const inflate = createInflateRaw({ chunkSize });
  pipeline(packed, inflate, () => {}); // its error comes out of the reading below
  let at = 0;
  let sum = 0;
  let held: Uint8Array | undefined;
  const isToEnd = range.last >= entry.size - 1;
  try {
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      if (at + chunk.length > entry.size) throw damagedArchive({ reason: 'a file is larger than it claims' });
      if (held) yield held;
      held = undefined;
      sum = crc32(chunk, sum);
      const from = Math.max(range.first - at, 0);
      const to = Math.min(range.last + 1 - at, chunk.length);
      at += chunk.length;
      if (from < to) held = chunk.subarray(from, to);
      if (at > range.last && !isToEnd) break;
    }
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
    throw code.startsWith('Z_') ? damagedArchive({ reason: `a file cannot be unpacked, ${code}` }) : error;
  }
  const isRight = !isToEnd || (at === entry.size && sum >>> 0 === entry.crc32);
  if (!isRight) throw damagedArchive({ reason: 'a file is not what was packed' });
  if (held) yield held;
}
