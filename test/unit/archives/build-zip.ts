import { deflateRawSync } from 'node:zlib';
import { crc32 } from '@node-rs/crc32';

/** An entry as a test wants it, right or wrong; what is left out is as a good program writes it. */
export interface WantedEntry {
  /** bytes in any encoding */
  name: string | Buffer;
  bytes?: Buffer;
  isDeflated?: boolean;
  /** general purpose bits (APPNOTE 4.4.4); UTF-8 names unless told */
  flags?: number;
  /** compression method that is told, whatever the bytes are */
  method?: number;
  /** Unix file mode */
  mode?: number;
  /** what the directory tells, true or not */
  told?: { size?: number; packed?: number; start?: number; crc32?: number };
  /** sizes and CRC-32 stand behind the data, and in the header there are zeros */
  hasDescriptor?: boolean;
  /** sizes and place in Zip64 fields */
  isZip64?: boolean;
}

/** A zip, byte by byte, for everything that proper programs do not write. */
export function zipOf(entries: readonly WantedEntry[], told: { count?: number } = {}): Buffer {
  const body: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const bytes = entry.bytes ?? Buffer.alloc(0);
    const packed = entry.isDeflated ? deflateRawSync(bytes) : bytes;
    const facts = {
      name: Buffer.from(entry.name as string),
      flags: (entry.flags ?? 0x0800) | (entry.hasDescriptor ? 8 : 0),
      method: entry.method ?? (entry.isDeflated ? 8 : 0),
      crc32: entry.told?.crc32 ?? crc32(bytes) >>> 0,
      size: entry.told?.size ?? bytes.length,
      packed: entry.told?.packed ?? packed.length,
      start: entry.told?.start ?? at,
      mode: entry.mode ?? 0o100644,
      isZip64: entry.isZip64 ?? false,
    };
    const header = headerOf(entry.hasDescriptor ? { ...facts, crc32: 0, size: 0, packed: 0 } : facts);
    const descriptor = Buffer.alloc(entry.hasDescriptor ? 16 : 0);
    if (entry.hasDescriptor) {
      descriptor.writeUInt32LE(0x08074b50, 0);
      descriptor.writeUInt32LE(facts.crc32, 4);
      descriptor.writeUInt32LE(facts.packed, 8);
      descriptor.writeUInt32LE(facts.size, 12);
    }
    const piece = Buffer.concat([header, packed, descriptor]);
    body.push(piece);
    directory.push(directoryEntryOf(facts));
    at += piece.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(told.count ?? entries.length, 8);
  end.writeUInt16LE(told.count ?? entries.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...body, listing, end]);
}

interface Facts {
  name: Buffer;
  flags: number;
  method: number;
  crc32: number;
  size: number;
  packed: number;
  start: number;
  mode: number;
  isZip64: boolean;
}

function headerOf({ name, flags, method, crc32: sum, size, packed }: Facts): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(flags, 6);
  head.writeUInt16LE(method, 8);
  head.writeUInt32LE(sum, 14);
  head.writeUInt32LE(packed, 18);
  head.writeUInt32LE(Math.min(size, 0xffff_ffff), 22);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, name]);
}

function directoryEntryOf({ name, flags, method, crc32: sum, size, packed, start, mode, isZip64 }: Facts) {
  const large = Buffer.alloc(isZip64 ? 28 : 0);
  if (isZip64) {
    large.writeUInt16LE(1, 0);
    large.writeUInt16LE(24, 2);
    for (const [index, number] of [size, packed, start].entries())
      large.writeBigUInt64LE(BigInt(number), 4 + 8 * index);
  }
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE((3 << 8) | 45, 4);
  head.writeUInt16LE(45, 6);
  head.writeUInt16LE(flags, 8);
  head.writeUInt16LE(method, 10);
  head.writeUInt32LE(0x5c_21_60_00, 12);
  head.writeUInt32LE(sum, 16);
  head.writeUInt32LE(isZip64 ? 0xffff_ffff : packed, 20);
  head.writeUInt32LE(isZip64 ? 0xffff_ffff : size, 24);
  head.writeUInt16LE(name.length, 28);
  head.writeUInt16LE(large.length, 30);
  head.writeUInt32LE(mode * 0x10000, 38);
  head.writeUInt32LE(isZip64 ? 0xffff_ffff : start, 42);
  return Buffer.concat([head, name, large]);
}
