import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { Meilisearch } from 'meilisearch';
import { openMeilisearch } from '../../storage/search/meilisearch.ts';
import { settings } from './search-documents.ts';
import { searchIndexContract } from './search-index.ts';
import { searchPermissionContract } from './search-permission.ts';

const { MEILI_URL: url, MEILI_KEY: key } = process.env;

async function openFresh() {
  const client = new Meilisearch({ host: url ?? '', apiKey: key ?? '' });
  const { results } = await client.getRawIndexes({ limit: 1000 });
  for (const { uid } of results)
    if (uid === 'courseyard' || uid.startsWith('contract-')) await client.deleteIndex(uid).waitTask();
  const engine = openMeilisearch(url ?? '', key);
  return { engine, done: () => engine.close() };
}

if (url) {
  searchIndexContract('Meilisearch', openFresh);
  // Each change is a task of some hundred milliseconds there.
  searchPermissionContract('Meilisearch', openFresh, 15);
}

if (url)
  test('people are answered with a key that may search and nothing else', async () => {
    const client = new Meilisearch({ host: url, apiKey: key ?? '' });
    const engine = openMeilisearch(url, key);
    await engine.open({ ...settings, version: 'contract-key' });
    const made = (await client.getKeys()).results.filter(({ name }) => name?.startsWith('Courseyard'));
    expect(made).toMatchObject([{ actions: ['search'] }]);
    await engine.close();
  });

if (url)
  test('an index whose documents lie there in an older way is none until it is made anew', async () => {
    const { engine, done } = await openFresh();
    await engine.open(settings);
    const register = new Meilisearch({ host: url, apiKey: key ?? '' }).index('courseyard');
    const older = settings.version;
    await register
      .addDocuments([
        { id: older, settings },
        { id: 'current', index: older },
      ])
      .waitTask();
    expect(await engine.current()).toBeUndefined();
    await engine.promote(settings.version);
    expect((await engine.current())?.version).toBe(settings.version);
    await done();
  });

test('an engine that does not answer is unavailable, whatever is asked of it', async () => {
  const engine = openMeilisearch('http://127.0.0.1:9', randomBytes(8).toString('hex'));
  await expect(engine.current()).rejects.toMatchObject({ name: 'SearchUnavailable' });
  await expect(engine.open(settings)).rejects.toMatchObject({ name: 'SearchUnavailable' });
  await expect(engine.ping()).rejects.toMatchObject({ name: 'SearchUnavailable' });
});
