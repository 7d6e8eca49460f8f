import { DocSet } from './doc-set.ts';

/** Rough cost of keeping one entry, beside its numbers. */
const entryBytes = 200;
/** With more pairs of a changed document and a kept list than these, reading the lists again costs less. */
const mostCarried = 200_000;

/** Reads, for every list of terms, the documents that hold all of them. */
type Load = (lists: readonly (readonly string[])[]) => DocSet[];

interface Entry {
  readonly terms: readonly string[];
  readonly docs: DocSet;
}

/**
 * Which documents hold certain terms, the most recently asked kept in memory. A change of a few documents is
 * carried into what is kept; a change of many throws it away.
 */
export class Postings {
  private readonly kept = new Map<string, Entry>();
  private bytes = 0;

  private readonly load: Load;
  private readonly limit: number;

  /** `load` reads what is not kept; at most `limit` bytes are kept. */
  constructor(load: Load, limit: number) {
    this.load = load;
    this.limit = limit;
  }

  holding(terms: readonly string[]): DocSet {
    const key = terms.join(' ');
    const known = this.kept.get(key);
    if (known) {
      this.kept.delete(key);
      this.kept.set(key, known);
      return known.docs;
    }
    this.fetch([terms]);
    return this.kept.get(key)?.docs ?? DocSet.empty;
  }

  /** Reads those of the lists that are not kept yet, all at once. */
  fetch(lists: readonly (readonly string[])[]): void {
    const missing = new Map<string, readonly string[]>();
    for (const terms of lists) {
      const key = terms.join(' ');
      if (!this.kept.has(key)) missing.set(key, terms);
    }
    if (missing.size === 0) return;
    const wanted = [...missing];
    const loaded = this.load(wanted.map(([, terms]) => terms));
    wanted.forEach(([key, terms], at) => {
      this.keep(key, { terms, docs: loaded[at] as DocSet });
    });
  }

  /** The documents hold these terms, set apart by spaces, from now on, and no others. */
  changed(documents: ReadonlyMap<number, string>): void {
    if (this.kept.size === 0) return;
    if (documents.size * this.kept.size > mostCarried) {
      this.kept.clear();
      this.bytes = 0;
      return;
    }
    const terms = new Map([...documents].map(([doc, held]) => [doc, new Set(held.split(' '))]));
    for (const [key, { terms: asked, docs }] of this.kept) {
      const come: number[] = [];
      const go: number[] = [];
      for (const [doc, held] of terms) {
        const holds = asked.every((term) => held.has(term));
        if (holds !== docs.has(doc)) (holds ? come : go).push(doc);
      }
      if (come.length + go.length === 0) continue;
      const left = docs.minus(DocSet.of(Uint32Array.from(go).sort()));
      this.keep(key, { terms: asked, docs: DocSet.union([left, DocSet.of(Uint32Array.from(come).sort())]) });
    }
  }

  private keep(key: string, entry: Entry): void {
    this.bytes += entry.docs.bytes + entryBytes - this.bytesOf(key);
    this.kept.set(key, entry);
    for (const oldest of this.kept.keys()) {
      if (this.bytes <= this.limit || oldest === key) break;
      this.bytes -= this.bytesOf(oldest);
      this.kept.delete(oldest);
    }
  }

  private bytesOf(key: string): number {
    const entry = this.kept.get(key);
    return entry ? entry.docs.bytes + entryBytes : 0;
  }
}
