import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openEmbedded } from '../../storage/search/embedded.ts';
import { document, query, settings } from './search-documents.ts';
import { searchIndexContract } from './search-index.ts';
import { searchPermissionContract } from './search-permission.ts';

const folder = () => mkdtemp(join(tmpdir(), 'search-'));

async function openFresh() {
  const path = await folder();
  const engine = await openEmbedded(path);
  return {
    engine,
    done: async () => {
      await engine.close();
      await rm(path, { recursive: true });
    },
  };
}

searchIndexContract('embedded', openFresh);
searchPermissionContract('embedded', openFresh, 120);

test('what was applied is found again after closing and opening', async () => {
  const path = await folder();
  const first = await openEmbedded(path);
  const index = await first.open(settings);
  await first.promote(settings.version);
  await index.apply({
    put: [document('a', { title: '数控' }, { audience: ['organisation:1'], facets: { kind: ['xr'] } })],
  });
  await first.close();

  const again = await openEmbedded(path);
  const asked = query([{ any: [{ terms: ['数控'], weight: 1 }] }]);
  const current = await again.current();
  const answer = await current?.search({
    audience: ['organisation:1'],
    query: asked,
    facets: ['kind'],
    limit: 5,
    now: 0,
  });
  expect(answer).toMatchObject({ total: 1, facets: { kind: [{ value: 'xr', count: 1 }] } });
  expect((await current?.search({ audience: ['public'], query: asked, limit: 5, now: 0 }))?.total).toBe(0);
  await again.close();
  await rm(path, { recursive: true });
});

test('an index that was being built and not promoted does not answer, and is gone after the next promotion', async () => {
  const path = await folder();
  const engine = await openEmbedded(path);
  await engine.open(settings);
  await engine.open({ ...settings, version: 'contract-2' });
  expect(await engine.current()).toBeUndefined();
  await engine.promote('contract-2');
  expect((await engine.current())?.version).toBe('contract-2');
  await engine.close();
  await rm(path, { recursive: true });
});
