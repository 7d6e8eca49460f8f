/**
 * `npm run bench search -- --resources 100000 --passages 10`: fills an embedded index with resources of realistic
 * text and asks it through HTTP as a member does, with audience, facets and passages. With `--plain`, beside it in the
 * same run: plain FTS5 on the words that jieba cuts, and Groonga when it is installed. With `--folder DIR` the index is
 * kept there, and used if it is there already. With `--meili URL --key KEY` Meilisearch is filled and asked instead, and
 * what we add to its own answers is told apart.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import mongoose from 'mongoose';
import { audienceKeysOf, type Member } from '../../server/access/index.ts';
import { createApp } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { openLog } from '../../server/http/index.ts';
import { openJobs } from '../../server/jobs/index.ts';
import { prepareDatabase } from '../../server/migrations/index.ts';
import type { Platform } from '../../server/platform.ts';
import { readTradeTerms } from '../../server/search/analysis/dictionary.ts';
import { Analysis } from '../../server/search/analysis/index.ts';
import { type Findable, toDocument } from '../../server/search/document.ts';
import { createSearch } from '../../server/search/index.ts';
import { indexSettings } from '../../server/search/index-settings.ts';
import { createVocabularies } from '../../server/vocabularies/index.ts';
import { connectDocuments } from '../../storage/documents/connect.ts';
import { openFilesystemStore } from '../../storage/objects/filesystem.ts';
import { openEmbedded } from '../../storage/search/embedded.ts';
import { openMeilisearch } from '../../storage/search/meilisearch.ts';
import { OwnAnswers } from './own-answers.ts';
import { plainFts5 } from './plain-fts5.ts';
import { PlainGroonga } from './plain-groonga.ts';
import { timesOf } from './search-client.ts';
import { queries, resources } from './search-corpus.ts';

const { values: options } = parseArgs({
  options: {
    resources: { type: 'string', default: '100000' },
    passages: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '10' },
    folder: { type: 'string' },
    plain: { type: 'boolean', default: false },
    meili: { type: 'string' },
    key: { type: 'string' },
  },
});
const [count, perResource, seconds] = [options.resources, options.passages, options.seconds].map(Number) as [
  number,
  number,
  number,
];

const member: Member = {
  id: 'a'.repeat(24),
  name: '王老师',
  organisation: '1'.padStart(24, '0'),
  roles: ['teacher'],
};
const folder = await mkdtemp(join(tmpdir(), 'bench-search-'));
const indexFolder = options.folder ?? join(folder, 'search');
const config = readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent', RATE_LIMITS: 'false' });
const log = openLog(config);
const documents = await connectDocuments({ url: undefined, dataDir: join(folder, 'documents') });
await prepareDatabase(mongoose.connection, log);
const { meili } = options;
const engine = meili === undefined ? await openEmbedded(indexFolder) : openMeilisearch(meili, options.key);
/** As many as the indexer takes; Meilisearch takes large batches for little more than small ones. */
const batchSize = meili === undefined ? 50 : 1000;
const platform: Platform = {
  config,
  log,
  clock: () => new Date(),
  objects: await openFilesystemStore(join(folder, 'objects')),
  search: engine,
  jobs: await openJobs(log),
};
const analysis = new Analysis();
const settings = indexSettings(readTradeTerms());
const isFilled = (await engine.current())?.version === settings.version;
const index = await engine.open(settings);
await engine.promote(settings.version);
const plain = options.plain ? plainFts5(join(folder, 'plain.db'), analysis) : undefined;
const groonga = options.plain ? await PlainGroonga.open(join(folder, 'groonga.db')) : undefined;

if (!isFilled) await fill();
const vocabularies = createVocabularies(platform);
await vocabularies.start?.();
const app = createApp({
  platform,
  features: [vocabularies, createSearch(platform, analysis)],
  authenticate: async () => member,
  timeRequests: (_req, _res, next) => next(),
  contentOrigin: () => 'http://localhost:1',
  headOf: async () => '',
});
const http = app.listen(0);
const url = `http://localhost:${(http.address() as AddressInfo).port}`;

/** Drawn by frequency, each half by itself: in the second, as in life, some have been asked before. */
const drawn = queries(8000);
const asked = drawn.slice(0, 4000);
const example = await fetch(`${url}/api/search?q=${encodeURIComponent('数控')}`);
const { total } = (await example.json()) as { total: number };
const searchFor = (q: string) => `/api/search?q=${encodeURIComponent(q)}`;
const searches = asked.map(searchFor);
const later = drawn.slice(4000).map(searchFor);
const narrowed = searches.map((path) => `${path}&kind=courseware&major=4603`);
console.log(`the index is tidy after ${(await untilTidy()).toFixed(0)} s`);
await measure('search, 1–4 words, right after the start', searches, 1);
await measure('search, 1–4 words, drawn on', later, 1);
await measure('search, the same again', later, 1);
await measure('search narrowed by kind and major', narrowed, 1);
await measure('search, 4 at a time', searches, 4);
await measure('browse, newest, no words', ['/api/search?kind=textbook'], 1);
await measure(
  'suggest',
  asked.map((q) => `/api/suggest?q=${encodeURIComponent(q.slice(0, 3))}`),
  1,
);
console.log(`hits of 数控: ${total}; memory of the process ${megabytes(process.memoryUsage().rss)} MB`);
await measureEdits();
if (plain) measurePlain(plain);
if (groonga) await measureGroonga(groonga);
if (meili !== undefined) await measureAdded(new URL(meili).origin);

http.close();
plain?.close();
groonga?.close();
await engine.close();
await documents.close();
await rm(folder, { recursive: true });
process.exit(0);

async function fill(): Promise<void> {
  const started = performance.now();
  const used = process.cpuUsage();
  let filled = 0;
  let batch: Findable[] = [];
  let taken: Promise<void> = Promise.resolve();
  const flush = async () => {
    const put = batch.map((each) => toDocument(analysis, each));
    await taken;
    taken = index.apply({ put });
    plain?.add(batch);
    await groonga?.add(batch);
    filled += batch.length;
    batch = [];
    if (filled % 10_000 < batchSize)
      console.log(`  ${filled} resources, ${Math.round((performance.now() - started) / 1000)} s`);
  };
  for (const each of resources(count, perResource)) {
    batch.push(each);
    if (batch.length === batchSize) await flush();
  }
  if (batch.length > 0) await flush();
  await taken;
  const elapsed = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(used);
  console.log(
    `${count} resources, ${count * perResource} passages in ${elapsed.toFixed(0)} s: ` +
      `${Math.round((count * perResource) / elapsed)} passages/s, ` +
      `${Math.round((count * perResource * 1e6) / (user + system))} a second of processor time`,
  );
}

/** Seconds until the index has joined what was loaded into it, which it does while nobody asks: the worker rests. */
async function untilTidy(): Promise<number> {
  const started = performance.now();
  for (let resting = 0; resting < 4; ) {
    const used = process.cpuUsage();
    await setTimeout(2000);
    const { user, system } = process.cpuUsage(used);
    resting = user + system < 100_000 ? resting + 1 : 0;
  }
  return (performance.now() - started) / 1000;
}

async function measure(what: string, paths: readonly string[], atOnce: number): Promise<void> {
  const used = process.cpuUsage();
  const { times, refused } = await timesOf({ url, paths, atOnce, seconds });
  const { user, system } = process.cpuUsage(used);
  const cpu = (user + system) / 1000 / Math.max(1, times.length);
  console.log(
    `${what}: ${times.length} answers, ${percentiles(times)}; ` +
      `${cpu.toFixed(1)} ms of processor time each, client included` +
      (refused > 0 ? `, ${refused} REFUSED` : ''),
  );
}

function percentiles(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms`;
}

/** How long it takes until one changed resource is found, while a bulk load runs. */
async function measureEdits(): Promise<void> {
  const load = index.apply({
    // New ones each time: those that are there already are hardly work.
    put: [...resources(2000, perResource, Date.now())].map((each) => toDocument(analysis, each)),
  });
  const [edited] = resources(1, perResource);
  if (!edited) return;
  const times: number[] = [];
  for (let n = 0; n < 5; n++) {
    const started = performance.now();
    await index.apply({ put: [toDocument(analysis, { ...edited, title: `改动${n}号` })] });
    times.push(performance.now() - started);
  }
  await load;
  console.log(
    `an edit during a bulk load is found after ${times.map((time) => time.toFixed(0)).join(', ')} ms`,
  );
}

/** Of each question, what is the engine's own answer and what we add, as a member sees it from outside the process. */
async function measureAdded(origin: string): Promise<void> {
  const own = new OwnAnswers(origin, http);
  const { times, refused } = await timesOf({ url, paths: searches.slice(0, 300), atOnce: 1 });
  if (refused > 0) throw new Error(`${refused} questions were refused`);
  const mean = (of: 'requests' | 'bytes') => own.all.reduce((sum, one) => sum + one[of], 0) / own.all.length;
  console.log(`through us: ${percentiles(times)}`);
  console.log(
    `of it the engine’s own answers: ${percentiles(own.all.map(({ waited }) => waited))}; ` +
      `${mean('requests').toFixed(1)} requests and ${Math.round(mean('bytes') / 1024)} KiB each`,
  );
  console.log(`we add ${percentiles(times.map((time, at) => time - (own.all[at]?.waited ?? 0)))}`);
}

function measurePlain(texts: NonNullable<typeof plain>): void {
  const times = asked.slice(0, 400).map((text) => {
    const started = performance.now();
    texts.search(text);
    return performance.now() - started;
  });
  console.log(`plain FTS5 with jieba, in process, no audience, no facets: ${percentiles(times)}`);
}

async function measureGroonga(engine: PlainGroonga): Promise<void> {
  const times: number[] = [];
  let empty = 0;
  for (const text of asked.slice(0, 400)) {
    const started = performance.now();
    if ((await engine.search(text, audienceKeysOf(member))) === 0) empty++;
    times.push(performance.now() - started);
  }
  console.log(`Groonga, bigrams, audience, five facets: ${percentiles(times)}; ${empty} of 400 without hits`);
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
