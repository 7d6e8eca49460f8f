import { Converter } from 'opencc-js/t2cn';
import { foldCharacter } from './contract.ts';

const simplified = Converter({ from: 't', to: 'cn' });

/** What a code unit folds to: itself or another (by number), or a text of any length. */
const single = new Uint16Array(0x10000);
const several = new Map<number, string>();
/** Marks in `single` that the answer stands in `several`. */
const elsewhere = 0xffff;

/**
 * Folds a text to the form in which texts and queries are compared: compatibility forms and full width (NFKD),
 * without accents, lower case, simplified characters, no invisible signs, and no white space beside a Han
 * character, where a line break of a slide or a page may stand in the middle of a word.
 */
export function fold(text: string): string {
  let folded = '';
  let gap = '';
  for (let at = 0; at < text.length; ) {
    const same = sameUntil(text, at);
    const length = same > at ? same - at : lengthAt(text, at);
    const next = same > at ? text.slice(at, same) : foldAt(text, at, length as 1 | 2);
    at += length;
    if (next === ' ') {
      gap = folded === '' ? '' : ' ';
      continue;
    }
    if (next === '') continue;
    if (gap !== '' && !endsInHan(folded) && !isHan(next.charCodeAt(0))) folded += gap;
    gap = '';
    folded += next;
  }
  return folded;
}

/** A folded text, and for each of its code units where the sign that it comes from stands in the text. */
export interface Placed {
  readonly folded: string;
  readonly startOf: (unit: number) => number;
  readonly endOf: (unit: number) => number;
}

const itself = (unit: number): number => unit;
const oneOn = (unit: number): number => unit + 1;

/** Folds, and keeps the places: by rows, as most of a text is rows of signs that fold to themselves. */
export function foldWithPlaces(text: string): Placed {
  const even = foldEvenly(text);
  if (even !== undefined) return { folded: even, startOf: itself, endOf: oneOn };
  let folded = '';
  /** Three numbers a row: where it begins when folded, where in the text, and the length of its sign; 0 of a row of themselves. */
  const rows: number[] = [];
  let gap = -1;
  for (let at = 0; at < text.length; ) {
    const same = sameUntil(text, at);
    const length = same > at ? same - at : lengthAt(text, at);
    const next = same > at ? text.slice(at, same) : foldAt(text, at, length as 1 | 2);
    if (next === ' ') {
      if (folded !== '' && gap < 0) gap = at;
    } else if (next !== '') {
      if (gap >= 0 && !endsInHan(folded) && !isHan(next.charCodeAt(0))) {
        rows.push(folded.length, gap, 1);
        folded += ' ';
      }
      gap = -1;
      rows.push(folded.length, at, same > at ? 0 : length);
      folded += next;
    }
    at += length;
  }
  const placed = (unit: number, isEnd: boolean): number => {
    let row = rows.length - 3;
    while (row > 0 && (rows[row] as number) > unit) row -= 3;
    const [first = 0, at = 0, length = 0] = [rows[row], rows[row + 1], rows[row + 2]];
    if (length === 0) return at + unit - first + (isEnd ? 1 : 0);
    return isEnd ? at + length : at;
  };
  return { folded, startOf: (unit) => placed(unit, false), endOf: (unit) => placed(unit, true) };
}

/** The folded text, when every sign of it folds to one that stands at the same place; undefined otherwise. */
function foldEvenly(text: string): string | undefined {
  let folded = '';
  for (let at = 0; at < text.length; at++) {
    const same = sameUntil(text, at);
    folded += text.slice(at, same);
    if (same === text.length) return folded;
    const next = single[text.charCodeAt(same)] as number;
    if (next === 0 || next === 0x20 || next === elsewhere) return undefined;
    folded += String.fromCharCode(next);
    at = same;
  }
  return folded;
}

/** Whether a code unit is a Han character, or the first half of one beyond the basic plane. */
export function isHan(code: number): boolean {
  return (
    (code >= 0x4e00 && code <= 0x9fff) ||
    (code >= 0x3400 && code <= 0x4dbf) ||
    (code >= 0xd840 && code <= 0xd888) ||
    code === 0x3005
  );
}

function endsInHan(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return isHan(last >= 0xdc00 && last <= 0xdfff ? text.charCodeAt(text.length - 2) : last);
}

/** Where a row of signs ends that fold to themselves, none of them white space: most of a text is such rows. */
function sameUntil(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (single[code] !== code || code <= 0x20 || code === elsewhere) break;
  }
  return at;
}

function lengthAt(text: string, at: number): 1 | 2 {
  const code = text.charCodeAt(at);
  if (code < 0xd800 || code > 0xdbff) return 1;
  const low = text.charCodeAt(at + 1);
  return low >= 0xdc00 && low <= 0xdfff ? 2 : 1;
}

function foldAt(text: string, at: number, length: 1 | 2): string {
  if (length === 2) return foldCharacter(text.slice(at, at + 2), simplified);
  const code = text.charCodeAt(at);
  const known = single[code] as number;
  if (known === elsewhere) return several.get(code) as string;
  if (known !== 0) return known === code ? text.charAt(at) : String.fromCharCode(known);
  const folded = foldCharacter(text.charAt(at), simplified);
  if (folded.length === 1 && folded !== '\u0000' && folded !== '\uffff') single[code] = folded.charCodeAt(0);
  else {
    single[code] = elsewhere;
    several.set(code, folded);
  }
  return folded;
}
