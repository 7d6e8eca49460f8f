import { expect, test } from '@jest/globals';
import { treeOf } from '../../../client/features/viewers/archive-tree.ts';

const file = (path: string) => ({ path, size: 1 });

test('paths become folders and files, each by name as people count', () => {
  const tree = treeOf(['index.html', '第10课/a.txt', '第2课/图/b.png', '第2课/a.txt'].map(file));
  expect(tree.files.map(({ name }) => name)).toEqual(['index.html']);
  expect(tree.folders.map(({ name }) => name)).toEqual(['第2课', '第10课']);
  expect(tree.folders[0]?.content).toMatchObject({
    files: [{ name: 'a.txt', entry: { path: '第2课/a.txt' } }],
    folders: [{ name: '图', path: '第2课/图/', content: { files: [{ name: 'b.png' }] } }],
  });
});
