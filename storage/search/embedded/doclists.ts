import type Database from 'libsql';
import { DocSet } from './doc-set.ts';

/** The record that tells the segments, and the sign that stands in it where documents can be deleted by number. */
const structureRecord = 10;
const deletesByNumber = Buffer.from([0xff, 0, 0, 1]);
/** The tombstones of a segment stand where those of one numbered so much higher would stand. */
const tombstones = 2 ** 16;

interface Segment {
  readonly id: number;
  readonly firstPage: number;
  readonly lastPage: number;
  /** Documents that were deleted or replaced since, one bit each. */
  readonly gone: Uint32Array | undefined;
}

/**
 * Reads posting lists from the pages in which FTS5 keeps them: the numbers that it hands over itself have to be written
 * as text and read again, which takes twenty times as long. The pages are part of SQLite's file format, which does not
 * change within a major version; it is described at the head of `fts5_index.c`. With `detail=none` a list is nothing
 * but numbers, each but the first of a page as what it is more than the one before, and with `contentless_delete`
 * what is deleted stands beside its segment ("tombstones").
 */
export class Doclists {
  private readonly statements: Record<'structure' | 'leaf' | 'page', Database.Statement>;
  private structure: Buffer = Buffer.alloc(0);
  private segments: readonly Segment[] = [];
  /** The numbers that are being read, so many. */
  private found = new Uint32Array(1024);
  private count = 0;

  /** Of the FTS5 table `postings`; what a transaction has not committed yet is not read. */
  constructor(db: Database.Database) {
    this.statements = {
      structure: db.prepare(`SELECT block FROM postings_data WHERE id = ${structureRecord}`),
      leaf: db.prepare(`
        SELECT page, block FROM (
          SELECT max(?2, coalesce((
            SELECT pgno >> 1 FROM postings_idx WHERE segid = ?1 AND term <= ?3 ORDER BY term DESC LIMIT 1
          ), 1)) AS page
        ) CROSS JOIN postings_data ON id = (?1 << 37) + page`),
      page: db.prepare('SELECT block FROM postings_data WHERE id = (?1 << 37) + ?2'),
    };
  }

  /** For every list of terms, the documents that hold all of them. */
  holding(lists: readonly (readonly string[])[]): DocSet[] {
    this.renewSegments();
    return lists.map(([first, ...others]) => {
      let docs = first === undefined ? DocSet.empty : this.holdingOne(first);
      for (const term of others) if (docs.size > 0) docs = docs.and(this.holdingOne(term));
      return docs;
    });
  }

  private holdingOne(term: string): DocSet {
    // The terms of a table without prefix indexes begin with this sign.
    const key = Buffer.from(`0${term}`);
    this.count = 0;
    let holders = 0;
    for (const segment of this.segments) {
      const before = this.count;
      this.readFrom(segment, key);
      if (this.count > before) holders++;
    }
    const numbers = this.found.slice(0, this.count);
    return holders > 1 ? DocSet.ofAny(numbers) : DocSet.of(numbers);
  }

  private readFrom(segment: Segment, key: Buffer): void {
    const { id, firstPage, lastPage, gone } = segment;
    const leaf = this.statements.leaf.get(id, firstPage, key) as { page: number; block: Buffer } | undefined;
    const part = leaf && partOf(leaf.block, key);
    if (!part) return;
    this.take(leaf.block, part, gone);
    let isOpen = part.isLast;
    for (let page = leaf.page + 1; isOpen && page <= lastPage; page++) {
      const block = this.page(id, page);
      const end = firstTermOf(block);
      this.take(block, { from: 4, to: end ?? footerOf(block) }, gone);
      isOpen = end === undefined;
    }
  }

  /** Takes the numbers that stand on a part of a page. */
  private take(
    page: Buffer,
    { from, to }: { from: number; to: number },
    gone: Uint32Array | undefined,
  ): void {
    // A number takes a byte or more.
    if (this.count + to - from > this.found.length) {
      const larger = new Uint32Array((this.count + to - from) * 2);
      larger.set(this.found);
      this.found = larger;
    }
    const { found } = this;
    let { count } = this;
    let doc = 0;
    // What `Varints` reads, without an object and a call for each of hundreds of thousands.
    for (let at = from; at < to; ) {
      let byte = page[at++] as number;
      let more = byte & 127;
      while (byte > 127) {
        byte = page[at++] as number;
        more = (more << 7) | (byte & 127);
      }
      doc += more;
      if (gone && ((gone[doc >>> 5] ?? 0) & (1 << (doc & 31))) !== 0) continue;
      found[count++] = doc;
    }
    this.count = count;
  }

  /** FTS5 writes the record anew whenever anything has changed. */
  private renewSegments(): void {
    const { block } = this.statements.structure.get() as { block: Buffer };
    if (block.equals(this.structure)) return;
    if (!block.subarray(4, 8).equals(deletesByNumber))
      throw new Error('FTS5 keeps its postings in a form unknown here');
    this.segments = segmentsIn(block).map(({ tombstonePages, ...segment }) => ({
      ...segment,
      gone: tombstonePages === 0 ? undefined : this.goneFrom(segment.id, tombstonePages),
    }));
    this.structure = block;
  }

  /** A page is a hash table of numbers after eight bytes, the first of which tells how long a number is. */
  private goneFrom(segment: number, pages: number): Uint32Array {
    const gone: number[] = [];
    for (let page = 0; page < pages; page++) {
      const block = this.page(segment + tombstones, page);
      const size = block[0] === 8 ? 8 : 4;
      for (let at = 8; at + size <= block.length; at += size) {
        const doc = block.readUInt32BE(at + size - 4);
        if (doc !== 0) gone.push(doc);
      }
    }
    return DocSet.ofAny(Uint32Array.from(gone)).toBits();
  }

  private page(segment: number, page: number): Buffer {
    return (this.statements.page.get(segment, page) as { block: Buffer }).block;
  }
}

/**
 * Where the numbers of a term stand on the page where it must be, if anywhere; `isLast` when they may go on on the next.
 * Terms are sorted, and each but the first leaves out what it begins with like the one before.
 */
function partOf(page: Buffer, key: Buffer): { from: number; to: number; isLast: boolean } | undefined {
  const footer = new Varints(page, footerOf(page));
  /** So many bytes the term before has in common with the one looked for. */
  let common = 0;
  let start = footer.isAtEnd ? undefined : footer.next();
  const entry = new Varints(page, 0);
  for (let isFirst = true; start !== undefined; isFirst = false) {
    entry.at = start;
    const left = isFirst ? 0 : entry.next();
    const length = entry.next();
    const following: number | undefined = footer.isAtEnd ? undefined : start + footer.next();
    if (left < common) return undefined;
    if (left === common) {
      let at = 0;
      while (at < length && common < key.length && page[entry.at + at] === key[common]) {
        at++;
        common++;
      }
      if (at === length && common === key.length) {
        const from = entry.at + length;
        return { from, to: following ?? footerOf(page), isLast: following === undefined };
      }
    }
    start = following;
  }
  return undefined;
}

const footerOf = (page: Buffer): number => page.readUInt16BE(2);

/** Where the first term of a page begins; undefined when it only goes on with the numbers of one before. */
function firstTermOf(page: Buffer): number | undefined {
  const footer = new Varints(page, footerOf(page));
  return footer.isAtEnd ? undefined : footer.next();
}

function segmentsIn(structure: Buffer) {
  const numbers = new Varints(structure, 8);
  const [levels, total] = [numbers.next(), numbers.next(), numbers.next()];
  const segments: (Omit<Segment, 'gone'> & { tombstonePages: number })[] = [];
  for (let level = 0; level < levels && segments.length < total; level++) {
    const [, count] = [numbers.next(), numbers.next()];
    for (let n = 0; n < count; n++) {
      const [id, firstPage, lastPage, , , tombstonePages] = Array.from({ length: 8 }, () => numbers.next());
      segments.push({ id, firstPage, lastPage, tombstonePages } as (typeof segments)[number]);
    }
  }
  // One that a merge has read to its end has no pages left.
  return segments.filter(({ firstPage }) => firstPage > 0);
}

/** SQLite's numbers of variable length: seven bits a byte, the highest first. */
class Varints {
  at: number;
  private readonly bytes: Buffer;

  constructor(bytes: Buffer, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  next(): number {
    let number = 0;
    for (;;) {
      const byte = this.bytes[this.at++] ?? 0;
      number = number * 128 + (byte & 127);
      if (byte < 128) return number;
    }
  }
}
