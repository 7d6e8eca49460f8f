import type { QueryFilter } from 'mongoose';
import { ResourceModel } from './model.ts';
import { accessFields } from './service.ts';
import { cardFields, type ListedResource, type Stored } from './stored.ts';

/** A list asks for what its cards show and access is decided by, and no more: that is most of its speed. */
const listed = {
  ...accessFields,
  kind: 1,
  revision: 1,
  createdAt: 1,
  updatedAt: 1,
  withdrawn: 1,
  'published.number': 1,
  'published.publishedAt': 1,
  ...Object.fromEntries(
    cardFields.flatMap((field) => [
      [`draft.${field}`, 1],
      [`published.${field}`, 1],
    ]),
  ),
} as const;

/** What a place in a list needs to be found again and to be told from what it was before. */
const mark = { revision: 1, updatedAt: 1 } as const;
export type Mark = Pick<Stored, '_id' | keyof typeof mark>;

/** Some thirty megabytes at most, with their cards (`readyCard`). */
const most = 5_000;
/** As they were last loaded, those that were listed last at the end. */
const kept = new Map<string, ListedResource>();

/**
 * What the filter finds, as `complete` will fill it in: lists show the same newest resources to everybody, so most of
 * them need not travel from the database again. Every change raises the revision, also one by another process.
 */
export const findMarks = (filter: QueryFilter<Stored>) => ResourceModel.find(filter, mark).lean<Mark[]>();

/**
 * The resources that were found, in the same order. One that changed since the filter found it is read as it is now,
 * and left out when the filter no longer finds it.
 */
export async function complete(
  found: readonly Mark[],
  filter: QueryFilter<Stored>,
): Promise<ListedResource[]> {
  const known = new Map<string, ListedResource>();
  for (const mark of found) {
    const resource = kept.get(String(mark._id));
    if (resource && isOf(resource, mark)) known.set(String(mark._id), resource);
  }
  const missing = found.filter(({ _id }) => !known.has(String(_id))).map(({ _id }) => _id);
  if (missing.length > 0) {
    const loaded = await ResourceModel.find({ $and: [{ _id: { $in: missing } }, filter] }, listed).lean<
      ListedResource[]
    >();
    for (const resource of loaded) known.set(String(resource._id), resource);
  }
  for (const [id, resource] of known) {
    kept.delete(id);
    kept.set(id, resource);
  }
  for (const id of kept.keys()) {
    if (kept.size <= most) break;
    kept.delete(id);
  }
  return found.flatMap(({ _id }) => known.get(String(_id)) ?? []);
}

/** A restored database may count the same revisions again, at other times. */
const isOf = (resource: ListedResource, { revision, updatedAt }: Mark) =>
  resource.revision === revision && resource.updatedAt.getTime() === updatedAt.getTime();
