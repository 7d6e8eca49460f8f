import { createHash } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import Database from 'libsql';
import type { Hit } from '../search-index.ts';
import type { DocSet } from './doc-set.ts';
import { Doclists } from './doclists.ts';
import type { Packed } from './packing.ts';
import { SegmentMerge } from './segment-merge.ts';

/** Every printable ASCII sign is part of a term: the analysis alone decides where one ends. */
const signs = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const tokenizer = quoted(`ascii tokenchars ${quoted(signs)}`);

const schema = `
  CREATE TABLE IF NOT EXISTS docs (
    doc INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, revision INTEGER NOT NULL,
    stored TEXT NOT NULL, columns TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS passages (
    doc INTEGER NOT NULL, n INTEGER NOT NULL, text TEXT NOT NULL, folded TEXT, place TEXT NOT NULL,
    PRIMARY KEY (doc, n)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS indexed (doc INTEGER PRIMARY KEY, digest BLOB NOT NULL);
  CREATE VIRTUAL TABLE IF NOT EXISTS postings USING fts5(
    terms, content='', contentless_delete=1, detail=none, tokenize=${tokenizer}
  );
`;

/** What is kept in memory of a document, and loaded again at the start. */
export interface Columns {
  readonly audience: readonly string[];
  readonly facets: Readonly<Record<string, readonly string[]>>;
  readonly numbers: Readonly<Record<string, number>>;
}

/** The file of one index: documents, their passages, and which documents hold a term (FTS5 as posting lists). */
export class IndexDatabase {
  private readonly db: Database.Database;
  private readonly statements: Record<
    | 'find'
    | 'add'
    | 'change'
    | 'place'
    | 'unplace'
    | 'index'
    | 'unindex'
    | 'digest'
    | 'keepDigest'
    | 'dropDigest'
    | 'remove'
    | 'revisions'
    | 'stored'
    | 'holds',
    Database.Statement
  >;
  private readonly preparedOnce = new Map<string, Database.Statement>();
  private readonly merge: SegmentMerge;
  private readonly doclists: Doclists;

  constructor(file: string) {
    closeSync(openSync(file, 'a', 0o600)); // drafts are in it too; SQLite gives the files beside it the same rights
    const db = new Database(file);
    this.db = db;
    db.exec('PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    db.exec('PRAGMA cache_size = -16000; PRAGMA journal_size_limit = 67108864');
    db.exec(schema);
    // Few and large segments: a bulk load merges seldom, a query reads few lists.
    for (const [option, value] of [
      ['hashsize', 16_777_216],
      ['automerge', 8],
      ['pgsz', 8000],
    ] as const)
      db.exec(`INSERT INTO postings(postings, rank) VALUES ('${option}', ${value})`);
    this.merge = new SegmentMerge(db);
    this.doclists = new Doclists(db);
    this.statements = {
      find: db.prepare('SELECT doc FROM docs WHERE id = ?'),
      add: db.prepare('INSERT INTO docs (revision, stored, columns, id) VALUES (?, ?, ?, ?)'),
      change: db.prepare('UPDATE docs SET revision = ?, stored = ?, columns = ? WHERE id = ?'),
      place: db.prepare('INSERT INTO passages (doc, n, text, folded, place) VALUES (?, ?, ?, ?, ?)'),
      unplace: db.prepare('DELETE FROM passages WHERE doc = ?'),
      index: db.prepare('INSERT OR REPLACE INTO postings (rowid, terms) VALUES (?, ?)'),
      unindex: db.prepare('DELETE FROM postings WHERE rowid = ?'),
      digest: db.prepare('SELECT digest FROM indexed WHERE doc = ?'),
      keepDigest: db.prepare('INSERT OR REPLACE INTO indexed (doc, digest) VALUES (?, ?)'),
      dropDigest: db.prepare('DELETE FROM indexed WHERE doc = ?'),
      remove: db.prepare('DELETE FROM docs WHERE doc = ?'),
      revisions: db.prepare('SELECT id, revision FROM docs WHERE id > ? ORDER BY id LIMIT ?'),
      stored: db.prepare(
        `SELECT group_concat(doc || ' ' || id || ' ' || stored, char(10)) AS rows FROM docs
         WHERE doc IN (SELECT value FROM json_each(?))`,
      ),
      holds: db.prepare(
        'SELECT 1 FROM passages WHERE doc = ? AND instr(coalesce(folded, text), ?) > 0 LIMIT 1',
      ),
    };
  }

  /** All or nothing, and kept once it returns. */
  transaction(write: () => void): void {
    this.db.exec('BEGIN');
    try {
      write();
      this.db.exec('COMMIT');
    } catch (error) {
      this.db.exec('ROLLBACK');
      throw error;
    }
  }

  /**
   * Keeps a document and its passages; `index` makes it found.
   * @returns its number, the same as before when the document is known
   */
  put({ id, revision, stored, passages, audience, facets, numbers }: Packed): number {
    const { find, add, change, unplace, place } = this.statements;
    const row = [revision, stored, JSON.stringify({ audience, facets, numbers } satisfies Columns), id];
    const known = find.get(id) as { doc: number } | undefined;
    if (known) {
      change.run(...row);
      unplace.run(known.doc);
    }
    const doc = known?.doc ?? Number(add.run(...row).lastInsertRowid);
    passages.forEach(({ text, folded, place: where }, n) => {
      place.run(doc, n, text, folded === text ? null : folded, where);
    });
    return doc;
  }

  /**
   * Makes documents found by their terms. To be called once in a transaction, after everything else: FTS5 writes
   * what it has gathered to the file whenever another table is changed in between, as many small segments. Documents
   * that are found by their terms already are left as they are: mostly it is a number or a count that has changed, and
   * every posting that takes another's place makes reading slower.
   * @returns those whose terms have changed
   */
  index(documents: ReadonlyMap<number, string>): ReadonlyMap<number, string> {
    const { digest, keepDigest, index } = this.statements;
    const changed = new Map<number, string>();
    let replaced = 0;
    for (const [doc, terms] of documents) {
      const now = createHash('sha256').update(terms).digest();
      const known = digest.get(doc) as { digest: Buffer } | undefined;
      if (known && now.equals(known.digest)) continue;
      if (known) replaced++;
      keepDigest.run(doc, now);
      changed.set(doc, terms);
    }
    this.merge.add(changed.size - replaced, replaced);
    for (const [doc, terms] of changed) index.run(doc, terms);
    return changed;
  }

  /** Does a little of what makes reading faster. @returns whether there is more to do */
  tidy(documents: number): boolean {
    return this.merge.step(documents);
  }

  /** @returns the number that the document had, undefined when it is not known */
  remove(id: string): number | undefined {
    const found = this.statements.find.get(id) as { doc: number } | undefined;
    if (!found) return undefined;
    for (const statement of ['unplace', 'unindex', 'dropDigest', 'remove'] as const)
      this.statements[statement].run(found.doc);
    this.merge.add(0, 1);
    return found.doc;
  }

  *columns(): Generator<[doc: number, columns: Columns]> {
    const rows = this.db.prepare('SELECT doc, columns FROM docs').iterate() as Iterable<{
      doc: number;
      columns: string;
    }>;
    for (const { doc, columns } of rows) yield [doc, JSON.parse(columns)];
  }

  /** For every list of terms, the documents that hold all of them. */
  holding(lists: readonly (readonly string[])[]): DocSet[] {
    return this.doclists.holding(lists);
  }

  revisions(after: string, limit: number): { id: string; revision: number }[] {
    const rows = this.statements.revisions.all(after, limit) as { id: string; revision: number }[];
    return rows.map(({ id, revision }) => ({ id, revision }));
  }

  /** Identifier and stored text of these documents, in this order, and the passages that hold the most needles. */
  hits(
    docs: readonly number[],
    needles: readonly string[],
    passages: number,
    hasPassages: (doc: number) => boolean,
  ): Hit[] {
    const stored = this.storedOf(docs);
    const found = new Map<number, Hit['passages'][number][]>();
    const withPassages = passages > 0 && needles.length > 0 ? docs.filter(hasPassages) : [];
    if (withPassages.length > 0) {
      const query = this.passageQuery(needles.length);
      const { rows: best } = query.get(...needles, JSON.stringify(withPassages), passages) as {
        rows: string;
      };
      for (const [doc, text, place] of JSON.parse(best)) {
        const some = found.get(doc);
        if (some) some.push({ text, place });
        else found.set(doc, [{ text, place }]);
      }
    }
    return docs.map((doc) => {
      const [id = '', text = ''] = stored.get(doc) ?? [];
      return { id, stored: text, passages: found.get(doc) ?? [] };
    });
  }

  /** Whether a passage of the document holds this very text. */
  holdsText(doc: number, text: string): boolean {
    return this.statements.holds.get(doc, text) !== undefined;
  }

  close(): void {
    this.db.close();
  }

  /** One text with a line a document is quicker to hand over than JSON, which has to be written and read. */
  private storedOf(docs: readonly number[]): Map<number, [id: string, stored: string]> {
    const stored = new Map<number, [id: string, stored: string]>();
    const { rows } = this.statements.stored.get(JSON.stringify(docs)) as { rows: string | null };
    for (const line of rows?.split('\n') ?? []) {
      const [id, text] = [line.indexOf(' ') + 1, line.indexOf(' ', line.indexOf(' ') + 1) + 1];
      stored.set(Number(line.slice(0, id - 1)), [line.slice(id, text - 1), line.slice(text)]);
    }
    return stored;
  }

  private passageQuery(needles: number): Database.Statement {
    return this.prepared(`passages ${needles}`, () => {
      const hits = Array.from({ length: needles }, () => '(instr(coalesce(folded, text), ?) > 0)');
      return `SELECT json_group_array(json_array(doc, text, place)) AS rows FROM (
        SELECT doc, text, place, row_number() OVER (PARTITION BY doc ORDER BY hits DESC, n) AS rank FROM (
          SELECT doc, n, text, place, ${hits.join(' + ')} AS hits FROM passages
          WHERE doc IN (SELECT value FROM json_each(?))
        ) WHERE hits > 0
      ) WHERE rank <= ?`;
    });
  }

  private prepared(name: string, sql: () => string): Database.Statement {
    const known = this.preparedOnce.get(name);
    if (known) return known;
    const statement = this.db.prepare(sql());
    this.preparedOnce.set(name, statement);
    return statement;
  }
}
