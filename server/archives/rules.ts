import { EntryPath } from '../resources/index.ts';
import {
  encryptedArchive,
  overlappingEntries,
  packedTooTightly,
  repeatedEntry,
  specialEntry,
  unpacksTooLarge,
  unsafeEntryName,
} from './problems.ts';

/** What an archive must be like before any of it is read: pure decisions on its directory. */

export const MOST_ENTRIES = 20_000;
const mostFolders = 32;
/** Text packs to a twentieth, drawings and empty tables to a hundredth; small archives may do what they want. */
const mostRatio = 200;
const smallEnough = 100 * 1024 * 1024;

/** A file or folder, as the directory of an archive tells of it. */
export interface Listed {
  /** as it stands in the archive; folders end with a slash */
  name: string;
  /** bytes unpacked, and as they lie in the archive */
  size: number;
  packed: number;
  /** where its header begins */
  start: number;
  /** bytes between that and its data, at least */
  header: number;
  isEncrypted: boolean;
  /** Unix file mode; 0 when the program that wrote it knows none */
  mode: number;
}

/**
 * @throws encryptedArchive, specialEntry, unsafeEntryName, repeatedEntry, unpacksTooLarge, packedTooTightly,
 * overlappingEntries
 */
export function assertSafe(entries: readonly Listed[], most: number): void {
  const names = new Set<string>();
  for (const { name, isEncrypted, mode } of entries) {
    if (isEncrypted) throw encryptedArchive({ entry: shown(name) });
    if (isSpecial(mode)) throw specialEntry({ entry: shown(name) });
    const path = pathOf(name);
    if (names.has(path)) throw repeatedEntry({ entry: shown(name) });
    names.add(path);
  }
  assertFoldersAreNoFiles(entries);
  assertSizes(entries, most);
  assertApart(entries);
}

/** The path of an entry in Unicode normal form C, without the slash of a folder. @throws unsafeEntryName */
export function pathOf(name: string): string {
  const result = EntryPath.safeParse(name.replace(/^(\.\/)+/, '').replace(/\/$/, ''));
  const isSafe = result.success && !/^[A-Za-z]:/.test(name) && result.data.split('/').length <= mostFolders;
  if (!isSafe) throw unsafeEntryName({ entry: shown(name) });
  return result.data;
}

/** Links, devices, pipes and sockets: everything but files and folders. */
function isSpecial(mode: number): boolean {
  const kind = mode & 0o170000;
  return kind !== 0 && kind !== 0o100000 && kind !== 0o040000;
}

function assertFoldersAreNoFiles(entries: readonly Listed[]): void {
  const files = new Set(entries.flatMap(({ name }) => (name.endsWith('/') ? [] : [pathOf(name)])));
  for (const path of files)
    for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1))
      if (files.has(path.slice(0, cut))) throw repeatedEntry({ entry: shown(path.slice(0, cut)) });
}

function assertSizes(entries: readonly Listed[], most: number): void {
  const size = entries.reduce((sum, entry) => sum + entry.size, 0);
  const packed = entries.reduce((sum, entry) => sum + entry.packed, 0);
  if (size > most) throw unpacksTooLarge({ bytes: size, most });
  if (size <= smallEnough || size <= packed * mostRatio) return;
  const [worst] = [...entries].sort((a, b) => b.size - a.size);
  throw packedTooTightly({ entry: shown(worst?.name ?? '') });
}

/** No byte belongs to two entries: that is how a small archive claims to hold very much. */
function assertApart(entries: readonly Listed[]): void {
  const inOrder = [...entries].sort((a, b) => a.start - b.start);
  let end = 0;
  for (const { name, start, header, packed } of inOrder) {
    if (start < end) throw overlappingEntries({ entry: shown(name) });
    end = start + header + packed;
  }
}

/** A name that can be said in a sentence, whatever it is. */
const shown = (name: string) => name.replace(/[\p{C}\u2028\u2029]/gu, '\uFFFD').slice(0, 120);
