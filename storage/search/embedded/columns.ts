import { type FacetCount, mostFacetValues } from '../search-index.ts';
import { DocSet } from './doc-set.ts';

/**
 * Which values every document has, of one kind (a facet, or the audience). Many documents share the same list, so
 * a document keeps the number of its list only, and a question is asked once of every list, not of every document.
 */
export class ListColumn {
  private ofDoc = new Uint32Array(1024);
  /** List 0 is that of a document that has none. Values are kept by number, too. */
  private readonly lists: (readonly number[])[] = [[]];
  private readonly listNumbers = new Map<string, number>([['', 0]]);
  private readonly values: string[] = [];
  private readonly valueNumbers = new Map<string, number>();

  set(doc: number, values: readonly string[]): void {
    if (doc >= this.ofDoc.length) this.ofDoc = grown(this.ofDoc, doc);
    const key = values.join('\u0000');
    let number = this.listNumbers.get(key);
    if (number === undefined) {
      number = this.lists.push(values.map((value) => this.numberOf(value))) - 1;
      this.listNumbers.set(key, number);
    }
    this.ofDoc[doc] = number;
  }

  /** Those documents numbered below `end` that have one of the values. */
  having(values: readonly string[], end: number): DocSet {
    const wanted = new Set(values.map((value) => this.valueNumbers.get(value) ?? -1));
    const fits = Uint8Array.from(this.lists, (list) => (list.some((value) => wanted.has(value)) ? 1 : 0));
    const bits = new Uint32Array((end >>> 5) + 1);
    const { ofDoc } = this;
    const last = Math.min(end, ofDoc.length);
    for (let doc = 0; doc < last; doc++)
      if (fits[ofDoc[doc] as number]) bits[doc >>> 5] = (bits[doc >>> 5] as number) | (1 << (doc & 31));
    return DocSet.ofBits(bits);
  }

  /** How many of the documents have each value, most first; the most frequent values only. */
  count(docs: Uint32Array): FacetCount[] {
    const { ofDoc, lists, values } = this;
    const perList = new Uint32Array(lists.length);
    for (const doc of docs) {
      const list = ofDoc[doc] as number;
      perList[list] = (perList[list] as number) + 1;
    }
    const perValue = new Uint32Array(values.length);
    for (let list = 0; list < perList.length; list++) {
      const count = perList[list] as number;
      if (count > 0)
        for (const value of lists[list] as number[]) perValue[value] = (perValue[value] as number) + count;
    }
    const counts: FacetCount[] = [];
    const least = leastOf(perValue, mostFacetValues);
    for (let value = 0; value < perValue.length; value++) {
      const count = perValue[value] as number;
      if (count >= least) counts.push({ value: values[value] as string, count });
    }
    return counts.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, mostFacetValues);
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
  const sorted = counts.slice().sort();
  return Math.max(1, sorted[sorted.length - most] as number);
}

/** One number of every document; a document without it has 0. */
export class NumberColumn {
  private values = new Float64Array(1024);

  set(doc: number, value: number): void {
    if (doc >= this.values.length) this.values = grown(this.values, doc);
    this.values[doc] = value;
  }

  of(doc: number): number {
    return this.values[doc] ?? 0;
  }

  /** The number of every document, by its own number; not to be changed. */
  get all(): Float64Array {
    return this.values;
  }

  /** Those of the documents whose number lies in the range. */
  within(range: { from?: number; to?: number }, docs: Uint32Array): DocSet {
    const { from = -Infinity, to = Infinity } = range;
    const { values } = this;
    return DocSet.of(docs.filter((doc) => (values[doc] as number) >= from && (values[doc] as number) < to));
  }
}

function grown<Numbers extends Uint32Array | Float64Array>(numbers: Numbers, last: number): Numbers {
  const Kind = numbers.constructor as new (length: number) => Numbers;
  const larger = new Kind(Math.max(last + 1, numbers.length * 2));
  larger.set(numbers);
  return larger;
}
