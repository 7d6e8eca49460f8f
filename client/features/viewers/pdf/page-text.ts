import { Converter } from 'opencc-js/t2cn';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { foldCharacter } from '../../../../server/search/analysis/contract.ts';

/** A piece of a page's text, as it lies in the text layer. */
export interface TextPiece {
  readonly text: string;
  /** Whether a line ends behind it. */
  readonly isLast: boolean;
}

/** Where a hit stands: the pieces that it covers, from one code unit up to another. */
export interface Span {
  readonly piece: number;
  readonly from: number;
  readonly to: number;
}
export type TextHit = readonly Span[];

export type TextContent = Awaited<ReturnType<PDFPageProxy['getTextContent']>>;

/** The pieces of a page, in the order of the text layer's elements. */
export const piecesOf = ({ items }: TextContent): TextPiece[] =>
  items.flatMap((item) => ('str' in item ? { text: item.str, isLast: item.hasEOL } : []));

/** The text of a page; none when it cannot be read, for one bad page is no reason to search no further. */
export async function readPage(pdf: PDFDocumentProxy, number: number): Promise<TextPiece[]> {
  try {
    const page = await pdf.getPage(number);
    return piecesOf(await page.getTextContent());
  } catch (error) {
    console.warn(`Page ${number} was not searched`, error);
    return [];
  }
}

/**
 * Every place where one of the words stands, in order, without overlaps. Width of characters, case, accents, signs that
 * look alike, traditional and simplified characters, radicals and line ends inside of Chinese do not count, as in the
 * search over all resources.
 */
export function hitsIn(pieces: readonly TextPiece[], words: readonly string[]): TextHit[] {
  const wanted = words.map((word) => folded([{ text: word, isLast: false }]).text.trim()).filter(Boolean);
  if (wanted.length === 0) return [];
  const { text, places } = folded(pieces);
  const found = wanted
    .flatMap((word) => occurrences(text, word))
    .sort((a, b) => a.from - b.from || b.to - a.to);
  let end = 0;
  const apart = found.filter(({ from, to }) => {
    const isApart = from >= end;
    if (isApart) end = to;
    return isApart;
  });
  return apart.map(({ from, to }) => spans(places.slice(from, to)));
}

function occurrences(text: string, word: string): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (let from = text.indexOf(word); from >= 0; from = text.indexOf(word, from + word.length))
    found.push({ from, to: from + word.length });
  return found;
}

function spans(places: readonly Span[]): Span[] {
  const whole: Span[] = [];
  for (const place of places) {
    const last = whole.at(-1);
    if (last?.piece === place.piece) whole[whole.length - 1] = { ...last, to: Math.max(last.to, place.to) };
    else whole.push(place);
  }
  return whole;
}

const isHan = (text: string) => /\p{Script=Han}$/u.test(text);

/** The text as it is compared, and for each of its code units where that comes from. */
function folded(pieces: readonly TextPiece[]): { text: string; places: Span[] } {
  let text = '';
  const places: Span[] = [];
  let gap: Span | undefined;
  for (const [piece, { text: own, isLast }] of pieces.entries()) {
    let from = 0;
    for (const character of own) {
      const place = { piece, from, to: from + character.length };
      from = place.to;
      const plain = foldedCharacter(character);
      if (plain === ' ') gap ??= place;
      if (plain.trim() === '') continue;
      if (gap && text !== '' && !isHan(text) && !isHan(plain)) {
        text += ' ';
        places.push(gap);
      }
      gap = undefined;
      text += plain;
      for (let unit = 0; unit < plain.length; unit++) places.push(place);
    }
    if (isLast) gap ??= { piece, from: own.length, to: own.length };
  }
  return { text, places };
}

const known = new Map<string, string>();
const simplified = Converter({ from: 't', to: 'cn' });

function foldedCharacter(character: string): string {
  const before = known.get(character);
  if (before !== undefined) return before;
  const plain = foldCharacter(character, simplified);
  known.set(character, plain);
  return plain;
}
