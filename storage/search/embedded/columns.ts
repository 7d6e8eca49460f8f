import { DocSet } from './doc-set.ts';

/**
 * Which values every document has, of one kind (a facet, or the audience). Many documents share the same list, so
 * a document keeps the number of its list only, and a question is asked once of every list, not of every document.
 */
export class ListColumn {
  private ofDoc = new Uint32Array(1024);
  /** List 0 is that of a document that has none. */
  private readonly lists: (readonly string[])[] = [[]];
  private readonly numbers = new Map<string, number>([['', 0]]);

  set(doc: number, values: readonly string[]): void {
    if (doc >= this.ofDoc.length) this.ofDoc = grown(this.ofDoc, doc);
    const key = values.join('\u0000');
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.lists.push([...values]) - 1;
      this.numbers.set(key, number);
    }
    this.ofDoc[doc] = number;
  }

  /** Those documents numbered below `end` that have one of the values. */
  having(values: readonly string[], end: number): DocSet {
    const wanted = new Set(values);
    const fits = Uint8Array.from(this.lists, (list) => (list.some((value) => wanted.has(value)) ? 1 : 0));
    const bits = new Uint32Array((end >>> 5) + 1);
    const last = Math.min(end, this.ofDoc.length);
    for (let doc = 0; doc < last; doc++)
      if (fits[this.ofDoc[doc] as number]) bits[doc >>> 5] = (bits[doc >>> 5] as number) | (1 << (doc & 31));
    return DocSet.ofBits(bits);
  }

  /** How many of the documents have each value, most first. */
  count(docs: DocSet): { value: string; count: number }[] {
    const perList = new Uint32Array(this.lists.length);
    const { ofDoc } = this;
    docs.forEach((doc) => {
      const list = ofDoc[doc] ?? 0;
      perList[list] = (perList[list] as number) + 1;
    });
    const counts = new Map<string, number>();
    perList.forEach((count, list) => {
      if (count > 0)
        for (const value of this.lists[list] ?? []) counts.set(value, (counts.get(value) ?? 0) + count);
    });
    return [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  }
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

  /** Those of the documents whose number lies in the range. */
  within(range: { from?: number; to?: number }, docs: DocSet): DocSet {
    const { from = -Infinity, to = Infinity } = range;
    const found: number[] = [];
    docs.forEach((doc) => {
      const value = this.of(doc);
      if (value >= from && value < to) found.push(doc);
    });
    return DocSet.of(Uint32Array.from(found));
  }
}

function grown<Numbers extends Uint32Array | Float64Array>(numbers: Numbers, last: number): Numbers {
  const Kind = numbers.constructor as new (length: number) => Numbers;
  const larger = new Kind(Math.max(last + 1, numbers.length * 2));
  larger.set(numbers);
  return larger;
}
