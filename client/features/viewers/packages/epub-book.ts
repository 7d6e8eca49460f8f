/** What a reader needs of a book. */
export interface Book {
  readonly title: string;
  /** Paths in the zip, in reading order. */
  readonly sections: readonly string[];
  readonly contents: readonly Chapter[];
}

export interface Chapter {
  readonly title: string;
  readonly path: string;
  /** Where in the section, with its `#`; empty for its beginning. */
  readonly mark: string;
  readonly depth: number;
}

type Read = (path: string) => Promise<string>;

/** Reads package document and contents of an EPUB 2 or 3 (EPUB 3.3, sections 5 and 7). @throws when they are missing */
export async function bookOf(read: Read): Promise<Book> {
  const container = parse(await read('META-INF/container.xml'));
  const opf = all(container, 'rootfile')[0]?.getAttribute('full-path');
  if (!opf) throw new Error('The book does not say where it begins');
  const document = parse(await read(opf));
  const items = new Map(
    all(document, 'item').map((item) => [
      item.getAttribute('id') ?? '',
      { path: resolve(opf, item.getAttribute('href') ?? '').path, item },
    ]),
  );
  const sections = all(document, 'itemref').flatMap((reference) => {
    const found = items.get(reference.getAttribute('idref') ?? '');
    return found && reference.getAttribute('linear') !== 'no' ? [found.path] : [];
  });
  const nav = [...items.values()].find(({ item }) =>
    item.getAttribute('properties')?.split(' ').includes('nav'),
  );
  const ncx = items.get(all(document, 'spine')[0]?.getAttribute('toc') ?? '');
  return {
    title: all(document, 'title')[0]?.textContent?.trim() ?? '',
    sections,
    contents: nav ? navOf(await read(nav.path), nav.path) : ncx ? ncxOf(await read(ncx.path), ncx.path) : [],
  };
}

function navOf(xml: string, at: string): Chapter[] {
  const navs = all(parse(xml), 'nav');
  const toc = navs.find((nav) => nav.getAttribute('epub:type') === 'toc') ?? navs[0];
  return toc === undefined
    ? []
    : all(toc, 'a').map((link) => ({
        ...resolve(at, link.getAttribute('href') ?? ''),
        title: link.textContent?.trim() ?? '',
        depth: depthOf(link, 'ol', toc) - 1,
      }));
}

function ncxOf(xml: string, at: string): Chapter[] {
  const root = parse(xml);
  return all(root, 'navPoint').map((point) => ({
    ...resolve(at, all(point, 'content')[0]?.getAttribute('src') ?? ''),
    title: all(point, 'text')[0]?.textContent?.trim() ?? '',
    depth: depthOf(point, 'navPoint', root) - 1,
  }));
}

function depthOf(element: Element, name: string, within: Element): number {
  let depth = 0;
  for (let at: Element | null = element; at && at !== within; at = at.parentElement)
    if (at.localName === name) depth++;
  return depth;
}

/** An address relative to a file, as a path in the zip. */
function resolve(from: string, href: string): { path: string; mark: string } {
  const url = new URL(href, `http://book/${from.split('/').map(encodeURIComponent).join('/')}`);
  return { path: decodeURIComponent(url.pathname.slice(1)), mark: url.hash };
}

function parse(xml: string): Element {
  return new DOMParser().parseFromString(xml, 'application/xml').documentElement;
}

const all = (within: Element, name: string): Element[] => [...within.getElementsByTagNameNS('*', name)];
