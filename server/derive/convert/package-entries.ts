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

export const h5pAbout = 'h5p.json';
export const h5pContent = 'content/content.json';
export const epubContainer = 'META-INF/container.xml';
export const epubEncryption = 'META-INF/encryption.xml';

export function packageKindOf(paths: readonly string[]): 'h5p' | 'epub' | 'files' {
  const there = new Set(paths);
  if (there.has(h5pAbout) && there.has(h5pContent)) return 'h5p';
  return there.has(epubContainer) ? 'epub' : 'files';
}

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
