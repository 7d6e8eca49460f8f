/**
 * A set of document numbers: a sorted list when few, one bit a document when many. Sets are never changed once
 * made, so they can be kept and shared.
 */
export class DocSet {
  static readonly empty = new DocSet(new Uint32Array(0), undefined, 0);

  readonly size: number;
  /** Its numbers, ascending, when they are few; not to be changed. */
  readonly list: Uint32Array | undefined;
  /** One bit a document, 32 documents a word, when they are many; not to be changed. */
  readonly bits: Uint32Array | undefined;

  private constructor(list: Uint32Array | undefined, bits: Uint32Array | undefined, size: number) {
    this.list = list;
    this.bits = bits;
    this.size = size;
  }

  /** From numbers in ascending order. */
  static of(sorted: Uint32Array): DocSet {
    const last = sorted.at(-1);
    if (last === undefined) return DocSet.empty;
    if (sorted.length < last >>> 6) return new DocSet(sorted, undefined, sorted.length);
    return new DocSet(undefined, bitsOf(sorted, last), sorted.length);
  }

  /** From numbers in any order, each once; takes them over. */
  static ofAny(numbers: Uint32Array): DocSet {
    const last = numbers.reduce((largest, doc) => Math.max(largest, doc), 0);
    if (numbers.length < last >>> 6) return DocSet.of(numbers.sort());
    return DocSet.ofBits(bitsOf(numbers, last));
  }

  /** Takes the bits over: they are not to be changed any more. */
  static ofBits(bits: Uint32Array): DocSet {
    let size = 0;
    // Not `for … of`, which takes twice as long.
    for (let word = 0; word < bits.length; word++) size += ones(bits[word] as number);
    return size === 0 ? DocSet.empty : new DocSet(undefined, bits, size);
  }

  /** Those in both; takes over `into`, which may be one of the two. */
  private static inBoth(left: Uint32Array, right: Uint32Array, into: Uint32Array): DocSet {
    const bits = into.subarray(0, Math.min(left.length, right.length));
    let size = 0;
    for (let word = 0; word < bits.length; word++) {
      const both = (left[word] as number) & (right[word] as number);
      bits[word] = both;
      size += ones(both);
    }
    return size === 0 ? DocSet.empty : new DocSet(undefined, bits, size);
  }

  get bytes(): number {
    return (this.list ?? this.bits)?.byteLength ?? 0;
  }

  has(doc: number): boolean {
    if (this.bits) return ((this.bits[doc >>> 5] ?? 0) & (1 << (doc & 31))) !== 0;
    const list = this.list as Uint32Array;
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((list[middle] as number) < doc) low = middle + 1;
      else high = middle;
    }
    return list[low] === doc;
  }

  /** Its numbers, ascending; not to be changed. */
  numbers(): Uint32Array {
    if (this.list) return this.list;
    const bits = this.bits as Uint32Array;
    const numbers = new Uint32Array(this.size);
    let count = 0;
    for (let word = 0; word < bits.length; word++)
      for (let rest = bits[word] as number; rest !== 0; rest &= rest - 1)
        numbers[count++] = (word << 5) + (31 - Math.clz32(rest & -rest));
    return numbers;
  }

  and(other: DocSet): DocSet {
    if (this.list) return DocSet.of(this.list.filter((doc) => other.has(doc)));
    if (other.list) return other.and(this);
    const left = this.bits as Uint32Array;
    const right = other.bits as Uint32Array;
    return DocSet.inBoth(left, right, new Uint32Array(Math.min(left.length, right.length)));
  }

  /** How many are in both. */
  common(other: DocSet): number {
    if (this.list) return this.list.reduce((count, doc) => count + (other.has(doc) ? 1 : 0), 0);
    if (other.list) return other.common(this);
    const left = this.bits as Uint32Array;
    const right = other.bits as Uint32Array;
    const words = Math.min(left.length, right.length);
    let count = 0;
    for (let word = 0; word < words; word++) count += ones((left[word] as number) & (right[word] as number));
    return count;
  }

  /** Whether any is in both. */
  meets(other: DocSet): boolean {
    if (this.list) return this.list.some((doc) => other.has(doc));
    if (other.list) return other.meets(this);
    const left = this.bits as Uint32Array;
    const right = other.bits as Uint32Array;
    for (let word = Math.min(left.length, right.length) - 1; word >= 0; word--)
      if (((left[word] as number) & (right[word] as number)) !== 0) return true;
    return false;
  }

  minus(other: DocSet): DocSet {
    if (other.size === 0 || this.size === 0) return this;
    if (this.list) return DocSet.of(this.list.filter((doc) => !other.has(doc)));
    const rest = (this.bits as Uint32Array).slice();
    other.clearIn(rest);
    return DocSet.ofBits(rest);
  }

  /** Those in any of the sets; only those in `within` as well, when it is given. */
  static union(sets: readonly DocSet[], within?: DocSet): DocSet {
    const some = sets.filter((set) => set.size > 0);
    const [first = DocSet.empty] = some;
    if (some.length <= 1) return within ? first.and(within) : first;
    const bits = new Uint32Array(Math.max(...some.map((set) => set.words)));
    for (const set of some) set.setIn(bits);
    if (within?.bits) return DocSet.inBoth(bits, within.bits, bits);
    const docs = DocSet.ofBits(bits);
    return within ? within.and(docs) : docs;
  }

  /** Those in at least so many of the sets, those in at least one more, and so on to those in all of them. */
  static byCount(least: number, sets: readonly DocSet[]): DocSet[] {
    const words = Math.max(0, ...sets.map((set) => (set.size > 0 ? set.words : 0)));
    // One set after the other: a document goes to the first where it is not yet.
    const reached = new Uint32Array(words * sets.length);
    const put = (word: number, docs: number) => {
      let more = docs;
      for (let at = word; more !== 0; at += words) {
        const before = reached[at] as number;
        reached[at] = before | more;
        more &= before;
      }
    };
    for (const { list, bits } of sets) {
      for (let at = 0; list && at < list.length; at++) {
        const doc = list[at] as number;
        put(doc >>> 5, 1 << (doc & 31));
      }
      for (let word = 0; bits && word < bits.length; word++) put(word, bits[word] as number);
    }
    return sets
      .slice(least - 1)
      .map((_, more) => DocSet.ofBits(reached.slice((least - 1 + more) * words, (least + more) * words)));
  }

  /** Those in all of the sets, one or more. */
  static inAll(sets: readonly DocSet[]): DocSet {
    const [first, ...others] = [...sets].sort((a, b) => a.size - b.size) as [DocSet, ...DocSet[]];
    let docs = first;
    for (const other of others)
      docs =
        docs !== first && docs.bits && other.bits
          ? DocSet.inBoth(docs.bits, other.bits, docs.bits)
          : docs.and(other);
    return docs;
  }

  /** One bit a document, as many words as it takes; not to be changed. */
  toBits(): Uint32Array {
    if (this.bits) return this.bits;
    const bits = new Uint32Array(this.words);
    this.setIn(bits);
    return bits;
  }

  /** How many 32-bit words its bits need. */
  private get words(): number {
    return this.bits?.length ?? ((this.list?.at(-1) ?? 0) >>> 5) + 1;
  }

  private setIn(bits: Uint32Array): void {
    if (this.list) setBits(bits, this.list);
    else {
      const own = this.bits as Uint32Array;
      for (let word = 0; word < own.length; word++)
        bits[word] = (bits[word] as number) | (own[word] as number);
    }
  }

  private clearIn(bits: Uint32Array): void {
    if (this.list) {
      for (const doc of this.list)
        if (doc >>> 5 < bits.length) bits[doc >>> 5] = (bits[doc >>> 5] as number) & ~(1 << (doc & 31));
      return;
    }
    const own = this.bits as Uint32Array;
    const length = Math.min(own.length, bits.length);
    for (let word = 0; word < length; word++) bits[word] = (bits[word] as number) & ~(own[word] as number);
  }
}

function ones(word: number): number {
  let rest = word - ((word >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function setBits(bits: Uint32Array, numbers: Uint32Array): void {
  for (let at = 0; at < numbers.length; at++) {
    const doc = numbers[at] as number;
    bits[doc >>> 5] = (bits[doc >>> 5] as number) | (1 << (doc & 31));
  }
}

function bitsOf(numbers: Uint32Array, last: number): Uint32Array {
  const bits = new Uint32Array((last >>> 5) + 1);
  setBits(bits, numbers);
  return bits;
}
