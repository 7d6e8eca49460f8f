import type { Dictionary } from './dictionary.ts';
import { fold } from './fold.ts';
import { initialsMark, type Pinyin, type Reading, typings } from './pinyin.ts';
import { runTerms, type Unit, unitAt, unitsOf } from './units.ts';

/**
 * Kinds of index terms, told apart by their first sign:
 * - `数控`, `plc编`: two neighbouring units; together they find every part of a text;
 * - `s7-1200`, `1200`: letters and digits, whole and in parts;
 * - `=数控车床`: a word, so that 车工 is better found in 车工技能 than in 汽车工业;
 * - `^数`: a word begins so, `~sie`: a row of letters begins so, and `_cad`: it holds this (short texts only);
 * - `!数控车床编程`: the whole text (short texts only);
 * - `@major:数控`: the value of a named field holds this;
 * - `shukong`, `` `sk ``: pinyin in full and by initials, in a field of their own.
 */
export const wordMark = '=';
export const startMark = '^';
export const edgeMark = '~';
export const insideMark = '_';
export const wholeMark = '!';
export const valueMark = '@';

/** The term of a whole short text. */
export const wholeTerm = (units: readonly Unit[]): string => wholeMark + units.map(({ key }) => key).join('');

const longestWhole = 40;
/** What is found inside a row of letters and digits: CAD in AutoCAD, 335 in YL-335B. */
export const inside = { shortest: 3, longest: 8, mostSigns: 20 };
/** Between a Han character and another sign. */
const betweenScripts = /(?<=\p{Script=Han})(?!\p{Script=Han})|(?<!\p{Script=Han})(?=\p{Script=Han})/u;

export const pairTerm = (left: Unit, right: Unit): string => left.key + right.key;

/** Terms of the pairs of neighbours in a text. */
export function pairTerms(units: readonly Unit[]): string[] {
  return units.slice(1).map((unit, at) => pairTerm(units[at] as Unit, unit));
}

export class TextAnalysis {
  private readonly dictionary: Dictionary;
  private readonly pinyin: Pinyin;

  constructor(dictionary: Dictionary, pinyin: Pinyin) {
    this.dictionary = dictionary;
    this.pinyin = pinyin;
  }

  /** Terms of long, already folded texts: pages, slides. */
  long(folded: Iterable<string>): string[] {
    const terms = new Terms();
    for (const text of folded) this.add(text, this.dictionary.words(text), terms);
    return terms.all();
  }

  /** Terms of short texts, each by itself, that are also found by how their words begin: titles, names, labels. */
  short(texts: readonly string[]): string[] {
    const terms = new Terms();
    for (const text of texts) this.addShort(fold(text), terms);
    return terms.all();
  }

  /** Terms of values that are asked for by the name of their field (`专业:数控`). */
  named(name: string, values: readonly string[]): string[] {
    return this.short(values).map((term) => `${valueMark}${name}:${term}`);
  }

  /** How the words of short texts are typed in pinyin: from every word on, syllable by syllable, and by initials. */
  spelled(texts: readonly string[]): string[] {
    const terms = new Set<string>();
    for (const text of texts) {
      const { full, initials } = typings(this.readings(fold(text)));
      for (const typed of full) terms.add(typed);
      for (const typed of initials) terms.add(initialsMark + typed);
    }
    return [...terms];
  }

  /** The syllables of a text in rows without gaps, with the places where words begin, those inside others too. */
  private readings(folded: string): Reading[] {
    const rows: Reading[] = [];
    let row: Reading = { syllables: [], starts: new Set() };
    // A word of the trade may begin with a code (g120变频器): each row of characters is read by itself.
    const words = this.dictionary.cut(folded).flatMap((word) => word.split(betweenScripts));
    for (const word of words) {
      const syllables = this.pinyin.syllables(word);
      if (syllables.length !== word.length) {
        rows.push(row);
        row = { syllables: [], starts: new Set() };
        continue;
      }
      row.starts.add(row.syllables.length);
      for (const part of this.dictionary.words(word))
        row.starts.add(row.syllables.length + word.indexOf(part));
      row.syllables.push(...syllables);
    }
    return [...rows, row];
  }

  private addShort(folded: string, terms: Terms): void {
    const cut = this.dictionary.cut(folded);
    const words = this.dictionary.wordsOf(folded, cut);
    this.add(folded, words, terms);
    for (const some of [cut, words])
      for (const word of some) {
        const [first] = unitsOf(word);
        if (first?.han) terms.add(startMark + first.text);
      }
    const units = unitsOf(folded);
    if (units.length > 0 && units.length <= longestWhole) terms.add(wholeTerm(units));
    for (const unit of units) {
      if (unit.han) continue;
      // Also without its signs: YL335 begins YL-335B.
      for (const row of new Set([unit.text, unit.key])) {
        for (let length = 1; length < Math.min(row.length, 12); length++)
          terms.add(edgeMark + row.slice(0, length));
        for (const part of insides(row)) terms.add(insideMark + part);
      }
    }
  }

  private add(folded: string, words: readonly string[], terms: Terms): void {
    /** The unit before: a plain character by its code, any other by its key. */
    let code = 0;
    let key = '';
    for (let at = 0; at < folded.length; ) {
      const next = folded.charCodeAt(at);
      if (isPlain(next)) {
        if (code !== 0) terms.addPair(code, next);
        else if (key !== '') terms.add(key + folded.charAt(at));
        code = next;
        at++;
        continue;
      }
      const unit = unitAt(folded, at);
      at += unit?.text.length ?? 1;
      if (!unit) continue;
      if (code !== 0) terms.add(String.fromCharCode(code) + unit.key);
      else if (key !== '') terms.add(key + unit.key);
      if (!unit.han) for (const term of runTerms(unit.text)) terms.add(term);
      code = 0;
      key = unit.key;
    }
    for (const word of words) terms.add(wordMark + word);
  }
}

/** The characters that nearly all texts are made of. */
const firstPlain = 0x4e00;
const plainCount = 0x5200;
const isPlain = (code: number): boolean => code >= firstPlain && code < firstPlain + plainCount;

/**
 * The terms of one field, each once. Pairs of plain characters, the most of them by far, are told apart by a number:
 * a pair that comes again, as nearly all do, is not made a text of.
 */
class Terms {
  private readonly others = new Set<string>();
  private readonly pairs = new Set<number>();

  add(term: string): void {
    this.others.add(term);
  }

  addPair(left: number, right: number): void {
    this.pairs.add((left - firstPlain) * plainCount + (right - firstPlain));
  }

  all(): string[] {
    const all = [...this.others];
    for (const pair of this.pairs)
      all.push(
        String.fromCharCode(firstPlain + Math.floor(pair / plainCount), firstPlain + (pair % plainCount)),
      );
    return all;
  }
}

/** The parts of a row that do not stand at its beginning. */
function* insides(row: string): Generator<string> {
  if (row.length > inside.mostSigns) return;
  for (let start = 1; start <= row.length - inside.shortest; start++)
    for (let end = start + inside.shortest; end <= Math.min(row.length, start + inside.longest); end++)
      yield row.slice(start, end);
}
