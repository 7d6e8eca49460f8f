import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { StoredItem } from '../../../server/collections/model.ts';
import {
  changeItem,
  insertItem,
  MOST_ITEMS,
  regroup,
  removeItem,
} from '../../../server/collections/rules.ts';

const item = (resource: string, section: string | null = null): StoredItem => ({
  resource,
  section,
  note: '',
});
const items = (...resources: string[]) => resources.map((resource) => item(resource));
const names = (list: readonly StoredItem[]) => list.map(({ resource }) => resource).join('');

test('a resource is put before another, or last when that one is not there', () => {
  expect(names(insertItem(items('a', 'b'), item('c'), 'b'))).toBe('acb');
  expect(names(insertItem(items('a', 'b'), item('c'), 'x'))).toBe('abc');
  expect(names(insertItem(items('a', 'b'), item('c')))).toBe('abc');
});

test('a resource stands in a set once, and a set has an end', () => {
  expect(() => insertItem(items('a'), item('a'))).toThrow(expect.objectContaining({ status: 409 }));
  const full = Array.from({ length: MOST_ITEMS }, (_, i) => item(String(i)));
  expect(() => insertItem(full, item('one more'))).toThrow(
    expect.objectContaining({ type: 'collections/full' }),
  );
});

test('moving before itself, or changing the note alone, leaves the order', () => {
  expect(names(changeItem(items('a', 'b', 'c'), 'b', { before: 'b' }))).toBe('abc');
  expect(changeItem(items('a', 'b'), 'a', { note: '先学' })).toEqual([
    { ...item('a'), note: '先学' },
    item('b'),
  ]);
});

test('what is not there can neither be moved nor removed', () => {
  expect(() => changeItem(items('a'), 'x', {})).toThrow(expect.objectContaining({ status: 404 }));
  expect(() => removeItem(items('a'), 'x')).toThrow(expect.objectContaining({ status: 404 }));
});

test('items of a section that is gone stand before the first', () => {
  const grouped = [item('a', 's'), item('b', 't')];
  expect(regroup(grouped, [{ id: 't', title: '', note: '' }])).toEqual([item('a'), item('b', 't')]);
});

test('moving never loses or doubles an item, and the moved one stands where it was put', () => {
  const letters = fc.uniqueArray(fc.stringMatching(/^[a-z]$/), { minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(letters, fc.nat(), fc.nat(), (given, from, to) => {
      const moved = given[from % given.length] ?? '';
      const before = given[to % given.length] ?? '';
      const after = [...names(changeItem(items(...given), moved, { before }))];
      expect([...after].sort()).toEqual([...given].sort());
      if (moved !== before) expect(after.indexOf(moved) + 1).toBe(after.indexOf(before));
    }),
  );
});
