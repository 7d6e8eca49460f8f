import { expect, test } from '@jest/globals';
import { listPreviews } from '../../server/content/contract.ts';
import { search } from '../../server/search/contract.ts';
import { eventually } from '../eventually.ts';
import { publishedBy } from './build-resource.ts';
import { must, startGroup } from './start-group.ts';

test('a simulation is found by its machine, headset and tasks, and says whether a scanner has seen it', async () => {
  const group = await startGroup();
  const author = await group.member({ roles: ['author'] });
  const xr = {
    devices: ['headset' as const],
    headsets: ['Pico 4 Enterprise'],
    runtime: 'apk' as const,
    simulates: '六轴焊接机器人',
    tasks: [{ title: '更换导电嘴', minutes: 15 }],
  };
  const { id } = await publishedBy(author, group.admin, { kind: 'xr', title: '虚拟工位', xr });
  const { items: files } = must(await author.call(listPreviews, { params: { id }, query: {} })).body;
  expect(files.map(({ scan }) => scan)).toEqual([{ state: 'unscanned' }]); // there is no scanner
  for (const q of ['焊接机器人', 'Pico', '导电嘴'])
    await eventually(async () => {
      const { items } = must(await author.call(search, { query: { q } })).body;
      expect(items.map((item) => item.id)).toContain(id);
    });
});
