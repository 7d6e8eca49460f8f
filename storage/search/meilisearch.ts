import { Meilisearch } from 'meilisearch';
import { done, reached } from './meilisearch/calls.ts';
import { indexesOf, Layout } from './meilisearch/layout.ts';
import { MeiliIndex } from './meilisearch/meili-index.ts';
import { searchKey } from './meilisearch/search-key.ts';
import { Searcher } from './meilisearch/searcher.ts';
import { documentSettings, isSetUp, passageSettings } from './meilisearch/settings.ts';
import { type IndexSettings, type SearchEngine, SearchUnavailable } from './search-index.ts';

/** The index that names the current one, in its only document. */
const register = 'courseyard';
/** How long it is remembered which index is current, in ms. */
const rememberedFor = 2_000;
/** Milliseconds for an answer to people, and for taking in documents, which the engine does beside everything else. */
const answerWithin = 5_000;
const takeWithin = 60_000;

/** Meilisearch as search engine: `key` may create, fill, search and drop indexes, and better also make keys. */
export function openMeilisearch(url: string, key: string | undefined): SearchEngine {
  const connect = (apiKey: string | undefined, timeout: number) =>
    new Meilisearch({ host: url, apiKey: apiKey ?? '', timeout });
  const client = connect(key, takeWithin);
  const asking = connect(key, answerWithin);
  let current: { index: MeiliIndex | undefined; until: number } | undefined;
  let searcher: Searcher | undefined;

  const indexOf = async (settings: IndexSettings): Promise<MeiliIndex> => {
    searcher ??= new Searcher(url, (await reached(searchKey(asking))) ?? key);
    return new MeiliIndex(client, searcher, new Layout(settings));
  };

  return {
    name: 'meilisearch',

    async current() {
      if (current && current.until > performance.now()) return current.index;
      const settings = await registered(asking);
      const index = settings && (await indexOf(settings));
      current = { index, until: performance.now() + rememberedFor };
      return index;
    },

    async open(settings) {
      const { documents, passages } = indexesOf(settings.version);
      const wanted = new Map([
        [documents, documentSettings(settings)],
        [passages, passageSettings],
        [register, {}],
      ]);
      const there = await namesOf(client);
      const missing = [...wanted.keys()].filter((uid) => !there.includes(uid));
      await done(...missing.map((uid) => () => client.createIndex(uid, { primaryKey: 'id' })));
      const different: string[] = [];
      for (const [uid, each] of wanted) if (!(await isSetUp(client.index(uid), each))) different.push(uid);
      await done(
        ...different.map((uid) => () => client.index(uid).updateSettings(wanted.get(uid) ?? {})),
        () => client.index(register).addDocuments([{ id: documents, settings }]),
      );
      return indexOf(settings);
    },

    async promote(version) {
      const prefix = version.slice(0, version.lastIndexOf('-') + 1);
      const { documents, passages } = indexesOf(version);
      const kept = new Set([register, documents, passages]);
      await done(() => client.index(register).addDocuments([{ id: 'current', index: documents }]));
      current = undefined;
      const old = (await namesOf(client)).filter((uid) => uid.startsWith(prefix) && !kept.has(uid));
      await done(...old.map((uid) => () => client.deleteIndex(uid)));
    },

    async ping() {
      const { status } = await reached(asking.health());
      if (status !== 'available') throw new SearchUnavailable(`Meilisearch is ${status}`);
    },

    async close() {
      current = undefined;
      searcher?.close();
      searcher = undefined;
    },
  };
}

async function namesOf(client: Meilisearch): Promise<string[]> {
  const { results } = await reached(client.getRawIndexes({ limit: 1000 }));
  return results.map(({ uid }) => uid);
}

/** The settings of the current index; undefined before the first is promoted, and when that is of another format. */
async function registered(client: Meilisearch): Promise<IndexSettings | undefined> {
  if (!(await namesOf(client)).includes(register)) return undefined;
  const { results } = await reached(client.index(register).getDocuments({ limit: 100 }));
  const current = results.find(({ id }) => id === 'current')?.index;
  const settings: IndexSettings | undefined = results.find(({ id }) => id === current)?.settings;
  return settings && indexesOf(settings.version).documents === current ? settings : undefined;
}
