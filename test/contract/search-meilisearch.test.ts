import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { Meilisearch } from 'meilisearch';
import { openMeilisearch } from '../../storage/search/meilisearch.ts';
import { searchIndexContract, settings } from './search-index.ts';

const { MEILI_URL: url, MEILI_KEY: key } = process.env;

if (url)
  searchIndexContract(
    'Meilisearch',
    async () => {
      const client = new Meilisearch({ host: url, apiKey: key ?? '' });
      for (const uid of ['courseyard', 'contract-1', 'contract-2'])
        for (const index of [uid, `${uid}-passages`]) await client.deleteIndexIfExists(index);
      const engine = openMeilisearch(url, key);
      return { engine, done: () => engine.close() };
    },
    {
      'what has been seen is not repeated when a document comes in before it': {
        because: 'its pages are counted from the first hit, so one that comes in moves the others',
        instead: async (index) => {
          expect((await index.search({ audience: ['public'], limit: 1, now: 0 })).total).toBe(0);
        },
      },
    },
  );

test('an engine that does not answer is unavailable, whatever is asked of it', async () => {
  const engine = openMeilisearch('http://127.0.0.1:9', randomBytes(8).toString('hex'));
  await expect(engine.current()).rejects.toMatchObject({ name: 'SearchUnavailable' });
  await expect(engine.open(settings)).rejects.toMatchObject({ name: 'SearchUnavailable' });
  await expect(engine.ping()).rejects.toMatchObject({ name: 'SearchUnavailable' });
});
