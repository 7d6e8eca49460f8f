import { cuesOf, webVttOf } from './captions.ts';

/** Characters after which search cuts a text without headings, at the end of a line. */
const pieceLength = 4000;

/** Where in a text a place is, counted in characters: a second of captions, or a piece by its number. */
export function startOf(text: string, second: number | undefined, part: string | undefined): number {
  if (second !== undefined) {
    const words = cuesOf(webVttOf(text)).find(({ at }) => at === second)?.text;
    return words === undefined ? 0 : Math.max(0, text.indexOf(words.split('\n')[0] ?? ''));
  }
  const wanted = Number(part);
  if (!Number.isInteger(wanted) || wanted <= 1) return 0;
  let [start, length, piece] = [0, 0, 1];
  for (const line of text.split('\n')) {
    if (length > 0 && length + line.length > pieceLength) {
      length = 0;
      if (++piece === wanted) return start;
    }
    length += line.length + 1;
    start += line.length + 1;
  }
  return 0;
}
