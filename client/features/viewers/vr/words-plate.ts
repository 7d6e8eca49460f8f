import type { Picture } from '../sphere/ball.ts';
import { darkSheetOf, inFront, type Plate, plateOf, sheetOf, type } from './plate.ts';

/** Metres; at an arm's length and a half a character is as large as one in a book at hand. */
const breadth = 0.55;
const [width, margin] = [1024, 56];
const title = { size: 56, line: 76 };
const text = { size: 44, line: 68 };
/** What a glance takes in; the page beside has the rest. */
const mostLines = 12;
/** Pixels for a picture. */
const tallest = 640;

/** What a plate says. */
export interface Written {
  title: string;
  text: string;
  /** Where one can go from here: beneath the text, however long that is. */
  more: readonly string[];
  picture?: Picture | undefined;
}

/** Title and text of a label, and its picture above them, as a plate that is to be read standing. */
export function wordsPlate({ picture, ...words }: Written): Plate {
  const { pen: ruler } = sheetOf(1, 1);
  const room = width - 2 * margin;
  const titles = linesOf(ruler, words.title, type(title.size, 600), room).slice(0, 3);
  const all = linesOf(ruler, words.text, type(text.size), room);
  const texts = all.slice(0, mostLines);
  if (all.length > mostLines) texts[mostLines - 1] += '…';
  const ways = words.more.flatMap((one) => linesOf(ruler, one, type(text.size), room).slice(0, 2));
  const shown = picture && sizeWithin(picture, room, tallest);
  const above = margin + (shown ? shown.height + margin / 2 : 0);
  const height = above + titles.length * title.line + (texts.length + ways.length) * text.line + margin;
  const { canvas, pen } = darkSheetOf(width, height, 36);
  if (pen) {
    if (picture && shown)
      pen.drawImage(picture, (width - shown.width) / 2, margin, shown.width, shown.height);
    const write = (
      lines: readonly string[],
      { size, line }: typeof text,
      from: number,
      weight: 400 | 600,
    ) => {
      pen.font = type(size, weight);
      for (const [at, one] of lines.entries()) pen.fillText(one, margin, from + (at + 0.5) * line, room);
    };
    write(titles, title, above, 600);
    const below = above + titles.length * title.line;
    write(texts, text, below, 400);
    pen.fillStyle = '#b9d9e0';
    write(ways, text, below + texts.length * text.line, 400);
  }
  return inFront(plateOf(canvas, breadth), 12);
}

function sizeWithin(picture: Picture, widest: number, tallest: number): { width: number; height: number } {
  const scale = Math.min(widest / picture.width, tallest / picture.height);
  return { width: picture.width * scale, height: picture.height * scale };
}

/** Breaks between words; Chinese has them without spaces. */
function linesOf(pen: CanvasRenderingContext2D | null, said: string, font: string, room: number): string[] {
  if (!pen || said.trim() === '') return [];
  pen.font = font;
  const fits = (line: string) => pen.measureText(line).width <= room;
  return said.split('\n').flatMap((paragraph) => {
    const lines = [''];
    for (const piece of piecesOf(paragraph)) {
      const line = (lines.at(-1) ?? '') + piece;
      if (fits(line.trimEnd()) || lines.at(-1) === '') lines[lines.length - 1] = line;
      else lines.push(piece.trimStart());
    }
    return lines;
  });
}

/** Words with what follows them: no line begins with a full stop. What is longer than any line comes in characters. */
function piecesOf(paragraph: string): string[] {
  const pieces: string[] = [];
  for (const { segment, isWordLike } of new Intl.Segmenter('zh', { granularity: 'word' }).segment(
    paragraph,
  )) {
    if (isWordLike || pieces.length === 0) pieces.push(...(segment.length > 20 ? segment : [segment]));
    else pieces[pieces.length - 1] += segment;
  }
  return pieces;
}
