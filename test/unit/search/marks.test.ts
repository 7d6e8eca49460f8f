import { expect, test } from '@jest/globals';
import { markHits } from '../../../server/search/analysis/index.ts';

const marked = '<mark>找正</mark>';

test.each([
  ['what stands in front is short', '先找正再铣', `先${marked}再铣`],
  ['the text is short, too', `${'毛坯'.repeat(40)}找正`, `…${'毛坯'.repeat(4)}${marked}`],
  [
    'much follows',
    `${'毛坯'.repeat(90)}找正${'铣'.repeat(200)}`,
    `…${'毛坯'.repeat(4)}${marked}${'铣'.repeat(150)}…`,
  ],
  ['a character of two units stands there', `𠮷${'𠮷'.repeat(8)}找正`, `…${'𠮷'.repeat(4)}${marked}`],
])('an excerpt begins shortly before what is marked: %s', (_, text, excerpt) => {
  expect(markHits(text, ['找正'], 160)).toBe(excerpt);
});

test('an excerpt begins with a whole word', () => {
  const text = 'Before milling one measures the workpiece, then aligns the vice with a dial gauge.';
  expect(markHits(text, ['vice'], 160)).toBe('…then aligns the <mark>vice</mark> with a dial gauge.');
});
