import { Meilisearch } from 'meilisearch';
import { done, reached } from './meilisearch/calls.ts';
import { engineSettings, MeiliIndex, passagesOf } from './meilisearch/meili-index.ts';
import { type IndexSettings, type SearchEngine, SearchUnavailable } from './search-index.ts';

/** The index that names the current one, in its only document. */
const register = 'courseyard';
/** How long it is remembered which index is current, in ms. */
const rememberedFor = 2_000;
const answerWithin = 5_000;

/** Meilisearch as search engine: `key` may create, fill, search and drop indexes. */
export function openMeilisearch(url: string, key: string | undefined): SearchEngine {
  const client = new Meilisearch({ host: url, apiKey: key ?? '', timeout: answerWithin });
  let current: { index: MeiliIndex | undefined; until: number } | undefined;

  const makeIndex = async (uid: string, primaryKey: string): Promise<void> => {
    const known = await reached(client.getRawIndexes({ limit: 1000 }));
    if (!known.results.some((index) => index.uid === uid))
      await done(client.createIndex(uid, { primaryKey }));
  };

  return {
    name: 'meilisearch',

    async current() {
      if (current && current.until > performance.now()) return current.index;
      const settings = await registered(client);
      const index = settings && new MeiliIndex(client, settings);
      current = { index, until: performance.now() + rememberedFor };
      return index;
    },

    async open(settings) {
      const { version } = settings;
      await makeIndex(version, 'id');
      await makeIndex(passagesOf(version), 'id');
      await done(client.index(version).updateSettings(engineSettings(settings)));
      await done(
        client.index(passagesOf(version)).updateSettings({
          searchableAttributes: [],
          filterableAttributes: ['document'],
          pagination: { maxTotalHits: 1_000_000 },
        }),
      );
      await makeIndex(register, 'id');
      await done(client.index(register).addDocuments([{ id: version, settings }]));
      return new MeiliIndex(client, settings);
    },

    async promote(version) {
      await done(client.index(register).addDocuments([{ id: 'current', version }]));
      current = undefined;
      const { results } = await reached(client.getRawIndexes({ limit: 1000 }));
      const kept = new Set([register, version, passagesOf(version)]);
      const prefix = version.slice(0, version.lastIndexOf('-') + 1);
      for (const { uid } of results)
        if (uid.startsWith(prefix) && !kept.has(uid)) await done(client.deleteIndex(uid));
    },

    async ping() {
      const { status } = await reached(client.health());
      if (status !== 'available') throw new SearchUnavailable(`Meilisearch is ${status}`);
    },

    async close() {
      current = undefined;
    },
  };
}

/** The settings of the current index; undefined before the first is promoted. */
async function registered(client: Meilisearch): Promise<IndexSettings | undefined> {
  const { results: indexes } = await reached(client.getRawIndexes({ limit: 1000 }));
  if (!indexes.some(({ uid }) => uid === register)) return undefined;
  const { results } = await reached(client.index(register).getDocuments({ limit: 100 }));
  const version = results.find(({ id }) => id === 'current')?.version;
  return results.find(({ id }) => id === version)?.settings;
}
