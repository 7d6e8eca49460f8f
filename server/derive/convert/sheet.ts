import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import sharp, { type Sharp } from 'sharp';
import { families, loadFonts } from './fonts.ts';

/** What stands on a sheet, from its top. */
export type Block =
  | { as: 'title' | 'heading' | 'body' | 'code'; text: string }
  | { as: 'table'; rows: readonly (readonly string[])[] };

/** As cards show pictures, so that nothing is cut off; large enough that words are read in the smallest thumbnail. */
const width = 1024;
const height = 640;
const margin = 48;
const paper = '#ffffff';
const ink = '#1f2328';
const hairline = '#d0d5d8';
const tint = '#eef3f4';

const looks = {
  title: { font: `46px ${families.bold}`, line: 62, gap: 18 },
  heading: { font: `36px ${families.bold}`, line: 52, gap: 16 },
  body: { font: `30px ${families.plain}`, line: 48, gap: 8 },
  code: { font: `26px ${families.fixed}`, line: 38, gap: 8 },
} as const;
const tableGap = 20;

/** Writes blocks on white paper, as many as it holds. */
export function sheetOf(blocks: Iterable<Block>): Sharp {
  loadFonts();
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = paper;
  context.fillRect(0, 0, width, height);
  context.fillStyle = ink;
  context.textBaseline = 'middle';
  let end = 0;
  for (const block of blocks) {
    if (end >= height) break;
    const top = end === 0 ? margin : end + (block.as === 'table' ? tableGap : looks[block.as].gap);
    end = block.as === 'table' ? drawTable(context, block.rows, top) : drawText(context, block, top);
  }
  const { data } = context.getImageData(0, 0, width, height);
  return sharp(Buffer.from(data.buffer), { raw: { width, height, channels: 4 } }).removeAlpha();
}

/** Gives the place where what was drawn ends. */
function drawText(
  context: SKRSContext2D,
  { as, text }: { as: keyof typeof looks; text: string },
  top: number,
): number {
  const { font, line } = looks[as];
  context.font = font;
  let next = top;
  for (const words of linesOf(context, text, width - 2 * margin)) {
    if (next >= height) break;
    context.fillText(words, margin, next + line / 2);
    next += line;
  }
  return next;
}

/** Longer lines of a file are of no use in a picture, and take long to measure. */
const longestLine = 2000;
/** A Chinese character with the marks that must not begin a line, a word with what hangs on it, or white space. */
const pieces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}][，。、；：？！）》”’」』】…]*|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+|\s+/gu;

/** Lines that are no wider than there is room; none for text that is empty but for one. */
function* linesOf(context: SKRSContext2D, text: string, room: number): Generator<string> {
  for (const whole of text.split('\n')) {
    let line = '';
    for (const [piece] of whole.slice(0, longestLine).matchAll(pieces)) {
      if (line === '' || context.measureText(line + piece).width <= room) line += piece;
      else {
        yield line;
        line = piece.trimStart();
      }
      while (context.measureText(line).width > room) {
        const fitting = charactersWithin(context, line, room);
        yield line.slice(0, fitting);
        line = line.slice(fitting);
      }
    }
    yield line;
  }
}

/** How much of a text there is room for; at least its first character. */
function charactersWithin(context: SKRSContext2D, text: string, room: number): number {
  let fitting = 0;
  let used = 0;
  for (const character of text) {
    used += context.measureText(character).width;
    if (used > room && fitting > 0) break;
    fitting += character.length;
  }
  return fitting;
}

const row = { line: 50, font: `26px ${families.plain}`, first: `26px ${families.bold}`, padding: 14 };
/** Of a column, in pixels. */
const widest = 360;

/** A grid, its first row marked as the names of its columns. */
function drawTable(context: SKRSContext2D, rows: readonly (readonly string[])[], top: number): number {
  const shown = rows.slice(0, Math.ceil((height - top) / row.line));
  const widths = widthsOf(context, shown);
  const right = Math.min(width, margin + widths.reduce((sum, one) => sum + one, 0));
  for (const [index, cells] of shown.entries()) {
    const y = top + index * row.line;
    context.fillStyle = tint;
    if (index === 0) context.fillRect(margin, y, right - margin, row.line);
    context.fillStyle = hairline;
    context.fillRect(margin, y + row.line - 1, right - margin, 1);
    context.fillStyle = ink;
    context.font = index === 0 ? row.first : row.font;
    let x = margin;
    for (const [column, cell] of cells.slice(0, widths.length).entries()) {
      const room = widths[column] ?? 0;
      context.fillText(shortened(context, cell, room - 2 * row.padding), x + row.padding, y + row.line / 2);
      x += room;
    }
  }
  return top + shown.length * row.line;
}

/** Columns as wide as what stands in them, as many as there is room for, and no narrower together than the sheet. */
function widthsOf(context: SKRSContext2D, rows: readonly (readonly string[])[]): number[] {
  context.font = row.first;
  const widths: number[] = [];
  let used = 0;
  const columns = Math.max(...rows.map((cells) => cells.length));
  for (let column = 0; column < columns && used < width - margin; column++) {
    const wanted = rows.map((cells) => context.measureText((cells[column] ?? '').slice(0, 60)).width);
    const own = Math.min(widest, Math.max(...wanted) + 2 * row.padding);
    widths.push(own);
    used += own;
  }
  const share = Math.max(1, (width - 2 * margin) / used);
  return widths.map((one) => one * share);
}

function shortened(context: SKRSContext2D, text: string, room: number): string {
  const short = text.slice(0, 60);
  if (context.measureText(short).width <= room) return short;
  return `${short.slice(0, charactersWithin(context, short, room - context.measureText('…').width))}…`;
}
