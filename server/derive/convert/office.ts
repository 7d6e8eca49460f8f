import { Parser } from 'htmlparser2';
import yauzl from 'yauzl';
import { bounded, type Made, NotConvertible, type Passage, type Task } from './conversion.ts';
import { thumbnailsOf } from './picture.ts';

/** Beyond these an Office file is a bomb. */
const mostEntries = 20_000;
const largestEntry = 100 * 1024 * 1024;
const mostInflated = 300 * 1024 * 1024;

/** Text of slides, sheets and documents (OOXML, OpenDocument), or the picture that the program saved with the file. */
export async function convertOffice(task: Task): Promise<Made> {
  const zip = await openZip(task.source);
  try {
    const entries = new Map<string, yauzl.Entry>();
    for await (const entry of zip.eachEntry()) {
      if (entries.size >= mostEntries) throw new NotConvertible('too-large');
      entries.set(entry.fileName, entry);
    }
    const read = reader(zip, entries);
    if (task.recipe === 'thumbnails') return await savedPicture(read, entries, task.folder);
    const passages = bounded(await passagesOf(task.mediaType, [...entries.keys()], read));
    const characters = passages.reduce((sum, { text }) => sum + text.length, 0);
    const slides = passages.filter(({ unit }) => unit === 'slide').length;
    return { facts: { characters, ...(slides > 0 && { pages: slides }) }, passages };
  } catch (error) {
    if (error instanceof NotConvertible) throw error;
    throw new NotConvertible('damaged');
  } finally {
    zip.close();
  }
}

async function openZip(path: string) {
  try {
    return await yauzl.openPromise(path, { autoClose: false });
  } catch {
    throw new NotConvertible('damaged');
  }
}

type Read = (name: string) => Promise<Buffer>;

/** Reads entries, all of them together in bounds, whatever their headers claim. */
function reader(zip: yauzl.ZipFile, entries: Map<string, yauzl.Entry>): Read {
  let inflated = 0;
  return async (name) => {
    const entry = entries.get(name);
    if (!entry) return Buffer.alloc(0);
    if (entry.isEncrypted()) throw new NotConvertible('encrypted');
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      size += chunk.length;
      inflated += chunk.length;
      if (size > largestEntry || inflated > mostInflated) throw new NotConvertible('too-large');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  };
}

async function savedPicture(read: Read, entries: Map<string, yauzl.Entry>, folder: string): Promise<Made> {
  const name = [...entries.keys()].find((one) =>
    /^(docProps\/thumbnail\.(jpe?g|png)|Thumbnails\/thumbnail\.png)$/i.test(one),
  );
  if (!name) throw new NotConvertible('nothing-to-show');
  const { files } = await thumbnailsOf(await read(name), folder);
  return { facts: {}, ...(files && { files }) };
}

function passagesOf(mediaType: string, names: string[], read: Read): Promise<Passage[]> {
  if (mediaType.includes('presentationml')) return slides(names, read);
  if (mediaType.includes('spreadsheetml')) return sheets(names, read);
  if (mediaType.includes('wordprocessingml')) return sections('word/document.xml', read);
  return sections('content.xml', read);
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
async function sections(name: string, read: Read): Promise<Passage[]> {
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
  const takesText = new Set(['w:t', 'text:p', 'text:h', 'text:span', 'text:a']);
  const path: string[] = [];
  parse(await read(name), {
    onopentag: (tag, attributes) => {
      path.push(tag);
      if (tag === 'text:h') isHeading = true;
      if (tag === 'w:pStyle')
        isHeading = /^(Heading|标题)?\s*\d$|^Title$|^heading/i.test(attributes['w:val'] ?? '');
      if (tag === 'w:tab' || tag === 'text:tab' || tag === 'text:s') paragraph += ' ';
      if (tag === 'w:br' || tag === 'text:line-break') paragraph += '\n';
    },
    ontext: (text) => {
      if (takesText.has(path.at(-1) ?? '')) paragraph += text;
    },
    onclosetag: (tag) => {
      path.pop();
      if (tag === 'w:p' || tag === 'text:p' || tag === 'text:h') end();
    },
  });
  found.push({ unit: 'section', ...section });
  return found;
}

type Handler = NonNullable<ConstructorParameters<typeof Parser>[0]>;

function parse(xml: Buffer, handler: Handler): void {
  const parser = new Parser(handler, { xmlMode: true, decodeEntities: true });
  parser.end(xml.toString('utf8'));
}

/** The text of a drawing, a paragraph a line. */
function textOf(xml: Buffer): string {
  let text = '';
  let isText = false;
  parse(xml, {
    onopentag: (tag) => {
      isText = tag === 'a:t';
      if (tag === 'a:br') text += '\n';
    },
    ontext: (part) => {
      if (isText) text += part;
    },
    onclosetag: (tag) => {
      isText = false;
      if (tag === 'a:p') text += '\n';
    },
  });
  return text;
}

function stringsOf(xml: Buffer): string[] {
  const strings: string[] = [];
  let isText = false;
  parse(xml, {
    onopentag: (tag) => {
      if (tag === 'si') strings.push('');
      isText = tag === 't';
    },
    ontext: (part) => {
      if (isText) strings[strings.length - 1] += part;
    },
    onclosetag: () => {
      isText = false;
    },
  });
  return strings;
}

function sheetNames(xml: Buffer): string[] {
  const names: string[] = [];
  parse(xml, { onopentag: (tag, { name = '' }) => void (tag === 'sheet' && names.push(name)) });
  return names;
}

/** Cells of a sheet, a row a line. */
function cellsOf(xml: Buffer, shared: readonly string[]): string {
  let text = '';
  let type = '';
  let isValue = false;
  parse(xml, {
    onopentag: (tag, attributes) => {
      if (tag === 'c') type = attributes.t ?? '';
      isValue = tag === 'v' || tag === 't';
    },
    ontext: (part) => {
      if (isValue) text += `${type === 's' ? (shared[Number(part)] ?? '') : part} `;
    },
    onclosetag: (tag) => {
      isValue = false;
      if (tag === 'row') text += '\n';
    },
  });
  return text;
}
