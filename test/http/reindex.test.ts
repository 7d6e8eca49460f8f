import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { publishResource } from '../../server/resources/contract.ts';
import { search } from '../../server/search/contract.ts';
import { startEngine } from '../../storage/documents/embedded/start.ts';
import { eventually } from '../eventually.ts';
import { draftOf, upload } from './build-resource.ts';
import { runScript } from './run-script.ts';
import { startApp } from './start-app.ts';
import { must, startGroup } from './start-group.ts';

test('everything is put into the index again, while the product runs and when it rests', async () => {
  const group = await startGroup();
  const author = await group.member({ roles: ['author'] });
  for (const title of ['花键轴铣削', '花键孔拉削']) {
    const { id } = await draftOf(author, { title, audience: { scope: 'self' } });
    await upload(author, id);
    must(await author.call(publishResource, { params: { id }, body: {} }));
  }
  const hits = async () => must(await author.call(search, { query: { q: '花键' } })).body.total;
  await eventually(async () => expect(await hits()).toBe(2));

  const running = await runScript('reindex', group.dataDir);
  expect(running).toMatchObject({ code: 0, complained: '' });
  expect(running.said).toMatch(/\d+ of (2|…) resources/);
  expect(running.said).toMatch(
    /2 resources put, 0 removed: the search index resources-[0-9a-f]{12} \(embedded\) is complete\.\n$/,
  );
  expect(await hits()).toBe(2);

  await group.stop();
  const resting = await runScript('reindex', group.dataDir);
  expect(resting).toMatchObject({ code: 0, complained: '' });
  expect(resting.said).toMatch(/2 resources put, 0 removed: .* is complete\./);
}, 120_000);

test('a search engine that is away is told of, not taken for complete', async () => {
  const group = await startGroup();
  await group.stop();
  const away = await runScript('reindex', group.dataDir, {
    env: {
      MEILI_URL: 'http://127.0.0.1:9',
      MEILI_KEY: 'nobody-is-there',
    },
  });
  expect(away.code).toBe(1);
  expect(away.complained).toMatch(/meilisearch/i);
  expect(away.complained).not.toMatch(/\n +at /); // no stack
  expect(away.said).not.toMatch(/complete/);
}, 120_000);

test('a command that comes while the product starts waits until it answers, or has let go of the data', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'courseyard-'));
  const engine = await startEngine({ file: join(dataDir, 'documents', 'documents.sqlite'), port: 0 });
  const early = runScript('reindex', dataDir);
  const app = await startApp({ DATA_DIR: dataDir, MONGODB_URL: engine.urlFor('courseyard') });
  expect(await early).toMatchObject({
    code: 0,
    complained: '',
    said: expect.stringMatching(/ is complete\.\n$/),
  });
  await app.stop();

  const next = runScript('reindex', dataDir);
  await setTimeout(2000);
  await engine.close();
  expect(await next).toMatchObject({ code: 0, complained: '' });
}, 120_000);
