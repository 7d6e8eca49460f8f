import { JobModel } from './model.ts';

/**
 * The priority of a new job among those of its kind, so that whose work is much waits behind the work of others: the
 * owner's jobs stand one behind the other, and the first of them where the queue stands now (start-time fair queueing,
 * P. Goyal et al. 1996, with every job of one length). Numbers fall: Agenda takes the highest first.
 */
export async function turnFor(name: string, whose: string): Promise<number> {
  const [front, last] = await Promise.all([
    JobModel.findOne({ name, lockedAt: null, nextRunAt: { $lte: new Date() } }, 'priority')
      .sort({ priority: -1 })
      .lean(),
    JobModel.findOne({ name, whose, nextRunAt: { $ne: null } }, 'priority')
      .sort({ priority: 1 })
      .lean(),
  ]);
  return Math.min(front?.priority ?? 0, last ? (last.priority ?? 0) - 1 : 0);
}
