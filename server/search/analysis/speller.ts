import { fold, isHan } from './fold.ts';
import type { Pinyin } from './pinyin.ts';
import { joinedWords } from './units.ts';

/** Shorter words have too many neighbours to guess. */
const shortest = { han: 3, latin: 4 };
const longest = 24;

/** Known words, found by what they sound like and by what they look like with one character changed. */
export class Speller {
  private readonly words = new Set<string>();
  private readonly bySound = new Map<string, string[]>();
  /** Words by themselves with one character left out: two words one change apart share such a form. */
  private readonly byForm = new Map<string, string[]>();
  private readonly pinyin: Pinyin;

  constructor(words: Iterable<string>, pinyin: Pinyin) {
    this.pinyin = pinyin;
    this.add(words);
  }

  add(words: Iterable<string>): void {
    for (const each of words) {
      const word = fold(each);
      if (this.words.has(word) || word.length < 2 || word.length > longest || /\s/.test(word)) continue;
      this.words.add(word);
      const han = isHan(word.charCodeAt(0));
      if (han) push(this.bySound, this.soundOf(word), word);
      if (word.length >= (han ? shortest.han : shortest.latin))
        for (const form of formsOf(word)) push(this.byForm, form, word);
    }
  }

  knows(word: string): boolean {
    return this.words.has(word);
  }

  /**
   * The known word that was most likely meant: one that sounds the same, to many ears at least, or else one a
   * single change away.
   */
  correct(word: string): string | undefined {
    if (word.length < 2 || word.length > longest || this.words.has(word)) return undefined;
    const han = isHan(word.charCodeAt(0));
    if (han) {
      const same = this.bySound.get(this.soundOf(word))?.filter((other) => other.length === word.length);
      const reading = this.pinyin.reading(word);
      const exactly = same?.filter((other) => this.pinyin.reading(other) === reading);
      if (exactly?.[0]) return closest(word, exactly);
      if (same?.[0]) return closest(word, same);
    }
    if (word.length < (han ? shortest.han : shortest.latin)) return undefined;
    const near = new Set<string>();
    for (const form of formsOf(word))
      for (const other of this.byForm.get(form) ?? []) if (isOneChange(word, other)) near.add(other);
    return near.size > 0 ? closest(word, [...near]) : undefined;
  }

  /**
   * A folded text with its wrong words put right: the longest row of the pieces that is a known word misspelled
   * is replaced first. What merely leaves a piece out puts nothing right: less strict readings find that. Undefined
   * when nothing is wrong that can be put right.
   */
  correctText(pieces: readonly string[]): string | undefined {
    const fixed: string[] = [];
    let changed = false;
    for (let at = 0; at < pieces.length; ) {
      const [text, taken, right] = this.correctFrom(pieces, at);
      fixed.push(text);
      at += taken;
      changed ||= right;
    }
    return changed ? joinedWords(fixed) : undefined;
  }

  /** How a word sounds where zh and z, ng and n, l and n are not told apart. */
  private soundOf(word: string): string {
    return this.pinyin
      .syllables(word)
      .map((syllable) =>
        syllable
          .replace(/^([zcs])h/, '$1')
          .replace(/ng$/, 'n')
          .replace(/^l/, 'n'),
      )
      .join('');
  }

  private correctFrom(
    pieces: readonly string[],
    at: number,
  ): [text: string, taken: number, changed: boolean] {
    for (let taken = Math.min(6, pieces.length - at); taken > 0; taken--) {
      const row = pieces.slice(at, at + taken).join('');
      if (this.words.has(row)) return [row, taken, false];
      const right = this.correct(row);
      if (right !== undefined && !(taken > 1 && row.includes(right))) return [right, taken, true];
    }
    return [pieces[at] as string, 1, false];
  }
}

function push(map: Map<string, string[]>, key: string, word: string): void {
  const same = map.get(key);
  if (same) same.push(word);
  else map.set(key, [word]);
}

function* formsOf(word: string): Generator<string> {
  yield word;
  for (let at = 0; at < word.length; at++) yield word.slice(0, at) + word.slice(at + 1);
}

/** One character left out, put in, changed, or two neighbours swapped. */
function isOneChange(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}

/**
 * The one that shares the most characters in their places; among equals the one whose other characters are nearest
 * in Unicode, where those of one radical stand together: 氢 was rather meant for 氩 than for 电.
 */
function closest(word: string, others: readonly string[]): string {
  const distance = (other: string) => {
    let differing = Math.abs(word.length - other.length) * unlike;
    for (let at = 0; at < Math.min(word.length, other.length); at++)
      if (word[at] !== other[at])
        differing += unlike + Math.min(unlike - 1, Math.abs(word.charCodeAt(at) - other.charCodeAt(at)));
    return differing;
  };
  return others.reduce((best, other) => (distance(other) < distance(best) ? other : best));
}

/** More than any two characters can be apart. */
const unlike = 0x10000;
