import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { keptBy, periods, type Retention } from '../../../server/backups/retention.ts';

const at = (text: string) => ({ at: new Date(text) });
const days = (retention: Retention, ...times: string[]) =>
  [...keptBy(retention, times.map(at)).keys()].map((backup) => backup.at.toISOString().slice(0, 16));

describe('a retention keeps', () => {
  test('the newest backup of each of the latest days', () => {
    expect(
      days({ daily: 2 }, '2026-05-01T02:00Z', '2026-05-02T02:00Z', '2026-05-03T02:00Z', '2026-05-03T14:00Z'),
    ).toEqual(['2026-05-03T14:00', '2026-05-02T02:00']);
  });

  test('weeks from Monday to Sunday, also across the turn of the year', () => {
    const monday = '2026-12-28T02:00';
    const sunday = '2027-01-03T02:00';
    expect(days({ weekly: 2 }, '2026-12-27T02:00Z', `${monday}Z`, `${sunday}Z`)).toEqual([
      sunday,
      '2026-12-27T02:00',
    ]);
  });

  test('a backup for every period that wants it', () => {
    const only = at('2026-05-01T02:00Z');
    expect(keptBy({ daily: 7, monthly: 12 }, [only]).get(only)).toEqual(['daily', 'monthly']);
  });

  test('as many as it says although none were made for months', () => {
    expect(days({ daily: 2 }, '2025-01-01T02:00Z', '2025-01-02T02:00Z', '2026-05-01T02:00Z')).toHaveLength(2);
  });
});

test('the newest always stays, never more stay than the periods add up to, and what stays once would stay again', () => {
  const anyRetention = fc.record(
    Object.fromEntries(periods.map((period) => [period, fc.integer({ min: 1, max: 5 })])),
    { requiredKeys: [] },
  );
  const anyBackups = fc.array(
    fc
      .date({
        min: new Date('2020-01-01'),
        max: new Date('2030-01-01'),
        noInvalidDate: true,
      })
      .map((date) => ({ at: date })),
    { minLength: 1 },
  );
  fc.assert(
    fc.property(anyRetention, anyBackups, (retention, backups) => {
      const kept = [...keptBy(retention, backups).keys()];
      const newest = Math.max(...backups.map((backup) => backup.at.getTime()));
      expect(kept.some((backup) => backup.at.getTime() === newest)).toBe(true);
      const allowed = periods.reduce((sum, period) => sum + (retention[period] ?? 0), 0);
      expect(kept.length).toBeLessThanOrEqual(Math.max(1, allowed));
      expect([...keptBy(retention, kept).keys()]).toEqual(expect.arrayContaining(kept));
    }),
  );
});
