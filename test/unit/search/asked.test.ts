import { expect, test } from '@jest/globals';
import { SearchQuestion } from '../../../server/search/contract.ts';
import { askedBy } from '../../../server/search/service.ts';

test('a day of publishing is that of China, both the first and the last included', () => {
  const question = SearchQuestion.parse({ publishedFrom: '2026-03-01', publishedTo: '2026-03-02' });
  expect(askedBy(question).ranges).toEqual({
    publishedAt: { from: Date.parse('2026-02-28T16:00:00Z'), to: Date.parse('2026-03-02T16:00:00Z') },
  });
});
