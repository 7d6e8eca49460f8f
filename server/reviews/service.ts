import type { Member } from '../access/index.ts';
import { pageFrom, placeAfter } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { factsFor, reindexResources } from '../resources/index.ts';
import { RatingModel, type StoredRating } from './model.ts';
import { notPublished, ownResource } from './problems.ts';

interface Paging {
  limit: number;
  cursor?: string | undefined;
}

/** Ratings, newest first, with their sum. @throws notFound, badCursor */
export async function listRatings(member: Member, resource: string, { limit, cursor }: Paging) {
  await factsFor(member, 'read', resource);
  const [found, groups, mine] = await Promise.all([
    RatingModel.find({ resource, ...(cursor !== undefined && placeAfter(cursor)) })
      .sort({ updatedAt: -1, _id: -1 })
      .limit(limit + 1)
      .lean(),
    RatingModel.aggregate<{ _id: number; count: number }>([
      { $match: { resource } },
      { $group: { _id: '$stars', count: { $sum: 1 } } },
    ]),
    RatingModel.findOne({ resource, member: member.id }).lean(),
  ]);
  const distribution = [1, 2, 3, 4, 5].map((stars) => groups.find(({ _id }) => _id === stars)?.count ?? 0);
  const count = distribution.reduce((sum, n) => sum + n, 0);
  const stars = distribution.reduce((sum, n, i) => sum + n * (i + 1), 0);
  return {
    ...pageFrom(found, limit, (last) => [last.updatedAt.getTime(), String(last._id)]),
    count,
    average: count === 0 ? null : stars / count,
    distribution,
    mine,
  };
}

/** @throws notFound, forbidden, signInNeeded, notPublished, ownResource */
export async function rate(
  { clock }: Pick<Platform, 'clock'>,
  member: Member,
  resource: string,
  { stars, comment }: Pick<StoredRating, 'stars' | 'comment'>,
): Promise<StoredRating> {
  const { owner, version, isWithdrawn } = await factsFor(member, 'rate', resource);
  if (version === 0 || isWithdrawn) throw notPublished({});
  if (owner === member.id) throw ownResource({});
  const rating = await RatingModel.findOneAndUpdate(
    { resource, member: member.id },
    {
      $set: {
        stars,
        comment,
        version,
        name: member.name,
        organisation: member.organisation,
        updatedAt: clock(),
      },
    },
    { upsert: true, returnDocument: 'after', lean: true },
  );
  if (!rating) throw new Error('An upsert gave no document back');
  await reindexResources([resource]);
  return rating;
}

/** @throws notFound, forbidden, signInNeeded */
export async function unrate(member: Member, resource: string): Promise<void> {
  await factsFor(member, 'rate', resource);
  await RatingModel.deleteOne({ resource, member: member.id });
  await reindexResources([resource]);
}

/**
 * What these resources are worth to their readers, 1 to 5; those without a rating are missing. Three ratings of 3.5
 * are counted in with each (a Bayesian average), so that one enthusiast does not outrank the praise of many.
 */
export async function standingOf(resources: readonly string[]): Promise<Map<string, number>> {
  const rated = await RatingModel.aggregate<{ _id: string; count: number; stars: number }>([
    { $match: { resource: { $in: resources } } },
    { $group: { _id: '$resource', count: { $sum: 1 }, stars: { $sum: '$stars' } } },
  ]);
  return new Map(rated.map(({ _id, count, stars }) => [_id, (stars + 3 * 3.5) / (count + 3)]));
}
