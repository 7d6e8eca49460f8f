/**
 * The layout of a zip archive whose entries are stored, not packed (APPNOTE 6.3.10). Sizes and CRC-32 of all entries
 * are known beforehand, so the length of the archive and the place of every byte are, too: any stretch of it can be
 * made without making what stands before.
 */
import { crc32 } from '@node-rs/crc32';

export interface ZipEntry {
  /** with slashes between folders */
  path: string;
  /** in bytes */
  size: number;
  crc32: number;
  modifiedAt: Date;
}

/** A piece of the archive: bytes that are at hand, or the content of an entry. */
export type ZipPiece = { start: number; size: number } & ({ bytes: Buffer } | { entry: number });

export interface ZipLayout {
  size: number;
  pieces: readonly ZipPiece[];
}

const utf8Names = 0x0800;
const limit32 = 0xffff_ffff;
const limit16 = 0xffff;
/** Zip64; the plain format needs version 2.0. */
const version64 = 45;
const version20 = 20;
const madeByUnix = 3 << 8;
const regularFile = 0o100644 * 0x10000;

/** Where everything stands. Zip64 fields are used where a number does not fit, and only there. */
export function layOutZip(entries: readonly ZipEntry[]): ZipLayout {
  const pieces: ZipPiece[] = [];
  const directory: Buffer[] = [];
  let end = 0;
  for (const [index, entry] of entries.entries()) {
    const start = end;
    const head = localHeader(entry);
    pieces.push({ start, size: head.length, bytes: head });
    if (entry.size > 0) pieces.push({ start: start + head.length, size: entry.size, entry: index });
    directory.push(directoryHeader(entry, start));
    end = start + head.length + entry.size;
  }
  const listing = Buffer.concat(directory);
  const closing = Buffer.concat([listing, endRecords(entries.length, listing.length, end)]);
  pieces.push({ start: end, size: closing.length, bytes: closing });
  return { size: end + closing.length, pieces };
}

function localHeader(entry: ZipEntry): Buffer {
  const name = Buffer.from(entry.path);
  const isLarge = entry.size >= limit32;
  const extra = isLarge ? zip64Extra(entry.size, entry.size) : Buffer.alloc(0);
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(isLarge ? version64 : version20, 4);
  head.writeUInt16LE(utf8Names, 6);
  head.writeUInt16LE(0, 8); // stored
  head.writeUInt32LE(dosTime(entry.modifiedAt), 10);
  head.writeUInt32LE(entry.crc32, 14);
  head.writeUInt32LE(isLarge ? limit32 : entry.size, 18);
  head.writeUInt32LE(isLarge ? limit32 : entry.size, 22);
  head.writeUInt16LE(name.length, 26);
  head.writeUInt16LE(extra.length, 28);
  return Buffer.concat([head, name, extra]);
}

function directoryHeader(entry: ZipEntry, start: number): Buffer {
  const name = Buffer.from(entry.path);
  const isLarge = entry.size >= limit32;
  const isFar = start >= limit32;
  const extra =
    isLarge || isFar
      ? zip64Extra(...(isLarge ? [entry.size, entry.size] : []), ...(isFar ? [start] : []))
      : Buffer.alloc(0);
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(madeByUnix | version64, 4);
  head.writeUInt16LE(isLarge || isFar ? version64 : version20, 6);
  head.writeUInt16LE(utf8Names, 8);
  head.writeUInt16LE(0, 10);
  head.writeUInt32LE(dosTime(entry.modifiedAt), 12);
  head.writeUInt32LE(entry.crc32, 16);
  head.writeUInt32LE(isLarge ? limit32 : entry.size, 20);
  head.writeUInt32LE(isLarge ? limit32 : entry.size, 24);
  head.writeUInt16LE(name.length, 28);
  head.writeUInt16LE(extra.length, 30);
  head.writeUInt32LE(regularFile, 38);
  head.writeUInt32LE(isFar ? limit32 : start, 42);
  return Buffer.concat([head, name, extra]);
}

/** Section 4.5.3: the numbers that do not fit, in the order of the fields that they replace. */
function zip64Extra(...numbers: number[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * numbers.length);
  extra.writeUInt16LE(0x0001, 0);
  extra.writeUInt16LE(8 * numbers.length, 2);
  for (const [index, number] of numbers.entries()) extra.writeBigUInt64LE(BigInt(number), 4 + 8 * index);
  return extra;
}

function endRecords(count: number, size: number, start: number): Buffer {
  const isLarge = count >= limit16 || size >= limit32 || start >= limit32;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, limit16), 8);
  end.writeUInt16LE(Math.min(count, limit16), 10);
  end.writeUInt32LE(Math.min(size, limit32), 12);
  end.writeUInt32LE(Math.min(start, limit32), 16);
  if (!isLarge) return end;
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(44n, 4);
  end64.writeUInt16LE(madeByUnix | version64, 12);
  end64.writeUInt16LE(version64, 14);
  end64.writeBigUInt64LE(BigInt(count), 24);
  end64.writeBigUInt64LE(BigInt(count), 32);
  end64.writeBigUInt64LE(BigInt(size), 40);
  end64.writeBigUInt64LE(BigInt(start), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(start + size), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([end64, locator, end]);
}

/** Section 4.4.6: local time in steps of two seconds, from 1980 on. We write UTC. */
function dosTime(date: Date): number {
  const year = Math.min(Math.max(date.getUTCFullYear() - 1980, 0), 127);
  const day = (year << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
  const time = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
  return day * 0x10000 + time;
}

/** CRC-32 of bytes that are at hand. */
export const crc32Of = (bytes: Uint8Array): number => crc32(bytes) >>> 0;

/** Streams a stretch of an archive, both ends included; `open` gives a stretch of an entry's content. */
export async function* readZip(
  { pieces }: ZipLayout,
  { first, last }: { first: number; last: number },
  open: (entry: number, stretch: { first: number; last: number }) => Promise<AsyncIterable<Uint8Array>>,
): AsyncGenerator<Uint8Array> {
  for (let at = pieceAt(pieces, first); at < pieces.length; at++) {
    const piece = pieces[at];
    if (!piece || piece.start > last) return;
    const from = Math.max(first - piece.start, 0);
    const to = Math.min(last - piece.start, piece.size - 1);
    if ('bytes' in piece) yield piece.bytes.subarray(from, to + 1);
    else yield* await open(piece.entry, { first: from, last: to });
  }
}

/** Index of the piece that a byte is in. */
function pieceAt(pieces: readonly ZipPiece[], offset: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
