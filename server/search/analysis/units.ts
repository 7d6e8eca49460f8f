import { isHan } from './fold.ts';

/** The smallest parts of a folded text: a Han character, or a run of letters and digits such as `s7-1200`. */
export interface Unit {
  readonly text: string;
  readonly han: boolean;
  /** How it is joined to its neighbours: the text, for a code without its signs (`s71200`). */
  readonly key: string;
  /** Place in the folded text. */
  readonly at: number;
}

const longestUnit = 64;
/** Signs that hold a code together when letters or digits stand on both sides. */
const joints = new Set([...'-_./+*#&:@']);
const wordSign = new Uint8Array(0x10000);

/** Cuts a folded text into units; punctuation and white space stand between them. */
export function unitsOf(folded: string): Unit[] {
  const units: Unit[] = [];
  for (let at = 0; at < folded.length; ) {
    const unit = unitAt(folded, at);
    if (unit) units.push(unit);
    at += unit?.text.length ?? 1;
  }
  return units;
}

/** The unit that begins at a place of a folded text, when one does. */
export function unitAt(folded: string, at: number): Unit | undefined {
  const code = folded.charCodeAt(at);
  if (isHan(code)) {
    const text = folded.slice(at, at + (code >= 0xd840 ? 2 : 1));
    return { text, han: true, key: text, at };
  }
  if (!isWordSign(code)) return undefined;
  const text = runAt(folded, at);
  return { text, han: false, key: text.length > 1 ? squeezed(text) : text, at };
}

/**
 * The terms of a run of letters and digits: whole, without its signs, and its parts, so that `gb/t`, `1804-m`,
 * `1804` and `gbt` all find GB/T 1804-m, and `fanuc` finds FANUC0i.
 */
export function runTerms(text: string): string[] {
  const terms = new Set([text, squeezed(text)]);
  for (const part of partsOf(text)) terms.add(part);
  return [...terms];
}

/** The parts of a run, larger and smaller: between its signs, and between letters and the digits after them. */
function partsOf(text: string): string[] {
  return betweenSigns(text).flatMap((part) => {
    const smaller = lettersAndDigits(part);
    return smaller.length > 1 ? [part, ...smaller] : [part];
  });
}

/** The parts of a run that have no parts; together they are the run. */
export function smallestParts(text: string): string[] {
  return betweenSigns(text).flatMap(lettersAndDigits);
}

/** A point between digits is a decimal point. */
function betweenSigns(text: string): string[] {
  return text.split(/[-_/+*#&:@]|(?<!\d)\.|\.(?!\d)/).filter((part) => part !== '');
}

/** `gbt1804` is gbt and 1804, `fanuc0i` fanuc and 0i; m12 stays one. */
function lettersAndDigits(part: string): string[] {
  return /^(?:\p{L}{3,}\d|\p{L}{1,2}\d{3})/u.test(part) ? part.split(/(?<=\p{L})(?=\d)/u) : [part];
}

function squeezed(text: string): string {
  return text.replace(/[-_/+*#&:@.]/g, '') || text;
}

function runAt(folded: string, start: number): string {
  let end = start + 1;
  while (end < folded.length && end - start < longestUnit) {
    const code = folded.charCodeAt(end);
    if (isWordSign(code)) end++;
    else if (joints.has(folded.charAt(end)) && isWordSign(folded.charCodeAt(end + 1))) end += 2;
    else break;
  }
  // c++, c#, 45#, a+
  while (end - start < longestUnit && /[+#]/.test(folded.charAt(end)) && end - start <= 4) end++;
  return folded.slice(start, end).replace(/(?<=\d)x(?=\d)/g, '*');
}

function isWordSign(code: number): boolean {
  if (Number.isNaN(code)) return false;
  const known = wordSign[code];
  if (known) return known === 2;
  const is = !isHan(code) && /[\p{L}\p{N}]/u.test(String.fromCharCode(code));
  wordSign[code] = is ? 2 : 1;
  return is;
}

/** Words as one text: rows of letters keep a space between them, Han text needs none, CO2焊 neither. */
export function joinedWords(words: readonly string[]): string {
  return words.reduce(
    (text, word) => (/\w$/.test(text) && /^\w/.test(word) ? `${text} ${word}` : text + word),
    '',
  );
}
