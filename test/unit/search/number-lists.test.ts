import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NumberLists } from '../../../storage/search/embedded/number-lists.ts';

test('a list has the same number each time, another list another, however many come', () => {
  const anyList = fc.array(fc.nat({ max: 300 }), { maxLength: 4 });
  fc.assert(
    fc.property(fc.array(anyList, { minLength: 1, maxLength: 3000 }), (given) => {
      const lists = new NumberLists();
      const known = new Map<string, number>([['', 0]]);
      for (const list of given) {
        const number = lists.numberOf(list);
        expect(number).toBe(known.get(list.join()) ?? known.size);
        known.set(list.join(), number);
        expect([...lists.flat.slice(lists.starts[number], lists.starts[number + 1])]).toEqual(list);
      }
      expect(lists.size).toBe(known.size);
    }),
    { numRuns: 30 },
  );
});

test('ten thousand lists are told apart', () => {
  const lists = new NumberLists();
  for (const round of [0, 1])
    for (let n = 0; n < 10_000; n++) expect([round, lists.numberOf([n % 100, n])]).toEqual([round, n + 1]);
});
