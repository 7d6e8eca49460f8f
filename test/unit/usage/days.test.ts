import { expect, test } from '@jest/globals';
import { countDays, rowsOf } from '../../../server/usage/days.ts';
import { UsageDayModel, UsageEventModel } from '../../../server/usage/model.ts';
import { openDocuments } from '../embedded-documents.ts';

openDocuments();

const use = (at: string, who: string, counted = true) => ({
  at: new Date(at),
  kind: 'view',
  resource: 'r',
  who,
  organisation: 'o',
  resourceOrganisation: 'p',
  key: `${who}|view|r|`,
  counted,
});

test('reports are the same before and after days are counted, however often', async () => {
  await UsageEventModel.insertMany([
    use('2026-03-01T01:00:00Z', 'a'),
    use('2026-03-01T02:00:00Z', 'a'),
    use('2026-03-01T02:00:01Z', 'a', false),
    use('2026-03-01T15:59:59Z', 'b'),
    use('2026-03-01T16:00:00Z', 'b'), // the next day in China
    use('2026-03-03T01:00:00Z', 'c'),
  ]);
  const now = new Date('2026-03-03T02:00:00Z');
  const report = async () => {
    const rows = await rowsOf('2026-03-01', '2026-03-03', now, { resource: 'r' });
    return rows.map(({ day, count, unique }) => ({ day, count, unique }));
  };
  const expected = [
    { day: '2026-03-01', count: 3, unique: 2 },
    { day: '2026-03-02', count: 1, unique: 1 },
    { day: '2026-03-03', count: 1, unique: 1 },
  ];
  expect(await report()).toEqual(expected);
  await countDays(now);
  await countDays(now);
  expect(await UsageDayModel.countDocuments()).toBe(2); // today is not over
  expect(await report()).toEqual(expected);
});
