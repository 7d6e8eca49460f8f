import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { bounded, type Made, NotConvertible, type Passage, type Task } from './conversion.ts';
import { scale } from './picture.ts';

const library = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
const folderUrl = (name: string) => `${pathToFileURL(join(library, name)).href}/`;

/** Longest side of the picture of the first page, in pixels. */
const pictureSide = 1280;

async function open(source: string) {
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
  const pdf = await open(source);
  try {
    if (recipe === 'thumbnails') return await pictureOf(pdf, folder);
    const passages: Passage[] = [];
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      const text = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
      passages.push({ unit: 'page', at: number, text });
      page.cleanup();
    }
    const kept = bounded(passages);
    return { facts: { pages: pdf.numPages, characters: lengthOf(kept) }, passages: kept };
  } finally {
    await pdf.loadingTask.destroy();
  }
}

type Pdf = Awaited<ReturnType<typeof open>>;

async function pictureOf(pdf: Pdf, folder: string): Promise<Made> {
  const page = await pdf.getPage(1);
  const natural = page.getViewport({ scale: 1 });
  const scaling = pictureSide / Math.max(natural.width, natural.height, 1);
  const viewport = page.getViewport({ scale: scaling });
  const [width, height] = [Math.max(1, Math.round(viewport.width)), Math.max(1, Math.round(viewport.height))];
  const factory = pdf.canvasFactory as CanvasFactory;
  const { canvas, context } = factory.create(width, height);
  if (!context) throw new NotConvertible('crashed');
  await page.render({ canvas, canvasContext: context, viewport, background: 'white' }).promise;
  const data: Uint8ClampedArray = context.getImageData(0, 0, width, height).data;
  const picture = sharp(Buffer.from(data.buffer), { raw: { width, height, channels: 4 } });
  return { facts: { pages: pdf.numPages }, files: await scale(picture.removeAlpha(), folder) };
}

type Rendering = Parameters<Awaited<ReturnType<Pdf['getPage']>>['render']>[0];

/** What pdf.js makes canvases with; its types leave it open. */
interface CanvasFactory {
  create(width: number, height: number): { canvas: Rendering['canvas']; context: Rendering['canvasContext'] };
}

const lengthOf = (passages: readonly Passage[]) => passages.reduce((sum, { text }) => sum + text.length, 0);
