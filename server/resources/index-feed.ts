import type { QueryFilter } from 'mongoose';
import type { Description, Kind } from './contract.ts';
import type { TermField } from './description/terms.ts';
import { changes } from './events.ts';
import { ResourceModel, VersionModel } from './model.ts';
import { descriptionOf } from './present.ts';
import type { Stored, StoredFile } from './stored.ts';

/** What the search index is made from, and the book of what it is behind with. */

export interface Stale {
  id: string;
  revision: number;
  /** Since when the index is behind: hand it back to `markIndexed`. */
  since: Date;
}

/** Resources that the index is behind with, longest first. */
export async function staleResources(limit: number): Promise<Stale[]> {
  const found = await ResourceModel.find({ staleSince: { $gt: new Date(0) } }, { revision: 1, staleSince: 1 })
    .sort({ staleSince: 1 })
    .limit(limit)
    .lean();
  return found.map(({ _id, revision, staleSince }) => ({
    id: String(_id),
    revision,
    since: staleSince ?? new Date(0),
  }));
}

/** Says that the index has this state; one that came meanwhile stays on the book. */
export async function markIndexed({ id, revision, since }: Stale): Promise<void> {
  await ResourceModel.updateOne(
    { _id: id, revision, staleSince: since },
    { $set: { staleSince: null, indexedRevision: revision } },
  );
}

export interface Indexable extends Description {
  id: string;
  kind: Kind;
  organisation: string;
  owner: string;
  audienceKeys: string[];
  version: number;
  publishedAt: Date;
  createdAt: Date;
  revision: number;
  files: StoredFile[];
  cover: string | null;
}

/** What the index holds of a resource; undefined when it holds nothing of it: unpublished, withdrawn or gone. */
export async function resourceForIndex(id: string): Promise<Indexable | undefined> {
  const resource = await ResourceModel.findById(id, { draft: 0, lastChange: 0 }).lean();
  if (!resource?.published || resource.withdrawn) return undefined;
  const { kind, organisation, owner, audienceKeys, published, createdAt, revision } = resource;
  const { files, cover, number, publishedAt } = published;
  return {
    ...descriptionOf(published),
    id,
    kind,
    organisation,
    owner,
    audienceKeys,
    version: number,
    publishedAt,
    createdAt,
    revision,
    files,
    cover,
  };
}

const isPublished = { 'published.number': { $gte: 1 }, withdrawn: null };

/** How many resources the index is to hold. */
export const countPublished = (): Promise<number> => ResourceModel.countDocuments(isPublished);

/** Everything that the index is to hold, in the order of the identifiers, after one. */
export async function publishedRevisions(
  after: string,
  limit: number,
): Promise<{ id: string; revision: number }[]> {
  const found = await ResourceModel.find(
    { ...isPublished, ...(after !== '' && { _id: { $gt: after } }) },
    { revision: 1 },
  )
    .sort({ _id: 1 })
    .limit(limit)
    .lean();
  return found.map(({ _id, revision }) => ({ id: String(_id), revision }));
}

/** The index is to take up again what stands on these blobs: something new has been made of them. */
export const reindexBlobs = (sha256s: readonly string[]): Promise<void> =>
  reindexWhere({ 'published.files.sha256': { $in: sha256s } });

/** The index is to take up these again: what it knows of them from elsewhere, uses and ratings, has changed. */
export const reindexResources = (ids: readonly string[]): Promise<void> =>
  reindexWhere({ _id: { $in: ids }, state: 'published' });

/** The index is to take up again what one of these terms describes, by the field that holds them. */
export const reindexDescribed = (field: TermField, codes: readonly string[]): Promise<void> =>
  reindexWhere({ [`published.${field}`]: { $in: codes }, state: 'published' });

/** The index is to take up again what belongs to an organisation. */
export const reindexOwned = (organisation: string): Promise<void> =>
  reindexWhere({ organisation, state: 'published' });

async function reindexWhere(filter: QueryFilter<Stored>): Promise<void> {
  const found = await ResourceModel.find(filter, { revision: 1 }).lean();
  if (found.length === 0) return;
  await ResourceModel.updateMany(
    { _id: { $in: found.map(({ _id }) => _id) } },
    { $set: { staleSince: new Date() } },
  );
  for (const { _id, revision } of found) changes.announce({ id: String(_id), revision });
}

/**
 * Which of these blobs drafts and versions point to, and of which organisations: the others may be collected. Drafts
 * are read first, since publishing moves files from there to a version.
 */
export async function usesOfBlobs(
  sha256s: readonly string[],
): Promise<{ blob: string; organisation: string }[]> {
  const wanted = { $in: [...sha256s] };
  const drafts = await ResourceModel.find(
    { 'draft.files.sha256': wanted },
    { organisation: 1, draft: 1 },
  ).lean();
  const versions = await VersionModel.find({ 'files.sha256': wanted }, { resource: 1, files: 1 }).lean();
  const owners = await ResourceModel.find(
    { _id: { $in: versions.map(({ resource }) => resource) } },
    { organisation: 1 },
  ).lean();
  const organisationOf = new Map(owners.map(({ _id, organisation }) => [String(_id), organisation]));
  const asked = new Set(sha256s);
  const uses = (organisation: string, files: readonly StoredFile[]) =>
    files.filter(({ sha256 }) => asked.has(sha256)).map(({ sha256 }) => ({ blob: sha256, organisation }));
  return [
    ...drafts.flatMap(({ organisation, draft }) => uses(organisation, draft?.files ?? [])),
    ...versions.flatMap(({ resource, files }) => uses(organisationOf.get(resource) ?? '', files)),
  ];
}
