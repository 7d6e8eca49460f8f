import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';

const applicationId = 0x434f5944;

/** What makes each version of the file's layout out of the one before it. */
const layouts = [
  `CREATE TABLE collections (id INTEGER PRIMARY KEY, db TEXT NOT NULL, name TEXT NOT NULL, uuid BLOB NOT NULL,
     options BLOB NOT NULL, UNIQUE (db, name));
   CREATE TABLE indexes (id INTEGER PRIMARY KEY, collection INTEGER NOT NULL REFERENCES collections, name TEXT NOT NULL,
     spec BLOB NOT NULL, multikey INTEGER NOT NULL DEFAULT 0, UNIQUE (collection, name));
   PRAGMA application_id = ${applicationId};`,
  // Both are null unless the index is being built: the row up to which it is, and the row at which that ends.
  `ALTER TABLE indexes ADD COLUMN built INTEGER;
   ALTER TABLE indexes ADD COLUMN target INTEGER;`,
];

/** The version of the file's layout; a file with a higher one is refused. */
export const layoutVersion = layouts.length;

/** The documents cannot be opened; the message says why in one sentence. */
export class CannotOpen extends Error {
  override readonly name = 'CannotOpen';
  /** Another process holds them, which may end. */
  readonly isInUse: boolean;

  constructor(message: string, isInUse = false) {
    super(message);
    this.isInUse = isInUse;
  }
}

type Row = unknown[];

/** One prepared statement. */
export interface Statement {
  run(...parameters: unknown[]): { changes: number; lastInsertRowid: number };
  get(...parameters: unknown[]): Row | undefined;
  all(...parameters: unknown[]): Row[];
}

/** One SQLite file, held by this process alone. */
export class StoreFile {
  private readonly database: Database.Database;
  private readonly statements = new Map<string, Statement>();
  private readonly lockFile: string;
  readonly path: string;

  /** @throws CannotOpen when another process holds the file, a newer version wrote it, or it is no such file */
  constructor(path: string) {
    this.path = path;
    this.lockFile = `${path}.pid`;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.database = this.open();
  }

  private open(): Database.Database {
    let database: Database.Database | undefined;
    try {
      closeSync(openSync(this.path, 'a', 0o600)); // SQLite gives the files beside it the same rights
      database = new Database(this.path);
      database.exec('PRAGMA locking_mode = EXCLUSIVE');
      database.exec('PRAGMA busy_timeout = 0');
      this.claim(database);
    } catch (error) {
      database?.close();
      throw this.explain(error as Error & { code?: string });
    }
    return database;
  }

  private claim(database: Database.Database): void {
    database.exec('PRAGMA synchronous = FULL');
    database.exec('BEGIN IMMEDIATE');
    try {
      this.checkLayout(database);
      database.exec('COMMIT');
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK');
      throw error;
    }
    database.exec('PRAGMA journal_mode = WAL'); // a change of the file, so not before it is known to be ours
    database.exec('PRAGMA cache_size = -24000');
    database.exec('PRAGMA temp_store = MEMORY');
    writeFileSync(this.lockFile, `${process.pid}\n`, { mode: 0o600 });
  }

  private checkLayout(database: Database.Database): void {
    const number = (name: string): number =>
      (database.prepare(`PRAGMA ${name}`).raw().get() as [number] | undefined)?.[0] ?? 0;
    const version = number('user_version');
    const application = number('application_id');
    if (version > layoutVersion)
      throw new CannotOpen(
        `${this.path} was written by a newer version of this program (layout ${version}, this one knows ${layoutVersion}); it was left unchanged.`,
      );
    if (application !== applicationId && (application !== 0 || number('page_count') > 1))
      throw new CannotOpen(`${this.path} is not a document store; it was left unchanged.`);
    if (version === layoutVersion) return;
    for (const step of layouts.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${layoutVersion}`);
  }

  private explain(error: Error & { code?: string }): Error {
    if (error instanceof CannotOpen) return error;
    if (
      error.code === 'SQLITE_BUSY' ||
      error.code === 'SQLITE_LOCKED' ||
      /database is locked/.test(error.message)
    )
      return new CannotOpen(`${this.path} is in use by ${this.holder()}.`, true);
    if (error.code === 'SQLITE_NOTADB' || /not a database/.test(error.message))
      return new CannotOpen(`${this.path} is not a document store; it was left unchanged.`);
    return new CannotOpen(`${this.path} cannot be opened: ${error.message}.`);
  }

  private holder(): string {
    try {
      return `process ${readFileSync(this.lockFile, 'utf8').trim()}`;
    } catch {
      return 'another process'; // which has not yet written, or already removed, who it is
    }
  }

  /** A prepared statement that gives rows as arrays; kept for the next time. */
  sql(text: string): Statement {
    let statement = this.statements.get(text);
    if (!statement) {
      if (this.statements.size > 2000) this.statements.clear();
      const prepared = this.database.prepare(text);
      if (prepared.reader) prepared.raw();
      statement = prepared as unknown as Statement;
      this.statements.set(text, statement);
    }
    return statement;
  }

  /** Runs SQL that changes tables; prepared statements are dropped, since they may name what is gone. */
  define(text: string): void {
    this.statements.clear();
    this.database.exec(text);
  }

  begin(): void {
    this.database.exec('BEGIN IMMEDIATE');
  }

  commit(): void {
    this.database.exec('COMMIT');
  }

  rollback(): void {
    if (this.database.inTransaction) this.database.exec('ROLLBACK');
  }

  get inTransaction(): boolean {
    return this.database.inTransaction;
  }

  /** Writes a copy of the whole file as it is now; nothing else is done meanwhile. */
  copyTo(path: string): void {
    this.database.exec(`VACUUM INTO '${path.replaceAll("'", "''")}'`);
  }

  close(): void {
    this.statements.clear();
    rmSync(this.lockFile, { force: true }); // while the file is still ours: afterwards it may be another's
    this.database.close();
  }
}
