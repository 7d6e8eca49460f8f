import { NotConvertible, type Passage } from './conversion.ts';
import { htmlSections, nameOf } from './html.ts';
import { local, walkXml } from './markup.ts';
import { epubContainer, epubEncryption, pathFrom } from './package-entries.ts';

/** Gives a file of the book as text; empty when it is not there. */
type Read = (path: string) => Promise<string>;

/**
 * The chapters of an EPUB in reading order (EPUB 3.3, sections 5 and 7; EPUB 2 alike), cut at their headings.
 * @throws NotConvertible: damaged without a package document, encrypted when every chapter is
 */
export async function epubChapters(read: Read): Promise<Passage[]> {
  const opf = attributeIn(await read(epubContainer), 'rootfile', 'full-path');
  const book = opf === undefined ? '' : await read(opf);
  if (opf === undefined || book === '') throw new NotConvertible('damaged');
  const { spine, contents } = readBook(opf, book);
  const locked = lockedPaths(await read(epubEncryption));
  const open = spine.filter((path) => !locked.has(path));
  if (open.length === 0 && spine.length > 0) throw new NotConvertible('encrypted');
  const titles = contents === undefined ? new Map() : titlesOf(contents, await read(contents));
  const found: Passage[] = [];
  for (const path of open)
    for (const section of htmlSections(await read(path)))
      found.push({ ...section, at: section.at || titles.get(path) || '', entry: path });
  return found;
}

function readBook(opf: string, xml: string): { spine: string[]; contents: string | undefined } {
  const items = new Map<string, string>();
  const order: string[] = [];
  let contents: string | undefined;
  let ncx = '';
  walkXml(xml, {
    open: (tag, { id = '', href = '', properties = '', idref = '', linear, toc }) => {
      const name = local(tag);
      if (name === 'item') {
        items.set(id, pathFrom(opf, href));
        if (properties.split(/\s+/).includes('nav')) contents = pathFrom(opf, href);
      }
      if (name === 'itemref' && linear !== 'no') order.push(idref);
      if (name === 'spine') ncx = toc ?? '';
    },
  });
  return {
    spine: [...new Set(order.flatMap((id) => items.get(id) ?? []))],
    contents: contents ?? items.get(ncx),
  };
}

/** How the table of contents names each file: links of EPUB 3, points of EPUB 2. */
function titlesOf(at: string, xml: string): Map<string, string> {
  const titles = new Map<string, string>();
  let text = '';
  let href: string | undefined;
  const keep = () => {
    const path = href === undefined ? undefined : pathFrom(at, href);
    if (path !== undefined && nameOf(text) !== '' && !titles.has(path)) titles.set(path, nameOf(text));
    href = undefined;
  };
  walkXml(xml, {
    open: (tag, attributes) => {
      const name = local(tag);
      if (name === 'a' || name === 'navLabel') text = '';
      if (name === 'a') href = attributes.href;
      if (name !== 'content') return;
      href = attributes.src;
      keep();
    },
    text: (part) => {
      text += part;
    },
    close: (tag) => {
      if (local(tag) === 'a') keep();
    },
  });
  return titles;
}

function lockedPaths(xml: string): Set<string> {
  const locked = new Set<string>();
  walkXml(xml, {
    open: (tag, { URI = '' }) => void (local(tag) === 'CipherReference' && locked.add(pathFrom('', URI))),
  });
  return locked;
}

function attributeIn(xml: string, element: string, attribute: string): string | undefined {
  let found: string | undefined;
  walkXml(xml, {
    open: (tag, attributes) => {
      if (local(tag) === element) found ??= attributes[attribute];
    },
  });
  return found;
}
