import { decodeDocument, decodeFields } from '../bson/decode.ts';
import type { Doc } from '../bson/values.ts';
import { duplicateKey } from './duplicate-key.ts';
import type { StoreFile } from './file.ts';
import { type Index, indexKeys } from './index-spec.ts';

/** How many documents are read at a time by those who read all of them. */
const rowsAtOnce = 500;

/** A stored document: its row number gives the natural order. */
export interface Row {
  row: number;
  bytes: Buffer;
}

/** An index that is being built: it has the keys of the rows up to `built` and of those behind `target`. */
export interface Build {
  index: Index;
  built: number;
  target: number;
}

/** One collection: its documents and their keys in its indexes. Changes are made within the caller's transaction. */
export class Collection {
  readonly indexes: Index[] = [];
  /** Indexes that writers keep up to date already, and nobody may read yet. */
  readonly builds: Build[] = [];
  /** Counts the changes of documents, so that one can tell whether there were any. */
  changes = 0;
  private readonly file: StoreFile;
  readonly id: number;
  readonly namespace: string;
  readonly uuid: Buffer;
  options: Doc;
  private nextRow: number | undefined;
  private counted: number | undefined;
  private held: number | undefined;

  constructor(file: StoreFile, id: number, namespace: string, uuid: Buffer, options: Doc) {
    this.file = file;
    this.id = id;
    this.namespace = namespace;
    this.uuid = uuid;
    this.options = options;
  }

  get count(): number {
    this.counted ??= (this.file.sql(`SELECT count(*) FROM x${this.idIndex.id}`).get() as [number])[0];
    return this.counted;
  }

  /** Bytes of all documents. */
  get bytes(): number {
    this.held ??= (this.file.sql(`SELECT coalesce(sum(length(b)), 0) FROM d${this.id}`).get() as [number])[0];
    return this.held;
  }

  /** Notes that documents came or went. */
  private note(documents: number, bytes: number): void {
    this.changes++;
    if (this.counted !== undefined) this.counted += documents;
    if (this.held !== undefined) this.held += bytes;
  }

  /** The indexes that can be read and those that are being built. */
  get allIndexes(): Index[] {
    return [...this.indexes, ...this.builds.map(({ index }) => index)];
  }

  get idIndex(): Index {
    return this.indexes[0] as Index;
  }

  /** The highest row number in use, or 0. */
  get lastRow(): number {
    return (this.file.sql(`SELECT max(r) FROM d${this.id}`).get()?.[0] as number | null) ?? 0;
  }

  /** The indexes that have the keys of a row. */
  private indexesOf(row: number): Index[] {
    if (this.builds.length === 0) return this.indexes;
    const building = this.builds.filter(({ built, target }) => row <= built || row > target);
    return [...this.indexes, ...building.map(({ index }) => index)];
  }

  /** The row whose document has a key in a unique index. */
  rowOf(index: Index, key: Buffer): number | undefined {
    return this.file.sql(`SELECT r FROM x${index.id} WHERE k = ?`).get([key])?.[0] as number | undefined;
  }

  private addKey(index: Index, key: Buffer, row: number): void {
    this.file.sql(`INSERT INTO x${index.id} (k, r) VALUES (?, ?)`).run([key, row]);
  }

  private markMultikey(index: Index, fields: number): void {
    if ((index.multikey | fields) === index.multikey) return;
    index.multikey |= fields;
    this.file.sql('UPDATE indexes SET multikey = ? WHERE id = ?').run([index.multikey, index.id]);
  }

  /** Stores a document with an `_id`. @throws CommandError DuplicateKey; nothing is changed then */
  insert(doc: Doc, bytes: Buffer): void {
    this.nextRow ??= this.lastRow + 1;
    const row = this.nextRow;
    const keyed = this.indexesOf(row).map((index) => ({ index, ...indexKeys(index, doc) }));
    for (const { index, keys } of keyed)
      if (index.unique)
        for (const key of keys)
          if (this.rowOf(index, key) !== undefined) throw duplicateKey(this.namespace, index, doc, key);
    this.nextRow++;
    this.file.sql(`INSERT INTO d${this.id} (r, b) VALUES (?, ?)`).run([row, bytes]);
    for (const { index, keys, multikey } of keyed) {
      this.markMultikey(index, multikey);
      for (const key of keys) this.addKey(index, key, row);
    }
    this.note(1, bytes.length);
  }

  /** Puts a new state in place of a document's old one. @throws CommandError DuplicateKey; nothing is changed then */
  replace(row: number, old: Doc, changed: Doc, bytes: Buffer): void {
    const moves = this.indexesOf(row)
      .slice(1)
      .map((index) => {
        const before = indexKeys(index, old).keys;
        const { keys, multikey } = indexKeys(index, changed);
        return {
          index,
          multikey,
          gone: before.filter((key) => !keys.some((other) => other.equals(key))),
          added: keys.filter((key) => !before.some((other) => other.equals(key))),
        };
      });
    for (const { index, added } of moves)
      if (index.unique)
        for (const key of added) {
          const holder = this.rowOf(index, key);
          if (holder !== undefined && holder !== row) throw duplicateKey(this.namespace, index, changed, key);
        }
    const before = this.held === undefined ? 0 : (this.at(row)?.length ?? 0);
    this.file.sql(`UPDATE d${this.id} SET b = ? WHERE r = ?`).run([bytes, row]);
    this.note(0, bytes.length - before);
    for (const { index, multikey, gone, added } of moves) {
      this.markMultikey(index, multikey);
      for (const key of gone) this.dropKey(index, key, row);
      for (const key of added) this.addKey(index, key, row);
    }
  }

  private dropKey(index: Index, key: Buffer, row: number): void {
    this.file.sql(`DELETE FROM x${index.id} WHERE k = ? AND r = ?`).run([key, row]);
  }

  remove(row: number, doc: Doc): void {
    const before = this.held === undefined ? 0 : (this.at(row)?.length ?? 0);
    for (const index of this.indexesOf(row))
      for (const key of indexKeys(index, doc).keys) this.dropKey(index, key, row);
    this.file.sql(`DELETE FROM d${this.id} WHERE r = ?`).run([row]);
    this.note(-1, -before);
  }

  /** The document in a row, or undefined. */
  at(row: number): Buffer | undefined {
    return this.file.sql(`SELECT b FROM d${this.id} WHERE r = ?`).get([row])?.[0] as Buffer | undefined;
  }

  /** Documents in natural order after a row, `limit` at most; backwards when asked. */
  after(row: number | undefined, limit: number, backwards = false): Row[] {
    const text = backwards
      ? `SELECT r, b FROM d${this.id} WHERE r < ? ORDER BY r DESC LIMIT ?`
      : `SELECT r, b FROM d${this.id} WHERE r > ? ORDER BY r LIMIT ?`;
    const start = row ?? (backwards ? Number.MAX_SAFE_INTEGER : -1);
    return this.file
      .sql(text)
      .all([start, limit])
      .map(([at, bytes]) => ({ row: at as number, bytes: bytes as Buffer }));
  }

  /** Rows whose keys lie in a range, by key; `after` is the row that was last with the key at the starting side. */
  keyed(
    index: Index,
    from: Buffer,
    to: Buffer,
    after: number | undefined,
    limit: number,
    backwards: boolean,
  ): (Row & { key: Buffer })[] {
    const tables = `FROM x${index.id} AS x CROSS JOIN d${this.id} AS d ON d.r = x.r`;
    const columns = 'SELECT x.r, d.b, x.k';
    let rows: unknown[][];
    if (after === undefined) {
      const order = backwards ? 'ORDER BY x.k DESC, x.r DESC' : 'ORDER BY x.k, x.r';
      rows = this.file
        .sql(`${columns} ${tables} WHERE x.k >= ? AND x.k < ? ${order} LIMIT ?`)
        .all([from, to, limit]);
    } else if (backwards) {
      rows = this.file
        .sql(
          `${columns} ${tables} WHERE x.k >= ? AND (x.k, x.r) < (?, ?) ORDER BY x.k DESC, x.r DESC LIMIT ?`,
        )
        .all([from, to, after, limit]);
    } else {
      rows = this.file
        .sql(`${columns} ${tables} WHERE (x.k, x.r) > (?, ?) AND x.k < ? ORDER BY x.k, x.r LIMIT ?`)
        .all([from, after, to, limit]);
    }
    return rows.map(([row, bytes, key]) => ({
      row: row as number,
      bytes: bytes as Buffer,
      key: key as Buffer,
    }));
  }

  /** How many keys lie in some ranges; counting ends at a limit. */
  countKeys(index: Index, ranges: { from: Buffer; to: Buffer }[], limit?: number): number {
    let count = 0;
    for (const { from, to } of ranges) {
      const within = `FROM x${index.id} WHERE k >= ? AND k < ?`;
      const [found] = (
        limit === undefined
          ? this.file.sql(`SELECT count(*) ${within}`).get([from, to])
          : this.file.sql(`SELECT count(*) FROM (SELECT 1 ${within} LIMIT ?)`).get([from, to, limit - count])
      ) as [number];
      count += found;
      if (limit !== undefined && count >= limit) return limit;
    }
    return count;
  }

  /**
   * Adds the keys of more documents to an index that is being built, for some milliseconds.
   * @returns whether it has all of them
   * @throws CommandError DuplicateKey
   */
  build(build: Build, duration: number): boolean {
    const { index, target } = build;
    const end = performance.now() + duration;
    while (build.built < target) {
      const rows = this.after(build.built, rowsAtOnce).filter(({ row }) => row <= target);
      for (const { row, bytes } of rows) this.addKeys(index, row, bytes);
      build.built = rows.length < rowsAtOnce ? target : (rows.at(-1) as Row).row;
      if (performance.now() > end) break;
    }
    this.file.sql('UPDATE indexes SET built = ? WHERE id = ?').run([build.built, index.id]);
    return build.built >= target;
  }

  private addKeys(index: Index, row: number, bytes: Buffer): void {
    const doc = index.fields ? decodeFields(bytes, index.fields) : decodeDocument(bytes);
    const { keys, multikey } = indexKeys(index, doc);
    this.markMultikey(index, multikey);
    for (const key of keys) {
      if (index.unique && this.rowOf(index, key) !== undefined)
        throw duplicateKey(this.namespace, index, doc, key);
      this.addKey(index, key, row);
    }
  }

  /** Compares the documents with the keys in each index. */
  verify(): { records: number; keys: Map<string, number>; errors: string[] } {
    const wanted = new Map(this.indexes.map((index) => [index, 0]));
    const errors: string[] = [];
    let records = 0;
    let last: number | undefined;
    for (let rows = this.after(last, rowsAtOnce); rows.length > 0; rows = this.after(last, rowsAtOnce)) {
      for (const { row, bytes } of rows) {
        records++;
        last = row;
        const document = decodeDocument(bytes);
        for (const index of this.indexes)
          for (const key of indexKeys(index, document).keys) {
            wanted.set(index, (wanted.get(index) ?? 0) + 1);
            if (!this.hasKey(index, key, row)) errors.push(`index ${index.name} lacks a key of row ${row}`);
          }
      }
    }
    const keys = new Map<string, number>();
    for (const [index, expected] of wanted) {
      const [found] = this.file.sql(`SELECT count(*) FROM x${index.id}`).get() as [number];
      keys.set(index.name, found);
      if (found !== expected)
        errors.push(`index ${index.name} has ${found} keys, its documents have ${expected}`);
    }
    return { records, keys, errors };
  }

  private hasKey(index: Index, key: Buffer, row: number): boolean {
    return this.file.sql(`SELECT 1 FROM x${index.id} WHERE k = ? AND r = ?`).get([key, row]) !== undefined;
  }

  /** What `listIndexes` says of the indexes. */
  describeIndexes(): Doc[] {
    return this.indexes.map(({ spec }) => spec);
  }
}
