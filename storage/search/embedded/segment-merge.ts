import type Database from 'libsql';

/** Pages of the file that one step merges: some milliseconds of work. */
const pagesAStep = 16;
/** Merging reads and writes all postings: it is worth it after so many changed documents, or this share of them. */
const leastChanged = 500;
const changedShare = 0.1;
/**
 * So many changes count those whose postings took another's place or went: FTS5 looks every posting up among them, and
 * where their numbers follow each other, as those of a school's resources do, it compares it with all of them.
 */
const replacedWeigh = 5;

/**
 * Joins the many parts in which FTS5 has kept the postings of a load to one, for every part costs every posting list
 * a look; after a few changes, the small parts they have left among themselves. Done in small steps while nothing else
 * is to be done; how many documents have changed since all were joined is kept in the file.
 */
export class SegmentMerge {
  private readonly db: Database.Database;
  private readonly totalChanges: Database.Statement;
  private changed: number;
  private isUnderWay = false;

  constructor(db: Database.Database) {
    this.db = db;
    this.totalChanges = db.prepare('SELECT total_changes() AS total');
    this.changed = (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
  }

  /** So many documents are added, replaced or removed by the transaction that is open. */
  add(added: number, replaced: number): void {
    if (added + replaced === 0) return;
    this.changed += added + replaced * replacedWeigh;
    this.isUnderWay = false;
    this.db.exec(`PRAGMA user_version = ${this.changed}`);
  }

  /** Does a little of it. @returns whether there is more to do */
  step(documents: number): boolean {
    if (!this.isUnderWay) {
      if (this.changed < Math.max(leastChanged, documents * changedShare)) return this.mergeSome();
      this.isUnderWay = true;
      this.merge(-pagesAStep);
      return true;
    }
    if (this.mergeSome()) return true;
    this.isUnderWay = false;
    this.changed = 0;
    this.db.exec('PRAGMA user_version = 0');
    return false;
  }

  /** Goes on with what is being joined, or with some four parts of like size. @returns whether there were any */
  private mergeSome(): boolean {
    const before = this.changes();
    this.merge(pagesAStep);
    // FTS5 counts at least two changes where it has merged anything.
    return this.changes() - before >= 2;
  }

  private merge(pages: number): void {
    this.db.exec(`INSERT INTO postings(postings, rank) VALUES ('merge', ${pages})`);
  }

  private changes(): number {
    return (this.totalChanges.get() as { total: number }).total;
  }
}
