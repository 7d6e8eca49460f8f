import { readFile } from 'node:fs/promises';
import { bounded, charactersIn, type Made, NotConvertible, type Passage, type Task } from './conversion.ts';
import { epubChapters } from './epub.ts';
import { h5pTexts } from './h5p.ts';
import { nameOf } from './html.ts';
import { local, walkXml } from './markup.ts';
import { h5pAbout, h5pContent, isManifest, isPicture, packageKindOf, pathFrom } from './package-entries.ts';
import { scale, thumbnailsOf } from './picture.ts';
import { decoded, passagesOf } from './plain.ts';
import { type Block, sheetOf } from './sheet.ts';
import { passagesAsBlocks } from './text-blocks.ts';

/**
 * The text inside a zip: an EPUB by chapters, H5P, pages of SCORM and web packages, each with the file it stands in; or
 * thumbnails: of the picture that stands for it, the beginning of its words, or the names of its files.
 */
export async function convertPackage({ recipe, entries = [], names = [], folder }: Task): Promise<Made> {
  const picture = recipe === 'thumbnails' ? entries.find(({ path }) => isPicture(path)) : undefined;
  if (picture) return { facts: {}, files: await thumbnailsOf(picture.file, folder) };
  const files = new Map(entries.map(({ path, file }) => [path, file]));
  const read = async (path: string) => {
    const file = files.get(path);
    return file === undefined ? '' : decoded(await readFile(file));
  };
  const passages = bounded(await passagesIn([...files.keys()], read));
  if (recipe === 'text') return { facts: { characters: charactersIn(passages) }, passages };
  const blocks = names.length > 0 ? namesAsBlocks(names) : passagesAsBlocks(passages);
  if (blocks.length === 0) throw new NotConvertible('nothing-to-show');
  return { facts: {}, files: await scale(sheetOf(blocks), folder) };
}

const namesAsBlocks = (names: readonly string[]): Block[] => names.map((text) => ({ as: 'body', text }));

type Read = (path: string) => Promise<string>;

async function passagesIn(paths: readonly string[], read: Read): Promise<Passage[]> {
  switch (packageKindOf(paths)) {
    case 'epub':
      return epubChapters(read);
    case 'h5p':
      return h5pTexts(await read(h5pAbout), await read(h5pContent));
    default:
      return pages(paths, read);
  }
}

/** Pages and texts, those of a SCORM package by the titles and in the order of its manifest. */
async function pages(paths: readonly string[], read: Read): Promise<Passage[]> {
  const manifest = paths.find(isManifest);
  const titles = manifest === undefined ? new Map() : partsOf(manifest, await read(manifest));
  const order = new Set([...titles.keys(), ...paths.filter((path) => !isManifest(path))]);
  const found: Passage[] = [];
  for (const path of order) {
    const title = titles.get(path);
    if (title !== undefined) found.push({ unit: 'section', at: title, text: title, entry: path });
    for (const { unit, at, text } of passagesOf(mediaTypeOf(path), await read(path))) {
      const section = unit === 'section' ? at : '';
      found.push({ unit: 'section', at: section || title || '', text, entry: path });
    }
  }
  return found;
}

/** Titles of the parts of a package by the files that they begin with (SCORM 1.2 CAM 2.3; 2004 4th ed. CAM 3.4). */
function partsOf(manifest: string, xml: string): Map<string, string> {
  const wanted: { title: string; resource: string }[] = [];
  const hrefs = new Map<string, string>();
  const path: string[] = [];
  let text = '';
  walkXml(xml, {
    open: (tag, { identifier = '', identifierref, href }) => {
      const name = local(tag);
      path.push(name);
      text = '';
      if (name === 'item') wanted.push({ title: '', resource: identifierref ?? '' });
      if (name === 'resource' && href !== undefined) hrefs.set(identifier, pathFrom(manifest, href));
    },
    text: (part) => {
      text += part;
    },
    close: () => {
      const item = wanted.at(-1);
      if (path.pop() === 'title' && path.at(-1) === 'item' && item) item.title ||= nameOf(text);
    },
  });
  const parts = new Map<string, string>();
  for (const { title, resource } of wanted) {
    const file = hrefs.get(resource);
    if (file !== undefined && title !== '' && !parts.has(file)) parts.set(file, title);
  }
  return parts;
}

const mediaTypes: readonly [RegExp, string][] = [
  [/\.x?html?$/i, 'text/html'],
  [/\.(md|markdown)$/i, 'text/markdown'],
  [/\.(srt|vtt)$/i, 'text/vtt'],
  [/\.gltf$/i, 'model/gltf+json'],
];
const mediaTypeOf = (path: string) => mediaTypes.find(([ending]) => ending.test(path))?.[1] ?? 'text/plain';
