import { expect, test } from '@jest/globals';
import { Ranking } from '../../../storage/search/meilisearch/ranking.ts';

const answer = (...ids: string[]) => ({
  hits: ids.map((id) => ({ id, revision: 1, stored: '' })),
  estimatedTotalHits: ids.length,
  offset: 0,
  limit: 3,
  processingTimeMs: 0,
  query: '',
});

test('steps of levels that hold nothing new are not asked for, and the others give each hit once, in order', () => {
  const levels = [
    ['all words, title', 'all words'],
    ['two words, title', 'two words'],
    ['a word, title', 'a word'],
  ];
  const ranking = new Ranking(levels, 3, (filter) => ({ indexUid: 'x', filter }));
  const asked = () => ranking.queries().map(({ filter }) => filter);
  expect(asked()).toEqual(['all words', 'two words', 'a word']);
  ranking.read([answer(), answer('a', 'b', 'c'), answer('a', 'b', 'c', 'd')]);
  expect(asked()).toEqual(['two words, title']);
  expect(ranking.read([answer('c')]).map(({ row, step }) => [row.id, step])).toEqual([
    ['c', 2],
    ['a', 3],
    ['b', 3],
  ]);
  expect(ranking.isDone).toBe(true);
});
