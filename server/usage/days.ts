import { dayAfter, dayOf, startOf } from '../calendar.ts';
import { UsageDayModel, UsageEventModel, UsageMarkModel } from './model.ts';
import type { Row } from './rules.ts';

/**
 * Days that are over are counted once, into rows that reports read; today's rows are made from its events whenever
 * they are wanted. Counting a day again gives the same rows.
 */

interface Filter {
  resource?: string | undefined;
  resourceOrganisation?: string | undefined;
}

/** The rows of these days, both included. */
export async function rowsOf(from: string, to: string, now: Date, filter: Filter): Promise<Row[]> {
  const made = (await UsageMarkModel.findById('days').lean())?.until ?? '';
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
  const stored = await UsageDayModel.find({
    ...given,
    day: { $gte: from, $lte: to < made ? to : made },
  }).lean();
  const rest = from > made ? from : dayAfter(made);
  const today = dayOf(now);
  const last = to < today ? to : today;
  return rest > last ? stored : [...stored, ...(await countEvents(rest, last, given))];
}

/** Counts all days that are over and not counted yet. */
export async function countDays(now: Date): Promise<void> {
  const yesterday = dayAfter(dayOf(now), -1);
  const mark = await UsageMarkModel.findById('days').lean();
  const oldest = await UsageEventModel.findOne({}, { at: 1 }).sort({ at: 1 }).lean();
  if (!oldest) return;
  for (let day = mark ? dayAfter(mark.until) : dayOf(oldest.at); day <= yesterday; day = dayAfter(day)) {
    const rows = await countEvents(day, day, {});
    if (rows.length > 0)
      await UsageDayModel.bulkWrite(
        rows.map(({ day, resource, organisation, kind, ...counted }) => ({
          updateOne: {
            filter: { day, resource, organisation, kind },
            update: { $set: counted },
            upsert: true,
          },
        })),
      );
    await UsageMarkModel.updateOne({ _id: 'days' }, { $set: { until: day } }, { upsert: true });
  }
}

async function countEvents(from: string, to: string, filter: Filter): Promise<Row[]> {
  const rows: Row[] = [];
  for (let day = from; day <= to; day = dayAfter(day)) {
    const counted = await UsageEventModel.aggregate<Counted>([
      { $match: { ...filter, at: { $gte: startOf(day), $lt: startOf(dayAfter(day)) }, counted: true } },
      {
        $group: {
          _id: {
            resource: '$resource',
            resourceOrganisation: '$resourceOrganisation',
            organisation: '$organisation',
            kind: '$kind',
          },
          count: { $sum: 1 },
          people: { $addToSet: '$who' },
        },
      },
    ]);
    for (const { _id, count, people } of counted) rows.push({ ..._id, day, count, unique: people.length });
  }
  return rows;
}

interface Counted {
  _id: Omit<Row, 'day' | 'count' | 'unique'>;
  count: number;
  people: string[];
}
