import { expect, test } from '@jest/globals';
import {
  counts,
  isRobot,
  noUses,
  periodOf,
  type Row,
  ranking,
  share,
  tally,
} from '../../../server/usage/rules.ts';

const row = (more: Partial<Row>): Row => ({
  day: '2026-03-01',
  resource: 'r',
  organisation: 'o',
  resourceOrganisation: 'o',
  kind: 'view',
  count: 1,
  unique: 1,
  ...more,
});

test('a second click within 30 s is the same use, and so is a third after it', () => {
  const at = (seconds: number) => new Date(seconds * 1000);
  expect(counts(at(0), undefined)).toBe(true);
  expect(counts(at(30), at(0))).toBe(false);
  expect(counts(at(31), at(0))).toBe(true);
});

test.each([
  ['Mozilla/5.0 (compatible; Baiduspider/2.0)', true],
  ['Googlebot/2.1', true],
  ['', true],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0', false],
  ['Mozilla/5.0 (iPhone) MicroMessenger/8.0', false],
])('%j is a robot: %j', (userAgent, expected) => {
  expect(isRobot(userAgent)).toBe(expected);
});

test('a report has so many of them up to today unless told, and ten years at most', () => {
  const now = new Date('2026-03-30T08:00:00Z');
  expect(periodOf(now, { days: 30 })).toEqual({ from: '2026-03-01', to: '2026-03-30' });
  const night = new Date('2026-03-29T16:00:00Z'); // midnight in China
  expect(periodOf(night, { days: 1 })).toEqual({ from: '2026-03-30', to: '2026-03-30' });
  expect(periodOf(now, { from: '1970-01-01', to: '2026-03-30', days: 30 }).from).toBe('2016-03-22');
});

test('rows are summed by kind and day, and by whether another organisation used it', () => {
  const { total, days, elsewhere, byMembers } = tally([
    row({ count: 2 }),
    row({ day: '2026-02-01', kind: 'download', count: 3, organisation: 'p' }),
    row({ count: 5, organisation: '' }),
  ]);
  expect(total).toEqual({ ...noUses(), view: 7, download: 3 });
  expect(days.map(({ day }) => day)).toEqual(['2026-02-01', '2026-03-01']);
  expect([elsewhere, byMembers]).toEqual([3, 5]);
});

test('the most used comes first', () => {
  const rows = [row({ resource: 'a' }), row({ resource: 'b', count: 4 }), row({ resource: 'a', count: 2 })];
  expect(ranking(rows, ({ resource }) => resource)).toEqual([
    ['b', 4],
    ['a', 3],
  ]);
});

test('a share of nothing is no number', () => {
  expect(share(0, 0)).toBeNull();
  expect(share(1, 4)).toBe(0.25);
});
