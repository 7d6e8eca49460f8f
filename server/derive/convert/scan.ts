import { join } from 'node:path';
import { bounded, type Made, type Passage, type Task } from './conversion.ts';
import { isScanned, openPdf, pictureOfPage, textOfPage } from './pdf.ts';
import { readPicture } from './picture.ts';
import { recogniserLanguages, textInPicture } from './recognition.ts';

/** More pages of one file are not read, and none once this time in ms has passed: what was read until then is kept. */
const mostPages = 300;
const longest = 15 * 60_000;
/** Longer side of a page's picture, in pixels: 250 dots an inch on A4. */
const side = 2_900;

/** The text in pages that are pictures, and in pictures of pages, when tesseract is installed. @throws NotConvertible */
export async function readScan({ mediaType, source, folder }: Task): Promise<Made> {
  await recogniserLanguages();
  const file = join(folder, 'page.png');
  const passages =
    mediaType === 'application/pdf'
      ? await readPages(source, file)
      : [{ unit: 'section' as const, at: '', text: await textInPicture(readPicture(source), file) }];
  const kept = bounded(passages);
  return { facts: { recognisedPages: kept.length }, passages: kept };
}

async function readPages(source: string, file: string): Promise<Passage[]> {
  const pdf = await openPdf(source);
  const passages: Passage[] = [];
  const end = performance.now() + longest;
  try {
    for (let number = 1; number <= pdf.numPages && passages.length < mostPages; number++) {
      if (performance.now() > end) break;
      const page = await pdf.getPage(number);
      if (await isScanned(page, await textOfPage(page)))
        passages.push({
          unit: 'page',
          at: number,
          text: await textInPicture(await pictureOfPage(pdf, page, side), file),
        });
      page.cleanup();
    }
  } finally {
    await pdf.loadingTask.destroy();
  }
  return passages;
}
