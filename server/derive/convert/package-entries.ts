import { posix } from 'node:path';

/** Which files of a package hold its words, by their paths: the others are not unpacked. */
export function entriesWithWords(paths: readonly string[]): string[] {
  const there = paths.filter((path) => !isLeftOver(path));
  switch (packageKindOf(paths)) {
    case 'h5p':
      return [h5pAbout, h5pContent];
    case 'epub':
      return there.filter((path) => path.startsWith('META-INF/') || /\.(opf|ncx|x?html?|xml)$/i.test(path));
    default:
      return there.filter((path) => isManifest(path) || (isReadable(path) && !isOfProgrammers(path)));
  }
}

/** Larger pictures are for no thumbnail, and smaller ones are icons and rules; in bytes. */
const largestPicture = 30_000_000;
const smallestPicture = 4000;

/**
 * The picture that stands for a package: one that is called its cover, or else its largest; undefined without any. Of
 * H5P, whose libraries bring sheets of icons, only one of its content.
 */
export function pictureIn(entries: Iterable<{ path: string; size: number }>): string | undefined {
  const all = [...entries];
  const folder = packageKindOf(all.map(({ path }) => path)) === 'h5p' ? 'content/' : '';
  const pictures = all.filter(
    ({ path, size }) =>
      isPicture(path) &&
      path.startsWith(folder) &&
      size >= smallestPicture &&
      size <= largestPicture &&
      !isLeftOver(path) &&
      !isOfProgrammers(path),
  );
  const cover = pictures.find(({ path }) => /(cover|poster|thumbnail|封面)[^/]*$/i.test(path));
  return (cover ?? pictures.sort((a, b) => b.size - a.size)[0])?.path;
}

const byName = new Intl.Collator('zh', { numeric: true });

/** What lies at the top of a package, folders first and with a slash behind; of one that is a folder, what lies in that. */
export function topOf(paths: readonly string[]): string[] {
  const there = paths.filter((path) => path !== '' && !isLeftOver(path));
  const names = [...new Set(there.map((path) => path.replace(/\/.*$/s, '/')))];
  const [only] = names;
  if (names.length === 1 && only?.endsWith('/')) return topOf(there.map((path) => path.slice(only.length)));
  const isFolder = (name: string) => Number(name.endsWith('/'));
  return names.sort((a, b) => isFolder(b) - isFolder(a) || byName.compare(a, b));
}

export const isPicture = (path: string): boolean => /\.(jpe?g|png|webp)$/i.test(path);

export const h5pAbout = 'h5p.json';
export const h5pContent = 'content/content.json';
export const epubContainer = 'META-INF/container.xml';
export const epubEncryption = 'META-INF/encryption.xml';

export function packageKindOf(paths: readonly string[]): 'h5p' | 'epub' | 'files' {
  const there = new Set(paths);
  if (there.has(h5pAbout) && there.has(h5pContent)) return 'h5p';
  return there.has(epubContainer) ? 'epub' : 'files';
}

/** What makes a zip a package that runs, whatever models lie in it. */
const runs =
  /(^|\/)(index\.html?|imsmanifest\.xml|h5p\.json|cmi5\.xml|tincan\.xml)$|^META-INF\/container\.xml$/i;
export const doesRun = (paths: readonly string[]): boolean => paths.some((path) => runs.test(path));

/** SCORM 1.2 and 2004, Common Cartridge. */
export const isManifest = (path: string): boolean => /(^|\/)imsmanifest\.xml$/i.test(path);

const isReadable = (path: string) => /\.(x?html?|md|markdown|txt|srt|vtt|gltf)$/i.test(path);
/** What programs leave in archives. */
const isLeftOver = (path: string) => /(^|\/)(__MACOSX|\.[^/]+)\//.test(path);
/** What comes along with libraries. */
const isOfProgrammers = (path: string) =>
  /(^|\/)(node_modules|bower_components)\/|(^|\/)(licen[cs]e|copying|changelog|readme|notice|authors)[^/]*$/i.test(
    path,
  );

/** An address in a file of a package, as the path of the other; without what stands behind `?` and `#`. */
export function pathFrom(file: string, href: string): string {
  const bare = href.replace(/[?#].*$/s, '');
  const path = posix.join(posix.dirname(file), unescaped(bare)).replace(/^\/+/, '');
  return path.normalize('NFC');
}

function unescaped(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address; // a lone % stands for itself
  }
}
