import { expect, test } from '@jest/globals';
import { SaidOfFiles } from '../../../server/bags/said.ts';
import { MOST_ANNOTATIONS, MOST_IN_ALL } from '../../../server/resources/contract.ts';

const label = {
  title: '主轴',
  position: { x: 0, y: 1, z: 0 },
  normal: { x: 0, y: 1, z: 0 },
  view: { orbit: { theta: 0, phi: 1, radius: 2 }, target: { x: 0, y: 0, z: 0 }, fieldOfView: 30 },
};
const models = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    path: `${at}.glb`,
    annotations: Array.from({ length: MOST_ANNOTATIONS }, () => label),
  }));

test('a bag brings as many labels as a draft may have, and no more', () => {
  const most = Math.floor(MOST_IN_ALL / MOST_ANNOTATIONS);
  expect(SaidOfFiles.safeParse(models(most)).success).toBe(true);
  expect(SaidOfFiles.safeParse(models(most + 1)).success).toBe(false);
});

test('a bag from before there were labels says nothing of its files', () => {
  expect(SaidOfFiles.parse([{ path: '机床.glb', mediaType: 'model/gltf-binary' }])).toEqual([
    { path: '机床.glb' },
  ]);
  expect(SaidOfFiles.parse(undefined)).toEqual([]);
});
