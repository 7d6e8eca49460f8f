import type { NumberSettings } from '../search-index.ts';
import type { Found, NumberColumn } from './columns.ts';
import type { DocSet } from './doc-set.ts';
import type { Match, MatchedGroup } from './matching.ts';

/** A word met in a second field as well counts this share of what it earns there. */
const secondShare = 0.05;
/** A document that matches one word more is always before one that matches fewer. */
const perGroup = 1000;
const day = 86_400_000;
/** So few documents are looked up one by one; of more, 32 at a time are. */
const few = 100;

/** Numbers that hold what every document has earned; kept between queries, cleaned after each. */
export class Scores {
  private total = new Float64Array(0);
  /** Documents that a word has been met in, one bit each; cleaned before each word. */
  private met = new Uint32Array(0);
  /** What every document earns by itself, as of the day `standingsOf`; NaN where it is to be worked out. */
  private standings = new Float64Array(0);
  private standingsOf = -1;
  private stale = true;

  private readonly numbers: ReadonlyMap<string, [NumberSettings, NumberColumn]>;

  constructor(numbers: ReadonlyMap<string, [NumberSettings, NumberColumn]>) {
    this.numbers = numbers;
  }

  /** Gives the relevance of each of the documents, by its number; read it before the next call. */
  of(
    { docs, numbers }: Found,
    groups: readonly MatchedGroup[],
    lifts: readonly { docs: DocSet; by: number }[],
    allowed: DocSet,
    end: number,
    now: number,
  ): Float64Array {
    if (this.total.length < end) {
      this.total = new Float64Array(end * 2);
      this.met = new Uint32Array((end >>> 4) + 1);
    }
    this.renewStandings(end, now);
    const { total, standings } = this;
    for (const doc of numbers) total[doc] = standings[doc] as number;
    const weights = groups.map((group) => rarity(group.docs.common(allowed), allowed.size));
    const sum = weights.reduce((all, weight) => all + weight, 0) || 1;
    const bits = numbers.length > few ? docs.toBits() : undefined;
    for (const [at, { matches }] of groups.entries()) {
      const share = (weights[at] as number) / sum;
      if (bits) {
        this.met.fill(0, 0, bits.length);
        for (const { docs: matching, weight } of matches)
          this.addAll(bits, matching, perGroup + weight * share, weight * share * secondShare);
      } else this.addEach(numbers, matches, share);
    }
    for (const { docs: lifted, by } of lifts)
      if (bits) this.addAll(bits, lifted, by, by);
      else for (const doc of numbers) if (lifted.has(doc)) total[doc] = (total[doc] as number) + by;
    return total;
  }

  /** What a word earns each of the documents: all of its best match, and a little of every other one. */
  private addEach(docs: Uint32Array, matches: readonly Match[], share: number): void {
    for (const doc of docs) {
      let sum = this.total[doc] as number;
      let isMet = false;
      // In the order of `addAll`, for the last digit to be the same: a page may go on where another ended.
      for (const { docs: matching, weight } of matches) {
        if (!matching.has(doc)) continue;
        sum += isMet ? weight * share * secondShare : perGroup + weight * share;
        isMet = true;
      }
      this.total[doc] = sum;
    }
  }

  /** Adds to those of the documents, given as bits, that match: `first` where the word has not been met before. */
  private addAll(bits: Uint32Array, { list, bits: matching }: DocSet, first: number, again: number): void {
    const { total, met } = this;
    // Not `for … of`: here it would make an object of every number.
    for (let at = 0; list && at < list.length; at++) {
      const doc = list[at] as number;
      const [word, bit] = [doc >>> 5, 1 << (doc & 31)];
      if (word >= bits.length || ((bits[word] as number) & bit) === 0) continue;
      const before = met[word] as number;
      total[doc] = (total[doc] as number) + (before & bit ? again : first);
      met[word] = before | bit;
    }
    const words = Math.min(bits.length, matching?.length ?? 0);
    for (let word = 0; word < words; word++) {
      let rest = (bits[word] as number) & ((matching as Uint32Array)[word] as number);
      if (rest === 0) continue;
      const before = met[word] as number;
      met[word] = before | rest;
      for (; rest !== 0; rest &= rest - 1) {
        const bit = rest & -rest;
        const doc = (word << 5) + (31 - Math.clz32(bit));
        total[doc] = (total[doc] as number) + (before & bit ? again : first);
      }
    }
  }

  /** The numbers of a document have changed. */
  changed(doc: number): void {
    if (doc < this.standings.length) this.standings[doc] = Number.NaN;
    this.stale = true;
  }

  private renewStandings(end: number, now: number): void {
    const today = Math.floor(now / day);
    if (today === this.standingsOf && !this.stale) return;
    if (today !== this.standingsOf || this.standings.length < end) {
      this.standings = new Float64Array(end * 2).fill(Number.NaN);
      this.standingsOf = today;
    }
    const { standings } = this;
    for (let doc = 0; doc < end; doc++)
      if (Number.isNaN(standings[doc])) standings[doc] = this.standing(doc, (today + 1) * day);
    this.stale = false;
  }

  /** What a document earns by itself: new, well rated, much used. */
  private standing(doc: number, now: number): number {
    let sum = 0;
    for (const [{ gain, grows, full = 1 }, column] of this.numbers.values()) {
      if (!gain) continue;
      const value = column.of(doc);
      if (grows === 'recent') sum += gain * 2 ** (-Math.max(0, now - value) / full);
      else sum += gain * Math.min(1, Math.log1p(value) / Math.log1p(full));
    }
    return sum;
  }
}

/**
 * A rare word tells more than a frequent one. In whole steps, so that a document that comes or goes between two
 * pages does not move all the others.
 */
function rarity(holding: number, all: number): number {
  return 1 + Math.max(0, Math.floor(Math.log2((all + 1) / (holding + 1))));
}

export interface Ranked {
  readonly doc: number;
  readonly score: number;
}

/**
 * Those of the documents that can take one of so many places after a place: who matches more words stands before who
 * matches fewer, so that the others need not be ranked.
 * @param levels the documents that match enough words, one more, and so on to those that match all, so many
 */
export function contenders(
  found: DocSet,
  levels: readonly DocSet[],
  words: number,
  places: number,
  after?: Ranked,
): DocSet {
  const wordsBefore = after ? Math.floor(after.score / perGroup) : Infinity;
  /** Documents of so many words or more stand before the place, or may do. */
  let before = 0;
  for (let level = levels.length - 1; level > 0; level--) {
    const docs = (levels[level] as DocSet).and(found);
    if (words - (levels.length - 1 - level) >= wordsBefore) before = docs.size;
    else if (docs.size - before >= places) return docs;
  }
  return found;
}

/**
 * The first documents by score, largest first, smaller number first among equals, that stand after a place.
 * `scores` holds the score of every document by its number.
 */
export function best(docs: Uint32Array, scores: Float64Array, limit: number, after?: Ranked): Ranked[] {
  const heap: Ranked[] = [];
  let least = -Infinity;
  for (const doc of docs) {
    const score = scores[doc] as number;
    // Documents come in ascending order: among equals the one that is there already stands before.
    if (score <= least) continue;
    if (after && (score > after.score || (score === after.score && doc <= after.doc))) continue;
    push(heap, { doc, score });
    if (heap.length > limit) popLast(heap);
    if (heap.length === limit) least = (heap[0] as Ranked).score;
  }
  return heap.sort((a, b) => b.score - a.score || a.doc - b.doc);
}

/** Whether a stands behind b. The heap has the hindmost at its root. */
const behind = (a: Ranked, b: Ranked): boolean => a.score < b.score || (a.score === b.score && a.doc > b.doc);

function push(heap: Ranked[], entry: Ranked): void {
  let at = heap.push(entry) - 1;
  while (at > 0) {
    const parent = (at - 1) >>> 1;
    if (!behind(heap[at] as Ranked, heap[parent] as Ranked)) return;
    swap(heap, at, parent);
    at = parent;
  }
}

function popLast(heap: Ranked[]): void {
  swap(heap, 0, heap.length - 1);
  heap.pop();
  for (let at = 0; ; ) {
    const left = at * 2 + 1;
    const right = left + 1;
    let hindmost = at;
    for (const child of [left, right])
      if (child < heap.length && behind(heap[child] as Ranked, heap[hindmost] as Ranked)) hindmost = child;
    if (hindmost === at) return;
    swap(heap, at, hindmost);
    at = hindmost;
  }
}

function swap(heap: Ranked[], a: number, b: number): void {
  const entry = heap[a] as Ranked;
  heap[a] = heap[b] as Ranked;
  heap[b] = entry;
}
