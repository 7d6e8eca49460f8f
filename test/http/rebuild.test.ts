import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { listPreviews } from '../../server/content/contract.ts';
import { countDerivatives, rebuildDerivatives } from '../../server/derive/contract.ts';
import { search } from '../../server/search/contract.ts';
import { published } from '../browser/build-library.ts';
import { eventually } from '../eventually.ts';
import { runScript } from './run-script.ts';
import { must, type RunningGroup, startGroup } from './start-group.ts';

/** Everything that was made of files can be made again. */

/** What was made is lost; the records of it, and the files that it was made of, are there. */
const lose = ({ dataDir }: RunningGroup) => rm(join(dataDir, 'objects', 'derived'), { recursive: true });

test('lost pictures come back when an administrator or the operator asks, and words are found all the while', async () => {
  const group = await startGroup();
  const { admin } = group;
  const author = await group.member({ roles: ['author'] });
  const id = await published(author, admin, { '工作页.md': '# 谐波减速器', '表.csv': '代号,名称\n1,主轴\n' });
  const counts = async () =>
    new Map(must(await admin.call(countDerivatives)).body.items.map((item) => [item.recipe, item]));
  const settled = () =>
    eventually(async () => {
      const all = [...(await counts()).values()];
      expect(all.map(({ waiting }) => waiting).filter(Boolean)).toEqual([]);
      expect(all.find(({ recipe }) => recipe === 'thumbnails')?.done).toBe(2);
    }, 30_000);
  const pictures = async () => {
    const { items } = must(await author.call(listPreviews, { params: { id }, query: {} })).body;
    const answers = items.map(({ thumbnails }) => fetch(thumbnails.small?.url ?? ''));
    return (await Promise.all(answers)).map(({ status }) => status);
  };
  const hits = async () => must(await author.call(search, { query: { q: '谐波减速器' } })).body.total;
  await settled();
  await eventually(async () => expect(await hits()).toBe(1));
  expect(await pictures()).toEqual([200, 200]);

  await lose(group);
  expect(await pictures()).not.toContain(200);
  const refused = await author.call(rebuildDerivatives, { body: {} });
  expect(refused.status).toBe(403);
  expect((await admin.call(rebuildDerivatives, { body: { recipe: 'thumbnails' } })).status).toBe(202);
  await eventually(async () => expect(await pictures()).toEqual([200, 200]), 30_000);
  await settled();
  expect(await hits()).toBe(1);

  await lose(group);
  expect(await runScript('rebuild', group.dataDir, { options: ['--recipe', 'posters'] })).toMatchObject({
    code: 2,
  });
  const all = await runScript('rebuild', group.dataDir);
  expect(all).toMatchObject({ code: 0, complained: '' });
  expect(all.said).toContain('0 waiting, 4 done, 0 failed');
  expect(await pictures()).toEqual([200, 200]);
  expect(await hits()).toBe(1);
}, 120_000);
