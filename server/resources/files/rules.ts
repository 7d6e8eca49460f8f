import { fitted, isPicture } from '../annotations/rules.ts';
import { noPictureOf, noSuchFile, notAPicture, pathTaken, tooManyFiles } from '../problems.ts';
import type { Content, StoredFile } from '../stored.ts';
import { FilePath, foldPath } from './contract.ts';

/** The files of a draft: pure decisions. */

export const MOST_FILES = 2000;

/**
 * Puts a file in, last, or in the place of the one at the same path: sending a file again replaces it. What its author
 * has said of it, labels and that it is the cover, stays as far as it fits.
 * @throws pathTaken when the path is a folder of another file or the other way round; tooManyFiles
 */
export function placeFile(
  files: readonly StoredFile[],
  file: StoredFile,
): { files: StoredFile[]; replaced: StoredFile | undefined } {
  const at = files.findIndex((other) => foldPath(other.path) === foldPath(file.path));
  const replaced = files[at];
  if (replaced) {
    return { files: fitted(files.with(at, { ...file, ...saidOf(replaced) })), replaced };
  }
  if (files.length >= MOST_FILES) throw tooManyFiles({ most: MOST_FILES });
  const placed = [...files, file];
  assertTree(placed);
  return { files: placed, replaced: undefined };
}

/**
 * The path for a file whose own is taken: with a number behind its name (`讲义 (2).pdf`), the first that is free or has
 * the same bytes. So the same file that comes again does not stand there twice.
 */
export function freePath(files: readonly StoredFile[], { path, sha256 }: StoredFile): string {
  for (let number = 1; ; number++) {
    const wanted = number === 1 ? path : numbered(path, number);
    const there = files.find((other) => foldPath(other.path) === foldPath(wanted));
    if (!there) return wanted;
    if (there.sha256 === sha256) return there.path;
  }
}

/** A path with a number behind its name; a name that would grow too long by it is cut. */
function numbered(path: string, number: number): string {
  const [, folder = '', name = path, ending = ''] = /^(.*\/)?(.+?)(\.[^./]{1,20})?$/su.exec(path) ?? [];
  for (const letters = [...name]; letters.length > 0; letters.pop()) {
    const wanted = `${folder}${letters.join('').trim()} (${number})${ending}`;
    if (FilePath.safeParse(wanted).success) return wanted;
  }
  throw pathTaken({ path });
}

/** What the author has said of a file, beside its bytes and its path. */
export function saidOf({ annotations, isCover, view, look }: Said): Said {
  return {
    ...(annotations && { annotations }),
    ...(isCover && { isCover }),
    ...(view && { view }),
    ...(look && { look }),
  };
}
export type Said = Pick<StoredFile, 'annotations' | 'isCover' | 'view' | 'look'>;

/** @throws noSuchFile */
export function removeFile(files: readonly StoredFile[], path: string): StoredFile[] {
  return fitted(files.toSpliced(indexOf(files, path), 1));
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
  return fitted(
    [...first, ...rest].flatMap((at) => renamed[at] ?? []),
    rename,
  );
}

/**
 * Lets the picture of a file stand for the resource; of none, the first that has one does.
 * @throws noSuchFile, noPictureOf
 */
export function chooseCover(files: readonly StoredFile[], path: string | null): StoredFile[] {
  const chosen = path === null ? -1 : indexOf(files, path);
  const file = files[chosen];
  if (file && !isPictured(file)) throw noPictureOf({ path: file.path });
  return files.map(({ isCover: _, ...plain }, at) => (at === chosen ? { ...plain, isCover: true } : plain));
}

/** How a picture is to be looked at: null for what it tells itself, undefined for what stays. */
export interface ChosenView {
  readonly view?: NonNullable<StoredFile['view']> | null | undefined;
  readonly look?: NonNullable<StoredFile['look']> | null | undefined;
}

/**
 * Says how a picture or film is to be looked at, and where one looks first.
 * @throws noSuchFile, notAPicture
 */
export function chooseView(files: readonly StoredFile[], path: string, chosen: ChosenView): StoredFile[] {
  const at = indexOf(files, path);
  return files.map((file, index) => {
    if (index !== at) return file;
    if (!isPicture(file) && !file.mediaType.startsWith('video/')) throw notAPicture({ path: file.path });
    const { view: oldView, look: oldLook, ...plain } = file;
    const view = chosen.view === undefined ? oldView : chosen.view;
    const look = chosen.look === undefined ? oldLook : chosen.look;
    return { ...plain, ...(view && { view }), ...(look && { look }) };
  });
}

/** Pictures and models say more of a resource than the first page or second of another file. */
const isTelling = ({ mediaType }: StoredFile) =>
  /^image\/(png|jpeg|webp|gif|tiff|avif|svg\+xml|bmp|heic|heif)$|^model\/(gltf|stl|step|iges|x-brep)/.test(
    mediaType,
  );
/** Those say more than the beginning of a text, or what sound looks like. */
const isShown = ({ mediaType }: StoredFile) =>
  /^video\/|^application\/(pdf|msword|rtf|(epub\+)?zip)$|ms-(excel|powerpoint)$|officedocument|opendocument/.test(
    mediaType,
  );
/** Whether a file gets a picture, as far as can be told by its kind. */
export const isPictured = (file: StoredFile): boolean =>
  isTelling(file) ||
  isShown(file) ||
  /^(text|audio)\/|^application\/(yaml|x-subrip|xml|xml-dtd|json|.+\+(xml|json))$/.test(file.mediaType);

/** What lists tell of the files. */
export function totalsOf(files: readonly StoredFile[]): Pick<Content, 'fileCount' | 'bytes' | 'cover'> {
  const cover =
    files.find(({ isCover }) => isCover) ??
    files.find(isTelling) ??
    files.find(isShown) ??
    files.find(isPictured);
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
