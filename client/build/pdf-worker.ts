import type { Plugin } from 'vite';

/** A piece of pdf.js, and what stands in its place; there is exactly one of it. */
type Change = readonly [before: string, after: string];

/**
 * Where the pages of a PDF hang on one node of its page tree (ISO 32000-1, 7.7.3), as LibreOffice and many others
 * write it, pdf.js asks for the dictionaries of all of them to find one, and these lie all over the file. When that
 * node has as many kids as pages, each kid is a page, and the place of a kid is its number.
 */
const byTheirNumber: readonly Change[] = [
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

/**
 * Of fonts that a PDF does not bring along, the device is asked for all or, by an option, for none. Those that every
 * reader has to have (ISO 32000-1, 9.6.2.2), with Arial and the like, are served by us with the right widths, which many
 * devices do not have; Chinese ones only a device has. A composite font may be a Chinese one of any name.
 */
const oursBeforeTheDevices: readonly Change[] = [
  [
    '    if (this.options.useSystemFonts && name !== "Symbol" && name !== "ZapfDingbats") {\n      return null;\n    }\n',
    '',
  ],
  [
    '      const standardFontName = getStandardFontName(fontName.name);\n      if (standardFontName) {\n        fontFile',
    '      const standardFontName = getStandardFontName(fontName.name);\n      if (standardFontName && !composite) {\n        fontFile',
  ],
];

const changes = [...byTheirNumber, ...oursBeforeTheDevices];

/**
 * pdf.js's worker, changed so that it fetches only the pages that are looked at, and draws Latin text in fonts of the
 * right width. Fails when pdf.js is not as it was.
 */
export function pdfWorker(): Plugin {
  return {
    name: 'pdf-worker',
    transform(code, id) {
      if (!/pdfjs-dist\/legacy\/build\/pdf\.worker\.mjs/.test(id)) return;
      return { code: changes.reduce(changed, code), map: null };
    },
  };
}

function changed(code: string, [before, after]: Change): string {
  const parts = code.split(before);
  if (parts.length !== 2) throw new Error(`pdf.js has ${parts.length - 1} of: ${before}`);
  return parts.join(after);
}
