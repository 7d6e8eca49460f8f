import { noSuchFile, pathTaken, tooManyFiles } from '../problems.ts';
import type { Content, StoredFile } from '../stored.ts';
import { foldPath } from './contract.ts';

/** The files of a draft: pure decisions. */

export const MOST_FILES = 2000;

/**
 * Puts a file in, last, or in the place of the one at the same path: sending a file again replaces it.
 * @throws pathTaken when the path is a folder of another file or the other way round; tooManyFiles
 */
export function placeFile(
  files: readonly StoredFile[],
  file: StoredFile,
): { files: StoredFile[]; replaced: StoredFile | undefined } {
  const at = files.findIndex((other) => foldPath(other.path) === foldPath(file.path));
  if (at !== -1) return { files: files.with(at, file), replaced: files[at] };
  if (files.length >= MOST_FILES) throw tooManyFiles({ most: MOST_FILES });
  const placed = [...files, file];
  assertTree(placed);
  return { files: placed, replaced: undefined };
}

/** @throws noSuchFile */
export function removeFile(files: readonly StoredFile[], path: string): StoredFile[] {
  return files.toSpliced(indexOf(files, path), 1);
}

/**
 * Renames all at once (two files may swap their names), then puts those named in `order` first, in that order.
 * @throws noSuchFile, pathTaken; nothing is done then
 */
export function arrange(
  files: readonly StoredFile[],
  { rename, order }: { rename: readonly { from: string; to: string }[]; order: readonly string[] },
): StoredFile[] {
  const renamed = [...files];
  for (const { from, to } of rename) {
    const at = indexOf(files, from);
    const file = files[at];
    if (file) renamed[at] = { ...file, path: to };
  }
  assertTree(renamed);
  const first = [...new Set(order.map((path) => indexOf(renamed, path)))];
  const rest = [...renamed.keys()].filter((at) => !first.includes(at));
  return [...first, ...rest].flatMap((at) => renamed[at] ?? []);
}

/** What lists tell of the files. */
export function totalsOf(files: readonly StoredFile[]): Pick<Content, 'fileCount' | 'bytes' | 'cover'> {
  const cover =
    files.find((file) => /^(image|model)\//.test(file.mediaType)) ??
    files.find((file) => /^video\/|pdf$|presentation|document/.test(file.mediaType));
  return {
    fileCount: files.length,
    bytes: files.reduce((sum, file) => sum + file.size, 0),
    cover: cover?.sha256 ?? null,
  };
}

function indexOf(files: readonly StoredFile[], path: string): number {
  const at = files.findIndex((file) => file.path === path.normalize('NFC'));
  if (at === -1) throw noSuchFile({ path });
  return at;
}

/** Every path once, and none a folder of another: or an archive of them could not be unpacked. */
function assertTree(files: readonly StoredFile[]): void {
  const taken = new Set<string>();
  for (const { path } of files) {
    const folded = foldPath(path);
    if (taken.has(folded)) throw pathTaken({ path });
    taken.add(folded);
  }
  for (const { path } of files) {
    const parts = foldPath(path).split('/');
    for (let depth = 1; depth < parts.length; depth++) {
      const folder = parts.slice(0, depth).join('/');
      if (taken.has(folder)) throw pathTaken({ path: folder });
    }
  }
}
