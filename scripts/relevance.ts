/**
 * `npm run relevance`: how well search answers the two sets of queries in test/relevance, beside simpler engines.
 * With `--failing`, also what is found instead where less than expected is found.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import Database from 'libsql';
import { Meilisearch } from 'meilisearch';
import { systemMember } from '../server/access/index.ts';
import { readConfig } from '../server/config.ts';
import { Analysis, fold } from '../server/search/analysis/index.ts';
import { toDocument } from '../server/search/document.ts';
import { indexSettings } from '../server/search/index-settings.ts';
import type { SearchRoom } from '../server/search/room.ts';
import { search } from '../server/search/service.ts';
import { openEmbedded } from '../storage/search/embedded.ts';
import { openMeilisearch } from '../storage/search/meilisearch.ts';
import type { SearchEngine } from '../storage/search/search-index.ts';

interface Document {
  id: string;
  title: string;
  summary: string;
  terms: string;
  passage: string;
}
interface Asked {
  class: string;
  query: string;
  /** Identifier → grade. */
  judged: Map<string, number>;
}
/** Gives identifiers, best first. */
type Find = (query: string) => Promise<string[]>;

const root = new URL('../../', import.meta.url);
const readTable = async (path: string): Promise<Record<string, string>[]> =>
  parse(await readFile(new URL(path, root), 'utf8'), { columns: true, delimiter: '\t', quote: null });

const documents = (await readTable('test/relevance/documents.tsv')) as unknown as Document[];
const sets = new Map([
  ['gold set', await readQueries('test/relevance/queries.tsv')],
  ['held out', await readQueries('test/relevance/held-out.tsv')],
]);

const folder = await mkdtemp(join(tmpdir(), 'relevance-'));
const { MEILI_URL, MEILI_KEY } = readConfig();
const failing = process.argv.includes('--failing');

const embedded = await openEmbedded(join(folder, 'search'));
await report('embedded', await ours(embedded));
await report('FTS5 trigram', trigram());
if (MEILI_URL) {
  await report('Meilisearch, our fields', await ours(openMeilisearch(MEILI_URL, MEILI_KEY)));
  await report('Meilisearch, as it comes', await stock(MEILI_URL, MEILI_KEY));
}
await embedded.close();
await rm(folder, { recursive: true });
process.exit(0);

async function readQueries(path: string): Promise<Asked[]> {
  return (await readTable(path)).map(({ class: kind = '', query = '', judgements = '' }) => ({
    class: kind,
    query,
    judged: new Map(
      judgements.split(' ').map((one): [string, number] => {
        const [id = '', grade] = one.split(':');
        return [id, Number(grade)];
      }),
    ),
  }));
}

async function ours(engine: SearchEngine): Promise<Find> {
  const analysis = new Analysis();
  const settings = { ...indexSettings([]), version: 'relevance-1' };
  const index = await engine.open(settings);
  await index.apply({
    put: documents.map(({ id, title, summary, terms, passage }) =>
      toDocument(analysis, {
        id,
        revision: 1,
        audience: ['public'],
        title,
        summary,
        terms: [terms],
        names: [],
        fileNames: [],
        values: {},
        facets: {},
        numbers: {},
        stored: {},
        passages: passage === '' ? [] : [{ text: passage, place: {} }],
      }),
    ),
  });
  const synonyms = await readSynonyms();
  analysis.extend([...synonyms.keys()]);
  const room: SearchRoom = {
    analysis,
    words: { synonymsOf: (word) => synonyms.get(word) ?? [], known: [] },
    now: () => 0,
  };
  return async (q) => {
    const { answer } = await search(room, index, systemMember('relevance'), { q, limit: 20, filters: {} });
    return answer.hits.map(({ id }) => id);
  };
}

/** The shipped synonyms, by word. */
async function readSynonyms(): Promise<Map<string, string[]>> {
  const text = await readFile(new URL('server/vocabularies/data/synonyms.csv', root), 'utf8');
  const rows: Record<string, string>[] = parse(text, { columns: true });
  const byWord = new Map<string, string[]>();
  for (const { 'zh-CN': chinese = '', en = '', synonyms = '' } of rows) {
    const words = [chinese, en, ...synonyms.split('|')].filter((word) => word !== '').map(fold);
    for (const word of words)
      byWord.set(
        word,
        words.filter((other) => other !== word),
      );
  }
  return byWord;
}

function trigram(): Find {
  const db = new Database(join(folder, 'trigram.db'));
  db.exec("CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, title, rest, tokenize='trigram')");
  const insert = db.prepare('INSERT INTO texts VALUES (?, ?, ?)');
  for (const { id, title, summary, terms, passage } of documents)
    insert.run(id, title, [summary, terms, passage].join('\n'));
  const find = db.prepare('SELECT id FROM texts WHERE texts MATCH ? ORDER BY bm25(texts, 0, 10, 1) LIMIT 20');
  return async (query) => {
    const words = query.split(/\s+/).map((word) => `"${word.replaceAll('"', '""')}"`);
    return (find.all(words.join(' AND ')) as { id: string }[]).map(({ id }) => id);
  };
}

async function stock(url: string, key: string | undefined): Promise<Find> {
  const client = new Meilisearch({ host: url, apiKey: key ?? '' });
  await client.deleteIndexIfExists('relevance-stock');
  const index = client.index('relevance-stock');
  await index.addDocuments([...documents], { primaryKey: 'id' }).waitTask();
  return async (query) => (await index.search(query, { limit: 20 })).hits.map(({ id }) => String(id));
}

async function report(engine: string, find: Find): Promise<void> {
  for (const [set, asked] of sets) await reportSet(`${engine}, ${set}`, asked, find);
}

async function reportSet(name: string, asked: readonly Asked[], find: Find): Promise<void> {
  const rows: { class: string; measures: number[] }[] = [];
  const started = performance.now();
  for (const { class: kind, query, judged } of asked) {
    const found = await find(query);
    const gain = ndcg(found, judged);
    const none = found.length === 0 ? 1 : 0;
    rows.push({ class: kind, measures: [gain, recall(found, judged), reciprocalRank(found, judged), none] });
    if (failing && gain < 0.8)
      console.log(`  ${name}: ${query} (${kind}) nDCG ${gain.toFixed(2)}: ${found.slice(0, 6).join(' ')}`);
  }
  const each = (performance.now() - started) / asked.length;
  console.log(`\n${name} (${each.toFixed(1)} ms a query)`);
  console.log('class          queries  nDCG@10  recall@20   MRR   no hits');
  for (const kind of [...new Set(rows.map((row) => row.class)), 'all']) {
    const some = rows.filter((row) => kind === 'all' || row.class === kind);
    const mean = (n: number) =>
      some.reduce((sum, { measures }) => sum + (measures[n] as number), 0) / some.length;
    const [gain, found, first, none] = [0, 1, 2, 3].map(mean) as [number, number, number, number];
    console.log(
      `${kind.padEnd(14)} ${String(some.length).padStart(7)}  ${gain.toFixed(3).padStart(7)}  ` +
        `${found.toFixed(3).padStart(9)}  ${first.toFixed(3)}  ${(none * 100).toFixed(0).padStart(5)} %`,
    );
  }
}

function ndcg(found: readonly string[], judged: ReadonlyMap<string, number>): number {
  const gain = (grade: number, rank: number) => (2 ** grade - 1) / Math.log2(rank + 2);
  const reached = found.slice(0, 10).reduce((sum, id, rank) => sum + gain(judged.get(id) ?? 0, rank), 0);
  const best = [...judged.values()].sort((a, b) => b - a).slice(0, 10);
  return reached / best.reduce((sum, grade, rank) => sum + gain(grade, rank), 0);
}

function recall(found: readonly string[], judged: ReadonlyMap<string, number>): number {
  const wanted = [...judged.keys()];
  return wanted.filter((id) => found.slice(0, 20).includes(id)).length / Math.min(20, wanted.length);
}

function reciprocalRank(found: readonly string[], judged: ReadonlyMap<string, number>): number {
  const rank = found.findIndex((id) => judged.has(id));
  return rank === -1 ? 0 : 1 / (rank + 1);
}
