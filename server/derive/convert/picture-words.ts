import { readFile } from 'node:fs/promises';
import type { Metadata } from 'sharp';
import { bounded, charactersIn, type Made, type Passage, type Task } from './conversion.ts';
import { exifTexts } from './exif.ts';
import { local, walkXml } from './markup.ts';
import { onWhite, type Pixels, readPicture, refusalOf } from './picture.ts';
import { decoded } from './plain.ts';

/** What was written about a picture in the file itself: Exif, IPTC, XMP, comments; of a drawing, its text. */
export async function convertPictureWords({ mediaType, source, siblings }: Task): Promise<Made> {
  if (mediaType === 'image/svg+xml') return toldBy(svgTexts(await readFile(source)));
  const refuse = (error: unknown) => {
    throw refusalOf(error);
  };
  const metadata = await readPicture(source).metadata().catch(refuse);
  return wordsOfPicture(metadata, () =>
    onWhite(readPicture(siblings?.small ?? source).resize(100, 100, { fit: 'fill' })).catch(refuse),
  );
}

/** The same of a picture that is open for something else, of which there is a small opaque copy. */
export async function wordsOfPicture(metadata: Metadata, copy: () => Promise<Pixels>): Promise<Made> {
  const { facts, passages } = toldBy(saidAbout(metadata));
  const isPage = await looksLikePage(metadata, copy);
  return { facts: { ...facts, ...(isPage && { scannedPages: 1 }) }, passages };
}

function toldBy(texts: readonly string[]) {
  const lines = texts.map((text) => text.replace(/\s+/gu, ' ').trim()).filter((text) => /\p{L}/u.test(text));
  const text = [...new Set(lines)].join('\n');
  const passages = bounded([{ unit: 'section', at: '', text } satisfies Passage]);
  return { facts: { characters: charactersIn(passages) }, passages };
}

/** Smaller ones are icons and thumbnails, in which nothing can be read. */
const smallestPage = 500;
/** How many of its points must be paper. */
const mostlyPaper = 0.5;

/** Whether a picture is one of a document: most of it is light and without colour, also in a small copy of it. */
async function looksLikePage(
  { width = 0, height = 0 }: Metadata,
  copy: () => Promise<Pixels>,
): Promise<boolean> {
  if (Math.max(width, height) < smallestPage) return false;
  const { data, raw } = await copy();
  const colours = Math.min(raw.channels, 3);
  let paper = 0;
  for (let at = 0; at < data.length; at += raw.channels) {
    let darkest = 255;
    let lightest = 0;
    for (let colour = 0; colour < colours; colour++) {
      const value = data[at + colour] ?? 0;
      if (value < darkest) darkest = value;
      if (value > lightest) lightest = value;
    }
    if (darkest > 130 && lightest - darkest < 50) paper++;
  }
  return paper / (raw.width * raw.height) >= mostlyPaper;
}

function saidAbout({ exif, iptc, xmp, comments }: Metadata): string[] {
  return [
    ...(xmp ? xmpTexts(xmp) : []),
    ...(iptc ? iptcTexts(iptc) : []),
    ...(exif ? exifTexts(exif) : []),
    ...(comments ?? [])
      .filter(({ keyword }) => !/^(raw profile|xml:|software|date:)/i.test(keyword))
      .map(({ text }) => text),
  ];
}

const xmpElements = new Set([
  'title',
  'description',
  'subject',
  'Headline',
  'UserComment',
  'AltTextAccessibility',
]);

/** Title, description and keywords (XMP part 1, section 8.3; part 2, section 2.1). */
function xmpTexts(xmp: Buffer): string[] {
  const texts: string[] = [];
  const path: string[] = [];
  walkXml(xmp, {
    open: (tag, attributes) => {
      path.push(local(tag));
      if (local(tag) !== 'Description') return;
      for (const [name, value] of Object.entries(attributes))
        if (xmpElements.has(local(name))) texts.push(value);
    },
    text: (text) => {
      if (path.some((name) => xmpElements.has(name))) texts.push(text);
    },
    close: () => void path.pop(),
  });
  return texts;
}

/** Name, keywords, headline, caption (IIM 4.2, record 2). */
const iptcDatasets = new Set([5, 25, 105, 120]);

function iptcTexts(iptc: Buffer): string[] {
  const texts: string[] = [];
  for (let at = iptc.indexOf(0x1c); at >= 0 && at + 5 <= iptc.length; ) {
    const size = iptc.readUInt16BE(at + 3);
    const value = iptc.subarray(at + 5, at + 5 + size);
    if (iptc[at + 1] === 2 && iptcDatasets.has(iptc[at + 2] ?? 0)) texts.push(decoded(value));
    const next = at + 5 + size;
    at = iptc[next] === 0x1c ? next : -1;
  }
  return texts;
}

/** Title, description and what is written in a drawing. */
function svgTexts(svg: Buffer): string[] {
  const texts: string[] = [];
  const path: string[] = [];
  const readable = new Set(['title', 'desc', 'text', 'tspan', 'textPath']);
  walkXml(svg, {
    open: (tag) => {
      path.push(local(tag));
      if (local(tag) === 'text' || local(tag) === 'title' || local(tag) === 'desc') texts.push('');
    },
    text: (text) => {
      if (readable.has(path.at(-1) ?? '') && texts.length > 0) texts[texts.length - 1] += text;
    },
    close: () => void path.pop(),
  });
  return texts;
}
