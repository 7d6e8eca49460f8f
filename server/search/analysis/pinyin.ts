import { pinyin } from 'pinyin-pro';

/** Begins a term that holds initials. */
export const initialsMark = '`';

const longestRow = 8;
const kept = 50_000;
const plain = { toneType: 'none', type: 'array', v: true, nonZh: 'removed' } as const;

/** How words are read. A word is read once and remembered: words come back all the time. */
export class Pinyin {
  private readonly known = new Map<string, readonly string[]>();

  /** Syllables without tones, one a Han character; `ü` is `v`. */
  syllables(word: string): readonly string[] {
    const known = this.known.get(word);
    if (known) return known;
    const read = pinyin(word, plain).filter((syllable) => /^[a-z]+$/.test(syllable));
    if (this.known.size >= kept) this.known.clear();
    this.known.set(word, read);
    return read;
  }

  /** The reading as one string, for comparing homophones. */
  reading(word: string): string {
    return this.syllables(word).join('');
  }
}

/** A row of syllables, and the places in it where words begin. */
export interface Reading {
  readonly syllables: string[];
  readonly starts: Set<number>;
}

/**
 * What somebody types to reach a text: from the start of every word, one syllable more each time, also with the next
 * one only begun; and the same by initials.
 */
export function typings(readings: readonly Reading[]): { full: Set<string>; initials: Set<string> } {
  const full = new Set<string>();
  const initials = new Set<string>();
  for (const { syllables, starts } of readings)
    for (const start of starts) addTypings(syllables.slice(start, start + longestRow), full, initials);
  return { full, initials };
}

function addTypings(row: readonly string[], full: Set<string>, initials: Set<string>): void {
  let typed = '';
  let letters = '';
  for (const syllable of row) {
    // 数控c, 数控ch: the next syllable is begun.
    if (typed !== '') full.add(typed + syllable.charAt(0));
    if (typed !== '' && syllable.charAt(1) === 'h') full.add(typed + syllable.slice(0, 2));
    typed += syllable;
    letters += syllable.charAt(0);
    full.add(typed);
    if (letters.length > 1) initials.add(letters);
  }
}

const syllable =
  /^(?:[bpm](?:a|o|ai|ei|ao|an|en|ang|eng|i|ie|iao|ian|in|ing|u)|m(?:e|ou|iu)|p?ou|f(?:a|o|ei|ou|an|en|ang|eng|u)|[dtnl](?:a|e|ai|ei|ao|ou|an|en|ang|eng|ong|i|ia|ie|iao|iu|ian|in|iang|ing|u|uo|uan|ui|un|v|ve|ue)|[gkh](?:a|e|ai|ei|ao|ou|an|en|ang|eng|ong|u|ua|uo|uai|ui|uan|un|uang)|[jqx](?:i|ia|ie|iao|iu|ian|in|iang|ing|iong|u|ue|uan|un)|(?:zh|ch|sh|[zcs])(?:i|a|e|ai|ei|ao|ou|an|en|ang|eng|ong|u|ua|uo|uai|ui|uan|un|uang)|r(?:i|e|ao|ou|an|en|ang|eng|ong|u|ua|uo|ui|uan|un)|y(?:a|o|e|ao|ou|an|in|ang|ing|ong|i|u|ue|uan|un)|w(?:u|a|o|ai|ei|an|en|ang|eng)|er?|ai?|ei|ao|ou?|an|en|ang)$/;

/** Whether letters can be read as pinyin: whole syllables, the last one perhaps only begun. */
export function isPinyin(letters: string): boolean {
  if (!/^[a-z]{2,48}$/.test(letters)) return false;
  const readable = new Uint8Array(letters.length + 1);
  readable[0] = 1;
  for (let at = 0; at < letters.length; at++) {
    if (!readable[at]) continue;
    for (let length = 1; length <= 6 && at + length <= letters.length; length++)
      if (isSyllable(letters.slice(at, at + length))) readable[at + length] = 1;
    if (at > 0 && /^(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)$/.test(letters.slice(at))) return true;
  }
  return readable[letters.length] === 1;
}

/** Whether letters can be the initials of a row of syllables: `i`, `u` and `v` begin none. */
export function isInitials(letters: string): boolean {
  return /^[a-hj-tw-z]{2,8}$/.test(letters);
}

function isSyllable(letters: string): boolean {
  return syllable.test(letters);
}
