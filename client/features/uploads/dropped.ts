import { byNumber } from './order.ts';

/** A file that somebody dropped or picked, with where it stood in their folder. */
export interface Dropped {
  readonly file: File;
  /** With the name of the dropped folder in front, when there was one. */
  readonly path: string;
}

/** Files that operating systems and office programs leave in folders. */
const leftovers = /(^|\/)(\.|~\$|__MACOSX\/|Thumbs\.db$|desktop\.ini$)/i;

/** All files of a drop, folders walked through. The entries must be read before the event is over. */
export async function droppedIn(transfer: DataTransfer): Promise<Dropped[]> {
  const entries = [...transfer.items]
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  const nested = await Promise.all(entries.map(walk));
  return tidy(nested.flat());
}

/** Files of an `<input type="file">`, of a folder or of single files. */
export const pickedIn = (files: FileList | null): Dropped[] =>
  tidy([...(files ?? [])].map((file) => ({ file, path: file.webkitRelativePath || file.name })));

const tidy = (dropped: Dropped[]) =>
  dropped.filter(({ path }) => !leftovers.test(path)).sort((a, b) => byNumber(a.path, b.path));

async function walk(entry: FileSystemEntry): Promise<Dropped[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    return [{ file, path: entry.fullPath.replace(/^\//, '') }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: Dropped[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (batch.length === 0) return found;
    found.push(...(await Promise.all(batch.map(walk))).flat());
  }
}
