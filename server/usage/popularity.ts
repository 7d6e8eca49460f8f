import { dayAfter, startOf } from '../calendar.ts';
import { reindexResources } from '../resources/index.ts';
import { UsageDayModel, UsageEventModel, UsageMarkModel } from './model.ts';

/** How often each of these resources was used so far, in any way; those never used are missing. */
export async function usesOf(resources: readonly string[]): Promise<Map<string, number>> {
  const mark = await UsageMarkModel.findById('days').lean();
  const resource = { $in: resources };
  const [days, rest] = await Promise.all([
    UsageDayModel.aggregate<Uses>([
      { $match: { resource, day: { $lte: mark?.until ?? '' } } },
      { $group: { _id: '$resource', uses: { $sum: '$count' } } },
    ]),
    UsageEventModel.aggregate<Uses>([
      { $match: { resource, counted: true, ...(mark && { at: { $gte: startOf(dayAfter(mark.until)) } }) } },
      { $group: { _id: '$resource', uses: { $sum: 1 } } },
    ]),
  ]);
  const found = new Map<string, number>();
  for (const { _id, uses } of [...days, ...rest]) found.set(_id, (found.get(_id) ?? 0) + uses);
  return found;
}

interface Uses {
  _id: string;
  uses: number;
}

/** Lets search learn of the uses since it last did: once in a while, not at every click. */
export async function tellSearch(now: Date): Promise<void> {
  const mark = await UsageMarkModel.findById('search').lean();
  const used = await UsageEventModel.distinct('resource', {
    counted: true,
    ...(mark && { at: { $gte: new Date(mark.until) } }),
  });
  await reindexResources(used);
  await UsageMarkModel.updateOne({ _id: 'search' }, { $set: { until: now.toISOString() } }, { upsert: true });
}
