import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { create, type Font } from 'fontkit';

const { resolve } = createRequire(import.meta.url);

/** A Chinese font that comes as a package (SIL Open Font License), so that no machine has to have one. */
export const fontFile = join(dirname(resolve('@embedpdf/fonts-sc')), '../fonts/NotoSansHans-Regular.otf');

let loaded: Font | undefined;
const font = (): Font => {
  loaded ??= create(readFileSync(fontFile)) as Font;
  return loaded;
};

/** The text with what the font lacks in its plain form: CO₂ as CO2. */
export const drawable = (text: string): string =>
  [...text]
    .map((c) => (font().hasGlyphForCodePoint(c.codePointAt(0) ?? 0) ? c : c.normalize('NFKC')))
    .join('');

/** The outlines of a line of text as an SVG path, its baseline starting at `x`, `y`. */
export function outline(text: string, x: number, y: number, size: number, colour: string): string {
  const scale = size / font().unitsPerEm;
  let at = 0;
  const { glyphs, positions } = font().layout(drawable(text));
  const letters = glyphs.map((glyph, i) => {
    const path = `<path transform="translate(${at} 0)" d="${glyph.path.toSVG()}"/>`;
    at += positions[i]?.xAdvance ?? 0;
    return path;
  });
  return `<g fill="${colour}" transform="translate(${x} ${y}) scale(${scale} ${-scale})">${letters.join('')}</g>`;
}

/** As much of a text as fits into a width, Chinese characters as wide as the size and others half of it. */
export function fitting(text: string, width: number, size: number): string {
  let used = 0;
  for (let i = 0; i < text.length; i += 1) {
    used += text.charCodeAt(i) > 0x2e80 ? size : size * 0.58;
    if (used > width) return `${text.slice(0, Math.max(0, i - 1))}…`;
  }
  return text;
}
