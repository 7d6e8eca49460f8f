import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Archive, entryBytes, openArchive } from '../archives/index.ts';
import type { Blob } from '../blobs/index.ts';
import { Problem } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import type { Reason } from './contract.ts';
import { NotConvertible, type Task } from './convert/conversion.ts';
import { doesRun, entriesWithWords, pictureIn, topOf } from './convert/package-entries.ts';

/** More of a package is not read: whatever comes behind is not found by its words. */
const mostEntries = 2_000;
const largestEntry = 20 * 1024 * 1024;
const mostBytes = 100 * 1024 * 1024;

/** Reads the directory of a package. @throws NotConvertible when it is not one that is opened; blobGone, blobDamaged */
export const openPackage = (platform: Platform, blob: Blob): Promise<Archive> =>
  readable(() => openArchive(platform, blob));

/** The files of a package that hold words. */
export const wordsIn = ({ entries }: Archive): string[] => entriesWithWords([...entries.keys()]);

/** As many names and texts as a picture of them holds. */
const mostShown = 20;

/** What a picture of a package is made of: the one that stands for it, the beginning of its words, or names of its files. */
export function shownOf({ entries }: Archive): { paths: string[]; names?: string[] } {
  const picture = pictureIn(entries.values());
  if (picture !== undefined) return { paths: [picture] };
  const paths = [...entries.keys()];
  if (doesRun(paths)) return { paths: entriesWithWords(paths).slice(0, mostShown) };
  return { paths: [], names: topOf(paths).slice(0, mostShown) };
}

/**
 * Copies files of a package into a folder; nothing else of it is unpacked. Files that are packed
 * in a way that is not read here are left out.
 * @throws NotConvertible when it is damaged; blobGone, blobDamaged
 */
export function copyEntries(
  platform: Platform,
  archive: Archive,
  paths: readonly string[],
  folder: string,
): Promise<NonNullable<Task['entries']>> {
  return readable(async () => {
    const copies: NonNullable<Task['entries']> = [];
    let bytes = 0;
    for (const path of paths) {
      const entry = archive.entries.get(path);
      if (!entry || entry.size > largestEntry || bytes + entry.size > mostBytes) continue;
      if (copies.length >= mostEntries) break;
      bytes += entry.size;
      const file = join(folder, String(copies.length));
      if (await isCopied(async () => await entryBytes(platform, archive, entry).open(), file))
        copies.push({ path, file });
    }
    return copies;
  });
}

/** Reads of an archive; what is wrong with it becomes the reason why nothing can be made of it. @throws NotConvertible */
export async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof Problem && error.type.startsWith('archives/') ? refusalOf(error) : error;
  }
}

/** Whether the bytes were written; not those whose packing is unknown. */
async function isCopied(open: () => Promise<NodeJS.ReadableStream>, file: string): Promise<boolean> {
  try {
    await pipeline(await open(), createWriteStream(file));
    return true;
  } catch (error) {
    if (error instanceof Problem && error.type === 'archives/unknown-packing') return false;
    throw error;
  }
}

const reasons: Record<string, Reason> = {
  'archives/encrypted': 'encrypted',
  'archives/unsafe-name': 'unsafe-entry',
  'archives/repeated-name': 'unsafe-entry',
  'archives/special-file': 'unsafe-entry',
  'archives/overlapping-entries': 'unsafe-entry',
  'archives/too-many-entries': 'unpacks-too-large',
  'archives/unpacks-too-large': 'unpacks-too-large',
  'archives/packed-too-tightly': 'unpacks-too-large',
};

function refusalOf({ type, values: { entry } }: Problem): NotConvertible {
  return new NotConvertible(reasons[type] ?? 'damaged', typeof entry === 'string' ? entry : undefined);
}
