import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp, { type Sharp } from 'sharp';
import { thumbnailSizes } from '../contract.ts';
import { bounded, charactersIn, type Made, NotConvertible, type Passage, type Task } from './conversion.ts';
import { scale } from './picture.ts';

const library = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
const folderUrl = (name: string) => `${pathToFileURL(join(library, name)).href}/`;

/** Longest side of the picture of the first page, in pixels. */
const pictureSide = thumbnailSizes.large;

/** @throws NotConvertible: damaged or encrypted */
export async function openPdf(source: string) {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const loading = getDocument({
    data: new Uint8Array(await readFile(source)),
    cMapUrl: folderUrl('cmaps').replace('file://', ''),
    cMapPacked: true,
    standardFontDataUrl: folderUrl('standard_fonts').replace('file://', ''),
    isEvalSupported: false,
    disableFontFace: true,
    verbosity: 0,
  });
  try {
    return await loading.promise;
  } catch (error) {
    const isLocked = error instanceof Error && error.name === 'PasswordException';
    throw new NotConvertible(isLocked ? 'encrypted' : 'damaged');
  }
}

/** The text of every page (with its Chinese, by the character maps of pdf.js) or a picture of the first one. */
export async function convertPdf({ recipe, source, folder }: Task): Promise<Made> {
  const pdf = await openPdf(source);
  try {
    if (recipe === 'thumbnails') return await pictureOf(pdf, folder);
    const passages: Passage[] = [];
    let scannedPages = 0;
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number);
      const text = await textOfPage(page);
      passages.push({ unit: 'page', at: number, text });
      if (await isScanned(page, text)) scannedPages++;
      page.cleanup();
    }
    const kept = bounded(passages);
    const scans = scannedPages > 0 && { scannedPages };
    return { facts: { pages: pdf.numPages, characters: charactersIn(kept), ...scans }, passages: kept };
  } finally {
    await pdf.loadingTask.destroy();
  }
}

export type Pdf = Awaited<ReturnType<typeof openPdf>>;
type Page = Awaited<ReturnType<Pdf['getPage']>>;

export async function textOfPage(page: Page): Promise<string> {
  const { items } = await page.getTextContent();
  return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
}

/** A page number or the stamp of a scanner is no text yet. */
const fewCharacters = 30;

/** Whether a page is a picture, with hardly any text of its own. */
export async function isScanned(page: Page, text: string): Promise<boolean> {
  if (text.replace(/\s+/gu, '').length >= fewCharacters) return false;
  const { OPS } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const paints = new Set<number>([
    OPS.paintImageXObject,
    OPS.paintInlineImageXObject,
    OPS.paintImageMaskXObject,
  ]);
  const { fnArray } = await page.getOperatorList();
  return fnArray.some((operation) => paints.has(operation));
}

async function pictureOf(pdf: Pdf, folder: string): Promise<Made> {
  const picture = await pictureOfPage(pdf, await pdf.getPage(1), pictureSide);
  return { facts: { pages: pdf.numPages }, files: await scale(picture.removeAlpha(), folder) };
}

/** A page as a picture. @param side its longer side in pixels */
export async function pictureOfPage(pdf: Pdf, page: Page, side: number): Promise<Sharp> {
  const natural = page.getViewport({ scale: 1 });
  const scaling = side / Math.max(natural.width, natural.height, 1);
  const viewport = page.getViewport({ scale: scaling });
  const [width, height] = [Math.max(1, Math.round(viewport.width)), Math.max(1, Math.round(viewport.height))];
  const factory = pdf.canvasFactory as CanvasFactory;
  const { canvas, context } = factory.create(width, height);
  if (!context) throw new NotConvertible('crashed');
  await page.render({ canvas, canvasContext: context, viewport, background: 'white' }).promise;
  const data: Uint8ClampedArray = context.getImageData(0, 0, width, height).data;
  return sharp(Buffer.from(data.buffer), { raw: { width, height, channels: 4 } });
}

type Rendering = Parameters<Page['render']>[0];

/** What pdf.js makes canvases with; its types leave it open. */
interface CanvasFactory {
  create(width: number, height: number): { canvas: Rendering['canvas']; context: Rendering['canvasContext'] };
}
