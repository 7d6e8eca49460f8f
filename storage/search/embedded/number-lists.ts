/**
 * Lists of numbers, each kept once and known by a number of its own; the empty one by 0. There may be as many as
 * documents, so they lie in a few large arrays: a map of texts would be gone through whenever memory is cleaned.
 */
export class NumberLists {
  /** All lists, one after the other: list n stands from `starts[n]` to `starts[n + 1]`. Not to be changed. */
  flat = new Uint32Array(1024);
  starts = new Uint32Array(1024);
  /** How many lists there are. */
  size = 1;
  /** The numbers of the lists at the places that their contents ask for, or at the next free ones; 0 where none is. */
  private table = new Uint32Array(2048);

  /** The number of a list, which is added when it is new. */
  numberOf(list: readonly number[]): number {
    if (list.length === 0) return 0;
    let place = this.placeOf(list);
    for (; this.table[place] !== 0; place = this.after(place))
      if (this.holds(this.table[place] as number, list)) return this.table[place] as number;
    const number = this.add(list);
    this.table[place] = number;
    if (this.size * 2 > this.table.length) this.widen();
    return number;
  }

  private add(list: readonly number[]): number {
    const number = this.size++;
    const start = this.starts[number] as number;
    if (number + 1 >= this.starts.length) this.starts = grown(this.starts, number + 1);
    if (start + list.length >= this.flat.length) this.flat = grown(this.flat, start + list.length);
    this.flat.set(list, start);
    this.starts[number + 1] = start + list.length;
    return number;
  }

  private holds(number: number, list: readonly number[]): boolean {
    const start = this.starts[number] as number;
    if ((this.starts[number + 1] as number) - start !== list.length) return false;
    return list.every((value, at) => this.flat[start + at] === value);
  }

  private widen(): void {
    this.table = new Uint32Array(this.table.length * 2);
    for (let number = 1; number < this.size; number++) {
      let place = this.placeOf(this.flat.subarray(this.starts[number], this.starts[number + 1]));
      while (this.table[place] !== 0) place = this.after(place);
      this.table[place] = number;
    }
  }

  /** Where a list would stand in the table (FNV-1a, by number instead of by byte). */
  private placeOf(list: ArrayLike<number>): number {
    let hash = 0x811c9dc5;
    for (let at = 0; at < list.length; at++) hash = Math.imul(hash ^ (list[at] as number), 0x01000193);
    return (hash ^ (hash >>> 15)) & (this.table.length - 1);
  }

  private after(place: number): number {
    return (place + 1) & (this.table.length - 1);
  }
}

/** A larger copy, with room for `last`. */
export function grown<Numbers extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(
  numbers: Numbers,
  last: number,
): Numbers {
  const Kind = numbers.constructor as new (length: number) => Numbers;
  const larger = new Kind(Math.max(last + 1, numbers.length * 2));
  larger.set(numbers);
  return larger;
}
