import { DocSet } from './doc-set.ts';

/** Rough cost of keeping one entry, beside its numbers. */
const entryBytes = 200;

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

  private readonly load: (terms: readonly string[]) => Uint32Array;
  private readonly limit: number;

  /** `load` reads what is not kept; at most `limit` bytes are kept. */
  constructor(load: (terms: readonly string[]) => Uint32Array, limit: number) {
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
    const docs = DocSet.of(this.load(terms));
    this.keep(key, { terms, docs });
    return docs;
  }

  /** The documents hold these terms from now on, and no others. */
  changed(documents: ReadonlyMap<number, ReadonlySet<string>>): void {
    if (documents.size > 32) {
      this.kept.clear();
      this.bytes = 0;
      return;
    }
    for (const [key, { terms, docs }] of this.kept) {
      const come: number[] = [];
      const go: number[] = [];
      for (const [doc, held] of documents) {
        const holds = terms.every((term) => held.has(term));
        if (holds !== docs.has(doc)) (holds ? come : go).push(doc);
      }
      if (come.length + go.length === 0) continue;
      const left = docs.minus(DocSet.of(Uint32Array.from(go).sort()));
      this.keep(key, { terms, docs: DocSet.union([left, DocSet.of(Uint32Array.from(come).sort())]) });
    }
  }

  private keep(key: string, entry: Entry): void {
    this.bytes += entry.docs.bytes + entryBytes - this.bytesOf(key);
    this.kept.set(key, entry);
    for (const oldest of this.kept.keys()) {
      if (this.bytes <= this.limit) break;
      this.bytes -= this.bytesOf(oldest);
      this.kept.delete(oldest);
    }
  }

  private bytesOf(key: string): number {
    const entry = this.kept.get(key);
    return entry ? entry.docs.bytes + entryBytes : 0;
  }
}
