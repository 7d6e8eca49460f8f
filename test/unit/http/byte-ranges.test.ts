import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { byteRangesOf } from '../../../server/http/byte-ranges.ts';

describe('byte ranges', () => {
  test.each([
    ['bytes=0-4', [[0, 4]]],
    ['bytes=5-', [[5, 9]]],
    ['bytes=-3', [[7, 9]]],
    ['bytes=-30', [[0, 9]]],
    ['bytes=8-99', [[8, 9]]],
    ['BYTES=0-0', [[0, 0]]],
    [
      'bytes=0-1, 5-6',
      [
        [0, 1],
        [5, 6],
      ],
    ],
    [
      'bytes=5-6,0-1',
      [
        [0, 1],
        [5, 6],
      ],
    ],
    ['bytes=0-3,2-6,7-8', [[0, 8]]],
    ['bytes=0-1,99-', [[0, 1]]],
  ])('%s of ten bytes', (header, expected) => {
    expect(byteRangesOf(header, 10)?.map(({ first, last }) => [first, last])).toEqual(expected);
  });

  test.each([
    'bytes=10-',
    'bytes=-0',
    'bytes=5-2',
    'bytes=',
    'bytes=-',
    'bytes=a-b',
    'bytes=1-2-3',
    'bytes=0x1-2',
  ])('%s cannot be satisfied', (header) => expect(byteRangesOf(header, 10)).toEqual([]));

  test('no range, or one in another unit, asks for everything', () => {
    expect(byteRangesOf(undefined, 10)).toBeUndefined();
    expect(byteRangesOf('pages=1-2', 10)).toBeUndefined();
  });

  test('thousands of ranges are refused, and quickly', () => {
    const header = `bytes=${Array.from({ length: 5000 }, (_, index) => `${2 * index}-${2 * index}`).join(',')}`;
    expect(byteRangesOf(header, 100_000)).toEqual([]);
    expect(byteRangesOf(`bytes=${'0-1 '.repeat(600)}x`, 10)).toEqual([]);
  });

  test('whatever is asked, the ranges lie inside, in order, and do not touch', () => {
    const spec = fc.oneof(
      fc.tuple(fc.nat(300), fc.nat(300)).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
      fc.nat(300).map((from) => `${from}-`),
      fc.nat(300).map((length) => `-${length}`),
    );
    fc.assert(
      fc.property(
        fc.array(spec, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 200 }),
        (specs, size) => {
          let end = -2;
          for (const { first, last } of byteRangesOf(`bytes=${specs.join(',')}`, size) ?? []) {
            expect(first).toBeGreaterThan(end + 1);
            expect(last).toBeGreaterThanOrEqual(first);
            expect(last).toBeLessThan(size);
            end = last;
          }
        },
      ),
    );
  });
});
