import Database from 'libsql';
import type { Analysis } from '../../server/search/analysis/index.ts';
import { fold } from '../../server/search/analysis/index.ts';
import type { Findable } from '../../server/search/document.ts';

/** What one gets with little work: the words that jieba cuts, in FTS5, ranked by bm25; no audience, no facets. */
export function plainFts5(file: string, { dictionary }: Analysis) {
  const db = new Database(file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  db.exec("CREATE VIRTUAL TABLE texts USING fts5(title, body, content='')");
  const insert = db.prepare('INSERT INTO texts (rowid, title, body) VALUES (?, ?, ?)');
  const count = db.prepare('SELECT count(*) AS total FROM texts WHERE texts MATCH ?');
  const best = db.prepare('SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY bm25(texts, 10, 1) LIMIT 20');
  let row = 0;
  return {
    add(found: readonly Findable[]): void {
      db.exec('BEGIN');
      for (const { title, summary, passages } of found) {
        const body = [summary, ...passages.map(({ text }) => text)].map((text) => cut(text)).join(' ');
        insert.run(++row, cut(title), body);
      }
      db.exec('COMMIT');
    },
    search(text: string): number {
      const match = dictionary.cut(fold(text)).filter((word) => /[\p{L}\p{N}]/u.test(word));
      const query = match.map((word) => `"${word}"`).join(' AND ');
      best.all(query);
      return (count.get(query) as { total: number }).total;
    },
    close: () => db.close(),
  };

  function cut(text: string): string {
    return dictionary.cut(fold(text)).join(' ');
  }
}
