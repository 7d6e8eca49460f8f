import { expect, test } from '@jest/globals';
import { needsTiles } from '../../../server/derive/recipes.ts';

test('pictures of more than 30 megapixels are cut into tiles, and those that no browser reads', () => {
  expect(needsTiles('image/jpeg', { width: 6000, height: 5000 })).toBe(false);
  expect(needsTiles('image/jpeg', { width: 6001, height: 5000 })).toBe(true);
  expect(needsTiles('image/tiff', { width: 100, height: 100 })).toBe(true);
});

test('drawings without pixels, moving pictures and other files are not', () => {
  for (const mediaType of ['image/svg+xml', 'image/gif', 'application/pdf'])
    expect(needsTiles(mediaType, { width: 9000, height: 9000 })).toBe(false);
});
