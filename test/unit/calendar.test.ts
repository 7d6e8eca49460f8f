import { expect, test } from '@jest/globals';
import { dayAfter, dayOf, startOf, yearOf } from '../../server/calendar.ts';

test('a day is that of China', () => {
  expect(dayOf(new Date('2026-02-28T15:59:59Z'))).toBe('2026-02-28');
  expect(dayOf(new Date('2026-02-28T16:00:00Z'))).toBe('2026-03-01');
  expect(startOf('2026-03-01').toISOString()).toBe('2026-02-28T16:00:00.000Z');
});

test('and so is a year', () => {
  expect(yearOf(new Date('2026-12-31T15:59:59Z'))).toBe('2026');
  expect(yearOf(new Date('2026-12-31T16:00:00Z'))).toBe('2027');
});

test('a day follows another over the ends of months and years', () => {
  expect(dayAfter('2026-12-31')).toBe('2027-01-01');
  expect(dayAfter('2028-03-01', -1)).toBe('2028-02-29');
});
