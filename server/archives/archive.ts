import { type Entry, fromRandomAccessReaderPromise, type ZipFile } from 'yauzl';
import { type Blob, readBlob } from '../blobs/index.ts';
import { Problem } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { namesOf } from './names.ts';
import { damagedArchive, notAnArchive, tooManyEntries } from './problems.ts';
import { assertSafe, type Listed, MOST_ENTRIES, pathOf } from './rules.ts';
import { ZipReader, type ZipSource } from './zip-reader.ts';

/** A file inside an archive. */
export interface ArchiveEntry {
  /** with slashes between folders, in Unicode normal form C */
  path: string;
  /** bytes unpacked, and as they lie in the archive */
  size: number;
  packed: number;
  crc32: number;
  /** APPNOTE 4.4.5: 0 is stored, 8 deflated */
  method: number;
  /** where its header begins in the archive */
  start: number;
  modifiedAt: Date;
}

/** An archive whose directory has been read and found safe; none of its files has been unpacked. */
export interface Archive {
  /** where its bytes are */
  source: ZipSource;
  /** files by path, in the order of the directory */
  entries: ReadonlyMap<string, ArchiveEntry>;
}

type Zip = Pick<Blob, '_id' | 'size'>;

/** Directories that were read lately; what SHA-256 names never changes. */
const known = new Map<string, Promise<Archive>>();
const mostKnown = 100;

/**
 * Reads the directory of a stored zip, by ranges and without unpacking anything.
 * @throws notAnArchive, damagedArchive, tooManyEntries, and what assertSafe throws; blobGone, blobDamaged
 */
export function openArchive(platform: Platform, { _id, size }: Zip, name = ''): Promise<Archive> {
  return openZip(platform, { id: _id, size, read: (of, range) => readBlob(of, _id, range) }, name);
}

/** The same for a zip that is no blob. @throws what openArchive throws */
export function openZip(platform: Platform, source: ZipSource, name = ''): Promise<Archive> {
  const before = known.get(source.id);
  known.delete(source.id);
  const opening = before ?? readDirectory(platform, source, name);
  known.set(source.id, opening);
  opening.catch(() => known.delete(source.id));
  for (const oldest of known.keys()) {
    if (known.size <= mostKnown) break;
    known.delete(oldest);
  }
  return opening;
}

async function readDirectory(platform: Platform, source: ZipSource, name: string): Promise<Archive> {
  const [first, second] = await beginningOf(platform, source);
  if (first !== 0x50 || second !== 0x4b) throw notAnArchive({ name });
  const found = await listed(new ZipReader(platform, source), source.size);
  const names = namesOf(found);
  assertSafe(
    found.map((entry, index) => factsOf(entry, names[index] ?? '')),
    platform.config.MAX_FILE_SIZE,
  );
  const entries = new Map<string, ArchiveEntry>();
  for (const [index, entry] of found.entries()) {
    const entryName = names[index] ?? '';
    if (entryName.endsWith('/')) continue;
    const path = pathOf(entryName);
    entries.set(path, {
      path,
      size: entry.uncompressedSize,
      packed: entry.compressedSize,
      crc32: entry.crc32,
      method: entry.compressionMethod,
      start: entry.relativeOffsetOfLocalHeader,
      modifiedAt: entry.getLastModDate(),
    });
  }
  return { source, entries };
}

async function beginningOf(platform: Platform, source: ZipSource): Promise<Uint8Array> {
  return Buffer.concat(await (await source.read(platform, { first: 0, last: 3 })).toArray());
}

/** All entries as they stand in the directory. */
async function listed(reader: ZipReader, size: number): Promise<Entry[]> {
  const entries: Entry[] = [];
  let zip: ZipFile | undefined;
  try {
    zip = await fromRandomAccessReaderPromise(reader, size, {
      lazyEntries: true,
      autoClose: false,
      decodeStrings: false,
    });
    if (zip.entryCount > MOST_ENTRIES) throw tooManyEntries({ most: MOST_ENTRIES });
    for await (const entry of zip.eachEntry()) entries.push(entry);
    return entries;
  } catch (error) {
    if (error instanceof Problem || !(error instanceof Error) || 'code' in error) throw error;
    throw damagedArchive({ reason: error.message.slice(0, 200) });
  } finally {
    zip?.close();
  }
}

const unixLike = new Set([3, 19]);

function factsOf(entry: Entry, name: string): Listed {
  const isUnix = unixLike.has(entry.versionMadeBy >> 8);
  return {
    name,
    size: entry.uncompressedSize,
    packed: entry.compressedSize,
    start: entry.relativeOffsetOfLocalHeader,
    header: 30 + entry.fileNameLength,
    isEncrypted: entry.isEncrypted(),
    mode: isUnix ? entry.externalFileAttributes >>> 16 : 0,
  };
}
