import type { Plugin } from 'vite';

/**
 * Where the pages of a PDF hang on one node of its page tree (ISO 32000-1, 7.7.3), as LibreOffice and many others
 * write it, pdf.js asks for the dictionaries of all of them to find one, and these lie all over the file. When that
 * node has as many kids as pages, each kid is a page, and the place of a kid is its number.
 */
const changes: readonly (readonly [before: string, after: string])[] = [
  [
    '      for (let last = kids.length - 1; last >= 0; last--) {',
    `      const kid = kids.length === count ? kids[pageIndex - currentPageIndex] : undefined;
      if (kid instanceof Ref) {
        const page = await xref.fetchAsync(kid);
        if (page instanceof Dict && !page.has("Kids")) {
          return [page, kid];
        }
      }
      for (let last = kids.length - 1; last >= 0; last--) {`,
  ],
  [
    '      let total = 0,\n        parentRef;\n      return xref',
    '      let total = 0,\n        parentRef,\n        pages;\n      return xref',
  ],
  [
    '        return parent.getAsync("Kids");',
    '        pages = parent.get("Count");\n        return parent.getAsync("Kids");',
  ],
  [
    '        const kidPromises = [];\n        let found = false;',
    `        const place = kids.length === pages ? kids.findIndex(kid => isRefsEqual(kid, kidRef)) : -1;
        if (place >= 0) {
          return [place, parentRef];
        }
        const kidPromises = [];
        let found = false;`,
  ],
];

/** pdf.js's worker, changed so that it fetches only the pages that are looked at. Fails when pdf.js is not as it was. */
export function pdfWorker(): Plugin {
  return {
    name: 'pdf-worker',
    transform(code, id) {
      if (!/pdfjs-dist\/legacy\/build\/pdf\.worker\.mjs/.test(id)) return;
      return { code: changes.reduce(changed, code), map: null };
    },
  };
}

function changed(code: string, [before, after]: readonly [string, string]): string {
  const parts = code.split(before);
  if (parts.length !== 2) throw new Error(`pdf.js has ${parts.length - 1} of: ${before}`);
  return parts.join(after);
}
