import { type FacetCount, mostFacetValues, type Range } from '../search-index.ts';
import { DocSet } from './doc-set.ts';
import { Kept } from './kept.ts';
import { grown, NumberLists } from './number-lists.ts';

/** Documents as a set, and their numbers in ascending order. */
export interface Found {
  readonly docs: DocSet;
  readonly numbers: Uint32Array;
}

/** Sets of documents that are kept of a column. */
const setsKept = 200;

/**
 * Which values every document has, of one kind (a facet, or the audience). Many documents share the same list, so
 * a document keeps the number of its list only, and a question is asked once of every list, not of every document.
 */
export class ListColumn {
  /** The number of its list, as narrow as it can be: what is read for every document found should lie close together. */
  private ofDoc: Uint8Array | Uint16Array | Uint32Array = new Uint8Array(1024);
  /** The lists that documents have, of numbers of values. */
  private readonly lists = new NumberLists();
  private readonly values: string[] = [];
  private readonly valueNumbers = new Map<string, number>();
  /** The numbers of the values, sorted by value, and for each number its place there. */
  private readonly order: number[] = [];
  private places = new Uint32Array(0);
  /** Who has certain values, until something changes. */
  private readonly kept = new Kept<DocSet>(setsKept);

  set(doc: number, values: readonly string[]): void {
    if (doc >= this.ofDoc.length) this.ofDoc = grown(this.ofDoc, doc);
    const number = this.lists.numberOf(values.map((value) => this.numberOf(value)));
    if (number === 2 ** 8 && this.ofDoc instanceof Uint8Array) this.ofDoc = Uint16Array.from(this.ofDoc);
    if (number === 2 ** 16 && this.ofDoc instanceof Uint16Array) this.ofDoc = Uint32Array.from(this.ofDoc);
    this.ofDoc[doc] = number;
    this.kept.clear();
  }

  /** Those documents numbered below `end` that have one of the values. */
  having(values: readonly string[], end: number): DocSet {
    return this.kept.get(values.join('\u0000'), () => this.find(values, end));
  }

  /** How many of the documents have each value, most first; the most frequent values only. */
  count(found: Found, end: number): FacetCount[] {
    const perValue = this.perValue(found, end);
    const { order, places } = this.sorted();
    const least = leastOf(perValue, mostFacetValues);
    // One number a value, larger for more documents and, among as many, for whose name comes first: numbers are quick to sort.
    const keys: number[] = [];
    for (let value = 0; value < perValue.length; value++) {
      const count = perValue[value] as number;
      if (count >= least) keys.push((count + 1) * order.length - 1 - (places[value] as number));
    }
    const first = Float64Array.from(keys).sort().slice(-mostFacetValues).reverse();
    return Array.from(first, (key) => {
      const count = Math.floor(key / order.length);
      return { value: this.values[order[(count + 1) * order.length - 1 - key] as number] as string, count };
    });
  }

  /** Sorted again when there are more values than there were: what is sorted for the most part is so quickly. */
  private sorted(): { order: readonly number[]; places: Uint32Array } {
    const { order, values } = this;
    if (order.length < values.length) {
      for (let value = order.length; value < values.length; value++) order.push(value);
      order.sort((a, b) => ((values[a] as string) < (values[b] as string) ? -1 : 1));
      this.places = new Uint32Array(order.length);
      for (const [place, value] of order.entries()) this.places[value] = place;
    }
    return { order, places: this.places };
  }

  private perValue({ docs: set, numbers: docs }: Found, end: number): Uint32Array {
    const { ofDoc, lists, values } = this;
    const { flat, starts } = lists;
    // Few values: what each has in common with the documents, 32 of them at a time, which takes three times as long.
    if (values.length * (end >>> 5) * 3 < docs.length)
      return Uint32Array.from(values, (value) => this.having([value], end).common(set));
    const perValue = new Uint32Array(values.length);
    const add = (list: number, count: number) => {
      const end = starts[list + 1] as number;
      for (let at = starts[list] as number; at < end; at++) {
        const value = flat[at] as number;
        perValue[value] = (perValue[value] as number) + count;
      }
    };
    if (lists.size > docs.length / 2) {
      for (const doc of docs) add(ofDoc[doc] as number, 1);
      return perValue;
    }
    const perList = new Uint32Array(lists.size);
    for (const doc of docs) {
      const list = ofDoc[doc] as number;
      perList[list] = (perList[list] as number) + 1;
    }
    for (let list = 0; list < perList.length; list++)
      if (perList[list] !== 0) add(list, perList[list] as number);
    return perValue;
  }

  private find(values: readonly string[], end: number): DocSet {
    const wanted = new Set(values.map((value) => this.valueNumbers.get(value) ?? -1));
    const { flat, starts, size } = this.lists;
    const fits = new Uint8Array(size);
    for (let list = 0; list < fits.length; list++)
      for (let at = starts[list] as number; at < (starts[list + 1] as number); at++)
        if (wanted.has(flat[at] as number)) fits[list] = 1;
    const bits = new Uint32Array((end >>> 5) + 1);
    const { ofDoc } = this;
    const last = Math.min(end, ofDoc.length);
    for (let doc = 0; doc < last; doc++)
      if (fits[ofDoc[doc] as number]) bits[doc >>> 5] = (bits[doc >>> 5] as number) | (1 << (doc & 31));
    return DocSet.ofBits(bits);
  }

  private numberOf(value: string): number {
    const known = this.valueNumbers.get(value);
    if (known !== undefined) return known;
    const number = this.values.push(value) - 1;
    this.valueNumbers.set(value, number);
    return number;
  }
}

/** The count that a value needs to be among the first so many; at least 1. */
function leastOf(counts: Uint32Array, most: number): number {
  if (counts.length <= most) return 1;
  // Not `reduce` and `for … of`, which take several times as long.
  let largest = 0;
  for (let value = 0; value < counts.length; value++) largest = Math.max(largest, counts[value] as number);
  const having = new Uint32Array(largest + 1);
  for (let value = 0; value < counts.length; value++)
    having[counts[value] as number] = (having[counts[value] as number] as number) + 1;
  let values = 0;
  for (let count = having.length - 1; count > 1; count--) {
    values += having[count] as number;
    if (values >= most) return count;
  }
  return 1;
}

/** One number of every document; a document without it has 0. */
export class NumberColumn {
  private values = new Float64Array(1024);
  private readonly kept = new Kept<DocSet>(setsKept);

  set(doc: number, value: number): void {
    if (doc >= this.values.length) this.values = grown(this.values, doc);
    this.values[doc] = value;
    this.kept.clear();
  }

  of(doc: number): number {
    return this.values[doc] ?? 0;
  }

  /** The number of every document, by its own number; not to be changed. */
  get all(): Float64Array {
    return this.values;
  }

  /** Those documents numbered below `end` whose number lies in the range. */
  within({ from = -Infinity, to = Infinity }: Range, end: number): DocSet {
    return this.kept.get(`${from} ${to}`, () => {
      const { values } = this;
      const bits = new Uint32Array((end >>> 5) + 1);
      const last = Math.min(end, values.length);
      for (let doc = 0; doc < last; doc++)
        if ((values[doc] as number) >= from && (values[doc] as number) < to)
          bits[doc >>> 5] = (bits[doc >>> 5] as number) | (1 << (doc & 31));
      return DocSet.ofBits(bits);
    });
  }

  /** How many of the documents lie in each range. */
  count(ranges: readonly Range[], { docs, numbers }: Found, end: number): number[] {
    if (docs.size * ranges.length > end) return ranges.map((range) => this.within(range, end).common(docs));
    return ranges.map(({ from = -Infinity, to = Infinity }) => {
      let count = 0;
      for (const doc of numbers) if (this.of(doc) >= from && this.of(doc) < to) count++;
      return count;
    });
  }
}
