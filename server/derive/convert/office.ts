import { bounded, charactersIn, type Made, NotConvertible, type Passage, type Task } from './conversion.ts';
import { walkXml } from './markup.ts';
import { type OfficeZip, type Read, refuseLocked, withOfficeZip } from './office-zip.ts';
import { documentSections, presentationSlides, spreadsheetSheets } from './open-document.ts';
import { thumbnailsOf } from './picture.ts';

/**
 * Text of slides, sheets and documents (OOXML, OpenDocument), or the picture that the program saved with the file. Most
 * have none: then their pages give one (see `pdf`), and nothing has failed.
 */
export async function convertOffice({ recipe, mediaType, source, folder }: Task): Promise<Made> {
  await refuseLocked(source);
  return withOfficeZip(source, async (zip) => {
    if (recipe === 'thumbnails') return savedPicture(zip, folder);
    const passages = bounded(await passagesOf(mediaType, zip));
    const slides = passages.filter(({ unit }) => unit === 'slide').length;
    return { facts: { characters: charactersIn(passages), ...(slides > 0 && { pages: slides }) }, passages };
  });
}

async function savedPicture({ names, read }: OfficeZip, folder: string): Promise<Made> {
  const name = names.find((one) =>
    /^(docProps\/thumbnail\.(jpe?g|png)|Thumbnails\/thumbnail\.png)$/i.test(one),
  );
  if (!name) return { facts: {} };
  return { facts: {}, files: await thumbnailsOf(await read(name), folder) };
}

async function passagesOf(mediaType: string, { names, read }: OfficeZip): Promise<Passage[]> {
  if (mediaType.includes('presentationml')) return slides(names, read);
  if (mediaType.includes('spreadsheetml')) return sheets(names, read);
  if (mediaType.includes('wordprocessingml')) return sections(await read('word/document.xml'));
  const content = await read('content.xml');
  if (content.length === 0) throw new NotConvertible('damaged');
  if (mediaType.endsWith('.presentation')) return presentationSlides(content);
  if (mediaType.endsWith('.spreadsheet')) return spreadsheetSheets(content);
  return documentSections(content);
}

const numberIn = (name: string) => Number(/(\d+)\.xml$/.exec(name)?.[1] ?? 0);

async function slides(names: string[], read: Read): Promise<Passage[]> {
  const found: Passage[] = [];
  const files = names.filter((name) => /^ppt\/slides\/slide\d+\.xml$/.test(name));
  files.sort((a, b) => numberIn(a) - numberIn(b));
  for (const [index, name] of files.entries()) {
    const notes = names.includes(`ppt/notesSlides/notesSlide${numberIn(name)}.xml`)
      ? textOf(await read(`ppt/notesSlides/notesSlide${numberIn(name)}.xml`))
      : '';
    found.push({ unit: 'slide', at: index + 1, text: `${textOf(await read(name))}\n${notes}` });
  }
  return found;
}

async function sheets(names: string[], read: Read): Promise<Passage[]> {
  const shared = stringsOf(await read('xl/sharedStrings.xml'));
  const titles = sheetNames(await read('xl/workbook.xml'));
  const files = names.filter((name) => /^xl\/worksheets\/sheet\d+\.xml$/.test(name));
  files.sort((a, b) => numberIn(a) - numberIn(b));
  const found: Passage[] = [];
  for (const [index, name] of files.entries())
    found.push({
      unit: 'sheet',
      at: titles[index] ?? `${index + 1}`,
      text: cellsOf(await read(name), shared),
    });
  return found;
}

/** Cuts a document at its headings. */
function sections(xml: Buffer): Passage[] {
  const found: Passage[] = [];
  let section = { at: '', text: '' };
  let paragraph = '';
  let isHeading = false;
  const end = () => {
    if (isHeading && paragraph.trim() !== '') {
      found.push({ unit: 'section', ...section });
      section = { at: paragraph.trim().slice(0, 200), text: '' };
    }
    section.text += `${paragraph}\n`;
    paragraph = '';
    isHeading = false;
  };
  const path: string[] = [];
  walkXml(xml, {
    open: (tag, attributes) => {
      path.push(tag);
      if (tag === 'w:pStyle')
        isHeading = /^(Heading|标题)?\s*\d$|^Title$|^heading/i.test(attributes['w:val'] ?? '');
      if (tag === 'w:tab') paragraph += ' ';
      if (tag === 'w:br') paragraph += '\n';
    },
    text: (text) => {
      if (path.at(-1) === 'w:t') paragraph += text;
    },
    close: (tag) => {
      path.pop();
      if (tag === 'w:p') end();
    },
  });
  found.push({ unit: 'section', ...section });
  return found;
}

/** The text of a drawing, a paragraph a line. */
function textOf(xml: Buffer): string {
  let text = '';
  let isText = false;
  walkXml(xml, {
    open: (tag) => {
      isText = tag === 'a:t';
      if (tag === 'a:br') text += '\n';
    },
    text: (part) => {
      if (isText) text += part;
    },
    close: (tag) => {
      isText = false;
      if (tag === 'a:p') text += '\n';
    },
  });
  return text;
}

function stringsOf(xml: Buffer): string[] {
  const strings: string[] = [];
  let isText = false;
  walkXml(xml, {
    open: (tag) => {
      if (tag === 'si') strings.push('');
      isText = tag === 't';
    },
    text: (part) => {
      if (isText) strings[strings.length - 1] += part;
    },
    close: () => {
      isText = false;
    },
  });
  return strings;
}

function sheetNames(xml: Buffer): string[] {
  const names: string[] = [];
  walkXml(xml, { open: (tag, { name = '' }) => void (tag === 'sheet' && names.push(name)) });
  return names;
}

/** Cells of a sheet, a row a line. */
function cellsOf(xml: Buffer, shared: readonly string[]): string {
  let text = '';
  let type = '';
  let isValue = false;
  walkXml(xml, {
    open: (tag, attributes) => {
      if (tag === 'c') type = attributes.t ?? '';
      isValue = tag === 'v' || tag === 't';
    },
    text: (part) => {
      if (isValue) text += `${type === 's' ? (shared[Number(part)] ?? '') : part} `;
    },
    close: (tag) => {
      isValue = false;
      if (tag === 'row') text += '\n';
    },
  });
  return text;
}
