import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Jieba } from '@node-rs/jieba';
import { fold, isHan } from './fold.ts';

/** The package's own module for this holds eleven megabytes of tables for ever. */
const commonWords = createRequire(import.meta.url).resolve('@node-rs/jieba/dict.txt');

/** So frequent that the segmenter keeps a trade term whole against any sequence of common words. */
const tradeFrequency = 200_000;
const shortestTrade = 3;
/** A character that stands alone, where a word counts 1: rather several words than one left over. */
const singleCost = 4;
/** Words of which the words inside are remembered: words come back all the time. */
const keptWords = 20_000;
const noWords: readonly string[] = [];

/** Words of the trade (shipped) and of the vocabularies (added while running), beside those of the language. */
export class Dictionary {
  private readonly jieba = Jieba.withDict(readFileSync(commonWords));
  private readonly shipped: Trie;
  private readonly added = new Set<string>();
  /** Those of them that were no words before: texts may have been indexed without them. */
  private readonly late = new Set<string>();
  private readonly inside = new Map<string, readonly string[]>();

  constructor(tradeTerms: readonly string[]) {
    const terms = tradeTerms.map(fold).filter((term) => term.length >= 2);
    this.load(terms);
    this.shipped = new Trie(terms);
  }

  /** Adds the terms of the vocabularies: from now on queries are cut by them; what is indexed stays as it is. */
  extend(terms: readonly string[]): void {
    const fresh = terms.map(fold).filter((term) => term.length >= 2 && !this.added.has(term));
    for (const term of fresh) {
      this.added.add(term);
      if (!this.isWord(term)) this.late.add(term);
    }
    if (fresh.length > 0) this.load(fresh);
  }

  /** Shipped terms: wherever one stands in a text, that text is indexed under it as a word. */
  isShipped(term: string): boolean {
    return this.shipped.has(term);
  }

  /** Whether texts may stand in the index that hold the word and are not indexed under it. */
  isLate(word: string): boolean {
    return this.late.has(word);
  }

  /** All terms known beside the language's words. */
  get terms(): string[] {
    return [...new Set([...this.shipped.all, ...this.added])];
  }

  /** Words of two and more characters in a folded text, long ones with the words inside them; repeated ones too. */
  words(folded: string): string[] {
    return this.wordsOf(folded, this.cut(folded));
  }

  /** The same of a text that is cut already. */
  wordsOf(folded: string, cut: readonly string[]): string[] {
    const words: string[] = [];
    for (const word of cut) {
      if (word.length > 2) words.push(...this.wordsInside(word));
      else if (word.length === 2 && isHan(word.charCodeAt(0))) words.push(word);
    }
    this.shipped.collect(folded, words);
    return words;
  }

  /** A folded text cut into words, everything kept, in order. */
  cut(folded: string): string[] {
    return this.jieba.cut(folded, false);
  }

  /** Whether a folded text is one known word. */
  isWord(word: string): boolean {
    return word.length >= 2 && this.jieba.cut(word, false).length === 1;
  }

  /** The shorter words that a word is made of, as few as cover it; characters left over between them are joined. */
  parts(word: string): string[] {
    const known = new Set(this.jieba.cutForSearch(word, false).filter((part) => part.length < word.length));
    // cheapest[end]: the parts of the first `end` characters, and what they cost.
    const cheapest: { cost: number; parts: string[] }[] = [{ cost: 0, parts: [] }];
    for (let end = 1; end <= word.length; end++) {
      let best: { cost: number; parts: string[] } | undefined;
      for (let start = 0; start < end; start++) {
        const part = word.slice(start, end);
        const before = cheapest[start];
        if (!before || (part.length > 1 && !known.has(part))) continue;
        const cost = before.cost + (part.length === 1 ? singleCost : 1);
        if (!best || cost < best.cost) best = { cost, parts: [...before.parts, part] };
      }
      cheapest.push(best as { cost: number; parts: string[] });
    }
    return joinSingles(cheapest.at(-1)?.parts ?? [word]);
  }

  /** Of a word that a text was cut into: itself, and the shorter words in it. */
  private wordsInside(word: string): readonly string[] {
    if (!holdsHan(word)) return noWords; // any code and number: not worth remembering
    const known = this.inside.get(word);
    if (known) return known;
    const inside = this.jieba
      .cutForSearch(word, false)
      .filter((part) => part.length >= 2 && isHan(part.charCodeAt(0)));
    if (this.inside.size >= keptWords) this.inside.clear();
    this.inside.set(word, inside);
    return inside;
  }

  private load(terms: readonly string[]): void {
    const lines = terms.filter((term) => !/\s/.test(term)).map((term) => `${term} ${tradeFrequency} n`);
    this.inside.clear();
    this.jieba.loadDict(Buffer.from(`${lines.join('\n')}\n`));
  }
}

/** The trade dictionary that ships with the product. */
export function readTradeTerms(): string[] {
  const file = new URL('../data/trade-terms.txt', import.meta.url);
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('# '));
}

/** Characters that stand alone are no words: neighbours make one part. */
export function joinSingles(parts: readonly string[]): string[] {
  const joined: string[] = [];
  let open = false;
  for (const part of parts) {
    const single = part.length === 1;
    if (single && open) joined[joined.length - 1] += part;
    else joined.push(part);
    open = single;
  }
  return joined;
}

/** Terms by their first two characters. */
class Trie {
  private readonly byStart = new Map<string, string[]>();
  /** Whether terms may begin with two characters, by a number made of them: asked at every place of every text. */
  private readonly maybe = new Uint8Array(0x10000);
  readonly all: readonly string[];

  constructor(terms: readonly string[]) {
    this.all = [...new Set(terms)];
    for (const term of this.all) {
      const start = term.slice(0, 2);
      const same = this.byStart.get(start);
      if (same) same.push(term);
      else this.byStart.set(start, [term]);
      this.maybe[numberOf(term, 0)] = 1;
    }
  }

  has(term: string): boolean {
    return this.byStart.get(term.slice(0, 2))?.includes(term) ?? false;
  }

  /** Adds to `found` the terms that stand in a text, wherever they begin. */
  collect(text: string, found: string[]): void {
    for (let at = 0; at < text.length - 1; at++) {
      if (this.maybe[numberOf(text, at)] === 0) continue;
      for (const term of this.byStart.get(text.slice(at, at + 2)) ?? [])
        if (term.length >= shortestTrade && text.startsWith(term, at)) found.push(term);
    }
  }
}

function holdsHan(word: string): boolean {
  for (let at = 0; at < word.length; at++) if (isHan(word.charCodeAt(at))) return true;
  return false;
}

/** A number below 65,536 for the two characters at a place. */
function numberOf(text: string, at: number): number {
  return ((text.charCodeAt(at) * 31) ^ text.charCodeAt(at + 1)) & 0xffff;
}
