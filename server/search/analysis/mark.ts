import { escapeHtml } from '../../http/index.ts';
import { foldWithPlaces, type Placed } from './fold.ts';

/**
 * A text as HTML in which nothing but `<mark>` is an element: what answers the needles (folded) is marked.
 * Undefined when nothing does. With `around`, so many characters from shortly before the richest place, cut with `…`.
 * @param otherwise needles that count when none of the first stands in the text
 */
export function markHits(
  text: string,
  needles: readonly string[],
  around?: number,
  otherwise: readonly string[] = [],
): string | undefined {
  if (needles.length + otherwise.length === 0) return undefined;
  const folded = foldWithPlaces(text);
  const own = spansOf(folded, needles);
  const spans = own.length > 0 ? own : spansOf(folded, otherwise);
  if (spans.length === 0) return undefined;
  const [from, to] = around === undefined ? [0, text.length] : windowOf(text, spans, around);
  let html = from > 0 ? '…' : '';
  let at = from;
  for (const [start, end] of spans) {
    if (start < from || end > to) continue;
    html += `${escapeHtml(text.slice(at, start))}<mark>${escapeHtml(text.slice(start, end))}</mark>`;
    at = end;
  }
  return html + escapeHtml(text.slice(at, to)) + (to < text.length ? '…' : '');
}

/** A text as HTML without elements, cut after so many characters. */
export function plainExcerpt(text: string, length: number): string {
  return text.length <= length ? escapeHtml(text) : `${escapeHtml(text.slice(0, wholeAt(text, length)))}…`;
}

type Span = readonly [start: number, end: number];

/** Where the needles stand in the text, ordered, joined where they touch. */
function spansOf({ folded, startOf, endOf }: Placed, needles: readonly string[]): Span[] {
  const found: Span[] = [];
  for (const needle of needles) {
    if (needle === '') continue;
    let place = folded.indexOf(needle);
    if (place === -1) continue;
    const latin = /^[\x20-\x7f]+$/.test(needle);
    for (; place !== -1; place = folded.indexOf(needle, place + 1)) {
      // "c" is not to be marked inside "cnc".
      if (
        latin &&
        (isLetter(folded[place - 1]) || (needle.length < 2 && isLetter(folded[place + needle.length])))
      )
        continue;
      found.push([startOf(place), endOf(place + needle.length - 1)]);
    }
  }
  if (found.length <= 1) return found;
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const joined: [number, number][] = [];
  for (const [start, stop] of found) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], stop);
    else joined.push([start, stop]);
  }
  return joined;
}

const isLetter = (sign: string | undefined): boolean => sign !== undefined && /[a-z0-9]/.test(sign);

/** The part of the text, of at most this length, that holds the most marked characters and begins with them. */
function windowOf(text: string, spans: readonly Span[], length: number): Span {
  let best = spans[0] as Span;
  let most = 0;
  for (const span of spans) {
    let marked = 0;
    for (const [start, end] of spans) if (start >= span[0] && end <= span[0] + length) marked += end - start;
    if (marked > most) {
      most = marked;
      best = span;
    }
  }
  const from = shortlyBefore(text, best[0]);
  return [from, wholeAt(text, Math.min(text.length, Math.max(from + length, best[1])))];
}

/** Widths of a Latin letter that stand before the first mark: of a narrow card's two lines, they leave room for it. */
const lead = 16;

/** A place so far before another that one sees what led there; not inside of a word that is written in letters. */
function shortlyBefore(text: string, mark: number): number {
  let from = mark;
  for (let room = lead; from > 0 && room > 0; room -= isWide(text, from) ? 2 : 1) from--;
  if (from === 0 || isWide(text, from - 1) || isWide(text, from)) return wholeAt(text, from);
  const space = text.indexOf(' ', from - 1);
  return space === -1 || space >= mark ? from : space + 1;
}

/** Whether a character is as wide as it is high, as Chinese ones are. */
const isWide = (text: string, at: number): boolean => text.charCodeAt(at) >= 0x2e80;

/** A place that does not cut a character in half. */
function wholeAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
