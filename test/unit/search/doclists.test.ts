import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import Database from 'libsql';
import { IndexDatabase } from '../../../storage/search/embedded/database.ts';
import { Doclists } from '../../../storage/search/embedded/doclists.ts';

/** Some begin alike, some are all that another begins with; none of the last is ever held. */
const words = ['e=数控', 'e=数', 'e=数控车床', 'a', 'a=1', 'a=12', 'b=1', '~', 'e=数控车', 'zz'];
const never = ['!', 'a=', 'e=控', 'zzz'];
const anyDocs = fc.oneof(
  fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { maxLength: 200 }),
  fc.uniqueArray(fc.integer({ min: 1, max: 20_000_000 }), { maxLength: 30 }),
);
const anyChange = fc.oneof(
  { weight: 4, arbitrary: fc.record({ put: anyDocs, terms: fc.subarray(words, { minLength: 1 }) }) },
  { weight: 2, arbitrary: fc.record({ remove: anyDocs }) },
  { weight: 2, arbitrary: fc.record({ merge: fc.integer({ min: -4, max: 4 }) }) },
);

test('posting lists are those that FTS5 itself finds, whatever has come, gone and been merged', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'search-'));
  let n = 0;
  fc.assert(
    fc.property(
      fc.array(anyChange, { maxLength: 12 }),
      fc.integer({ min: 32, max: 200 }),
      (changes, pageSize) => {
        const file = join(folder, `${n++}.db`);
        new IndexDatabase(file).close();
        const db = new Database(file);
        const command = (name: string, value: number) =>
          db.exec(`INSERT INTO postings(postings, rank) VALUES ('${name}', ${value})`);
        // Small pages, so that lists of a few documents go on over many of them.
        command('pgsz', pageSize);
        const lists = new Doclists(db);
        const put = db.prepare('INSERT OR REPLACE INTO postings (rowid, terms) VALUES (?, ?)');
        const remove = db.prepare('DELETE FROM postings WHERE rowid = ?');
        const match = db.prepare('SELECT rowid FROM postings WHERE postings MATCH ?').raw();
        for (const change of changes) {
          db.exec('BEGIN');
          if ('put' in change) for (const doc of change.put) put.run(doc, change.terms.join(' '));
          if ('remove' in change) for (const doc of change.remove) remove.run(doc);
          if ('merge' in change) command('merge', change.merge);
          db.exec('COMMIT');
          const asked = [...[...words, ...never].map((word) => [word]), ['a', 'e=数控'], ['a', 'zzz']];
          expect(lists.holding(asked).map((docs) => [...docs.numbers()])).toEqual(
            asked.map((terms) =>
              match.all(terms.map((term) => `"${term}"`).join(' AND ')).map((row) => (row as [number])[0]),
            ),
          );
        }
        db.close();
      },
    ),
    { numRuns: 60 },
  );
  await rm(folder, { recursive: true });
});
