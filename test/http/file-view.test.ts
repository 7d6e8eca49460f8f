import { expect, test } from '@jest/globals';
import sharp from 'sharp';
import { listPreviews } from '../../server/content/contract.ts';
import { chooseView, getResource, listHistory } from '../../server/resources/contract.ts';
import { uploadFiles } from '../browser/build-library.ts';
import { draftOf } from './build-resource.ts';
import { refusal } from './start-app.ts';
import { must, startGroup } from './start-group.ts';

test('an author has the last word on whether a picture is a 360° photo; other files are none', async () => {
  const group = await startGroup();
  const author = await group.member({ roles: ['author'] });
  const { id } = await draftOf(author);
  const picture = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#123' } })
    .png()
    .toBuffer();
  await uploadFiles(author, id, { '全景.png': picture, '说明.md': '# 说明' });
  const sphere = async () => {
    const asked = { params: { id }, query: { version: 'draft' as const } };
    const { items } = must(await author.call(listPreviews, asked)).body;
    return items.find(({ path }) => path === '全景.png')?.facts.sphere;
  };
  const choose = (view: 'sphere' | 'flat' | null, path = '全景.png') =>
    author.call(chooseView, { params: { id, path }, body: { view } });

  expect(await sphere()).toBeUndefined();
  must(await choose('sphere'));
  expect(await sphere()).toEqual({ isTagged: false, yaw: 0, pitch: 0, tilt: 0, roll: 0 });
  must(await choose('flat'));
  expect(await sphere()).toBeUndefined();
  const look = { yaw: 90, pitch: -5, width: 60 };
  must(await author.call(chooseView, { params: { id, path: '全景.png' }, body: { view: 'sphere', look } }));
  expect(await sphere()).toMatchObject({ yaw: 90, pitch: -5, view: 60 });
  must(await author.call(chooseView, { params: { id, path: '全景.png' }, body: { look: null } }));
  expect(await sphere()).toEqual({ isTagged: false, yaw: 0, pitch: 0, tilt: 0, roll: 0 });
  must(await choose('flat'));
  const { files } = must(await author.call(getResource, { params: { id } })).body;
  expect(files.map(({ path, view }) => [path, view])).toEqual([
    ['全景.png', 'flat'],
    ['说明.md', undefined],
  ]);
  must(await choose(null));
  expect(refusal(await choose('sphere', '说明.md')).type).toContain('resources/not-a-picture');
  expect(refusal(await choose('sphere', '没有.png')).type).toContain('resources/no-such-file');
  const { items } = must(await author.call(listHistory, { params: { id }, query: {} })).body;
  expect(items[0]).toMatchObject({ what: 'view-chosen', changes: [{ field: 'view' }] });
});
