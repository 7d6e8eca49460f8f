import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { GlobalFonts } from '@napi-rs/canvas';

const { resolve } = createRequire(import.meta.url);
const chinese = join(dirname(resolve('@embedpdf/fonts-sc')), '../fonts');
const standard = join(dirname(resolve('pdfjs-dist/package.json')), 'standard_fonts');

/** What text is written in, as families of a canvas. What the fixed one lacks, Chinese above all, is taken from the plain one. */
export const families = {
  plain: 'courseyard',
  bold: 'courseyard-bold',
  fixed: 'courseyard-fixed, courseyard',
};

const files = {
  courseyard: join(chinese, 'NotoSansHans-Regular.otf'),
  'courseyard-bold': join(chinese, 'NotoSansHans-Bold.otf'),
  'courseyard-fixed': join(standard, 'FoxitFixedBold.pfb'),
};

let areLoaded = false;

/** Loads the fonts that come with us, so that no machine has to have one. @throws Error when one cannot be read */
export function loadFonts(): void {
  if (areLoaded) return;
  for (const [family, file] of Object.entries(files))
    if (!GlobalFonts.registerFromPath(file, family)) throw new Error(`The font ${file} cannot be read`);
  areLoaded = true;
}
