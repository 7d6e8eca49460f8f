import { randomBytes } from 'node:crypto';
import { Int32 } from 'bson';
import { decodeDocument } from '../bson/decode.ts';
import { encodeDocument } from '../bson/encode.ts';
import { type Doc, doc } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { type Build, Collection } from './collection.ts';
import { StoreFile } from './file.ts';
import { type Index, readIndex } from './index-spec.ts';
import { Reserve } from './reserve.ts';

export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'SQLITE_FULL';

/** All databases and collections of one file. */
export class Store {
  private readonly file: StoreFile;
  private readonly collections = new Map<string, Collection>();
  readonly reserve: Reserve;

  /** @throws CannotOpen */
  constructor(path: string) {
    this.file = new StoreFile(path);
    this.reserve = new Reserve(path);
    this.load();
    this.discardBuilds();
  }

  /** Indexes whose building was cut off when the process ended were never promised to anybody. */
  private discardBuilds(): void {
    const cutOff = [...this.collections.values()].filter(({ builds }) => builds.length > 0);
    if (cutOff.length === 0) return;
    this.transact(() => {
      for (const collection of cutOff)
        for (const { index } of [...collection.builds]) this.dropIndex(collection, index);
    });
  }

  private load(): void {
    this.collections.clear();
    for (const [id, db, name, uuid, options] of this.file
      .sql('SELECT id, db, name, uuid, options FROM collections')
      .all()) {
      const namespace = `${db}.${name}`;
      const collection = new Collection(
        this.file,
        id as number,
        namespace,
        uuid as Buffer,
        decodeDocument(options as Buffer),
      );
      const indexes = this.file
        .sql('SELECT id, spec, multikey, built, target FROM indexes WHERE collection = ? ORDER BY id')
        .all([id]);
      for (const [number, spec, multikey, built, target] of indexes) {
        const index = readIndex(number as number, decodeDocument(spec as Buffer), multikey as number);
        if (built === null) collection.indexes.push(index);
        else collection.builds.push({ index, built: built as number, target: target as number });
      }
      this.collections.set(namespace, collection);
    }
  }

  /**
   * Runs changes in one transaction, durable when this returns; on a full disk once more with the room of the reserve.
   * @throws whatever `change` throws, after undoing all of it; an error of SQLite when the commit fails
   */
  transact<T>(change: () => T): T {
    try {
      return this.attempt(change);
    } catch (error) {
      if (!isDiskFull(error) || !this.reserve.spend()) throw error;
      return this.attempt(change);
    }
  }

  private attempt<T>(change: () => T): T {
    this.file.begin();
    try {
      const result = change();
      this.file.commit();
      return result;
    } catch (error) {
      this.file.rollback();
      this.load();
      throw error;
    }
  }

  get(namespace: string): Collection | undefined {
    return this.collections.get(namespace);
  }

  /** The collections of a database, by name. */
  list(db: string): [string, Collection][] {
    const prefix = `${db}.`;
    return [...this.collections]
      .filter(([namespace]) => namespace.startsWith(prefix))
      .map(([namespace, collection]): [string, Collection] => [namespace.slice(prefix.length), collection])
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }

  databases(): string[] {
    return [
      ...new Set([...this.collections.keys()].map((namespace) => namespace.slice(0, namespace.indexOf('.')))),
    ].sort();
  }

  /** Creates a collection with its `_id` index. */
  create(db: string, name: string, options: Doc): Collection {
    const uuid = randomBytes(16);
    const { lastInsertRowid: id } = this.file
      .sql('INSERT INTO collections (db, name, uuid, options) VALUES (?, ?, ?, ?)')
      .run([db, name, uuid, encodeDocument(options)]);
    this.file.define(`CREATE TABLE d${id} (r INTEGER PRIMARY KEY, b BLOB NOT NULL)`);
    const collection = new Collection(this.file, id, `${db}.${name}`, uuid, options);
    this.collections.set(collection.namespace, collection);
    const collation = options.get('collation');
    const spec = doc({ v: new Int32(2), key: doc({ _id: new Int32(1) }), name: '_id_' });
    if (collation !== undefined) spec.set('collation', collation);
    this.addIndex(collection, spec);
    return collection;
  }

  /** The collection, made when it is not there yet. */
  ensure(db: string, name: string): Collection {
    return this.get(`${db}.${name}`) ?? this.create(db, name, new Map());
  }

  /** Creates and fills an index at once. @throws CommandError DuplicateKey */
  addIndex(collection: Collection, spec: Doc): void {
    const id = this.beginIndex(collection, spec);
    this.buildIndex(id, Number.POSITIVE_INFINITY);
    this.finishIndexes([id]);
  }

  /** Creates an index that is yet to be filled: writers keep it up to date from now on. Gives its number. */
  beginIndex(collection: Collection, spec: Doc): number {
    const target = collection.lastRow;
    const { lastInsertRowid: id } = this.file
      .sql('INSERT INTO indexes (collection, name, spec, built, target) VALUES (?, ?, ?, 0, ?)')
      .run([collection.id, spec.get('name'), encodeDocument(spec), target]);
    const index = readIndex(id, spec, 0);
    const primary = index.unique ? 'k' : 'k, r';
    this.file.define(
      `CREATE TABLE x${id} (k BLOB NOT NULL, r INTEGER NOT NULL, PRIMARY KEY (${primary})) WITHOUT ROWID`,
    );
    collection.builds.push({ index, built: 0, target });
    return id;
  }

  /**
   * Fills an index further, for some milliseconds.
   * @returns whether all is in it
   * @throws CommandError DuplicateKey, and IndexBuildAborted when it was dropped meanwhile
   */
  buildIndex(id: number, duration: number): boolean {
    const { collection, build } = this.buildOf(id);
    return collection.build(build, duration);
  }

  /** Opens filled indexes to readers. @throws CommandError IndexBuildAborted when one was dropped meanwhile */
  finishIndexes(ids: number[]): void {
    for (const id of ids) {
      const { collection, build } = this.buildOf(id);
      this.file.sql('UPDATE indexes SET built = NULL, target = NULL WHERE id = ?').run([id]);
      collection.builds.splice(collection.builds.indexOf(build), 1);
      collection.indexes.push(build.index);
    }
  }

  /** Drops indexes whose building failed, as far as they are still there. */
  abandonIndexes(ids: number[]): void {
    for (const collection of this.collections.values())
      for (const { index } of [...collection.builds])
        if (ids.includes(index.id)) this.dropIndex(collection, index);
  }

  private buildOf(id: number): { collection: Collection; build: Build } {
    for (const collection of this.collections.values()) {
      const build = collection.builds.find(({ index }) => index.id === id);
      if (build) return { collection, build };
    }
    throw new CommandError('IndexBuildAborted', 'Index build was aborted: the index was dropped');
  }

  dropIndex(collection: Collection, index: Index): void {
    this.file.sql('DELETE FROM indexes WHERE id = ?').run([index.id]);
    this.file.define(`DROP TABLE x${index.id}`);
    const remove = <T>(list: T[], at: number) => at !== -1 && list.splice(at, 1);
    remove(collection.indexes, collection.indexes.indexOf(index));
    remove(
      collection.builds,
      collection.builds.findIndex((build) => build.index === index),
    );
  }

  /** Keeps a changed index specification. */
  changeIndex(collection: Collection, index: Index, spec: Doc): void {
    this.file.sql('UPDATE indexes SET spec = ? WHERE id = ?').run([encodeDocument(spec), index.id]);
    collection.indexes[collection.indexes.indexOf(index)] = readIndex(index.id, spec, index.multikey);
  }

  changeOptions(collection: Collection, options: Doc): void {
    this.file
      .sql('UPDATE collections SET options = ? WHERE id = ?')
      .run([encodeDocument(options), collection.id]);
    collection.options = options;
  }

  drop(collection: Collection): void {
    for (const index of collection.allIndexes) this.dropIndex(collection, index);
    this.file.sql('DELETE FROM collections WHERE id = ?').run([collection.id]);
    this.file.define(`DROP TABLE d${collection.id}`);
    this.collections.delete(collection.namespace);
  }

  /** Gives a collection another name, in place of one that has it. */
  rename(collection: Collection, db: string, name: string): void {
    this.file.sql('UPDATE collections SET db = ?, name = ? WHERE id = ?').run([db, name, collection.id]);
    this.collections.delete(collection.namespace);
    const renamed = new Collection(
      this.file,
      collection.id,
      `${db}.${name}`,
      collection.uuid,
      collection.options,
    );
    renamed.indexes.push(...collection.indexes);
    renamed.builds.push(...collection.builds);
    this.collections.set(renamed.namespace, renamed);
  }

  /** Bytes that a collection's documents and each of its indexes take, by the name of the index. */
  sizes(collection: Collection): { documents: number; stored: number; indexes: Map<string, number> } {
    const documents = collection.bytes;
    const indexes = new Map<string, number>();
    for (const index of collection.indexes) {
      const [size] = this.file.sql(`SELECT coalesce(sum(length(k) + 6), 0) FROM x${index.id}`).get() as [
        number,
      ];
      indexes.set(index.name, size);
    }
    return { documents, stored: documents, indexes };
  }

  /** What SQLite's own check of the whole file finds; empty when all is well. */
  integrityErrors(): string[] {
    return this.file
      .sql('PRAGMA integrity_check')
      .all()
      .map(([line]) => String(line))
      .filter((line) => line !== 'ok');
  }

  /** Writes a copy of everything as it is at this moment. */
  copyTo(path: string): void {
    this.file.copyTo(path);
  }

  close(): void {
    this.file.close();
  }
}
