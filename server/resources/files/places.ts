import { type Action, filterFor, type Member, readFor } from '../../access/index.ts';
import { ResourceModel, VersionModel } from '../model.ts';
import { accessFields } from '../service.ts';
import type { Stored, StoredFile } from '../stored.ts';

/** Where a file stands: in a draft or in what is published. */
export interface Place {
  sha256: string;
  resource: string;
  title: string;
  path: string;
}

const mostTwins = 50;

/** Published files that the member may read and whose bytes are these: so that the same is not shared twice. */
export async function publishedTwins(member: Member, sha256s: readonly string[]): Promise<Place[]> {
  const asked = new Set(sha256s);
  const found = await ResourceModel.find({
    $and: [
      { 'published.files.sha256': { $in: [...asked] }, withdrawn: null },
      filterFor<Stored>(member, 'read', 'resource'),
    ],
  })
    .select('published.title published.files')
    .sort({ updatedAt: -1, _id: -1 })
    .limit(mostTwins)
    .lean();
  return found.flatMap(({ _id, published }) =>
    placesIn({ id: String(_id), title: published?.title }, published?.files ?? [], asked),
  );
}

const mostPlaces = 500;

/**
 * Drafts and published resources with files of these bytes, among those whose drafts the member may see: the newest of
 * them, since nobody looks through more.
 */
export async function placesOf(
  member: Member,
  sha256s: readonly string[],
  most = mostPlaces,
): Promise<Place[]> {
  const asked = new Set(sha256s);
  if (asked.size === 0) return [];
  const wanted = { $in: [...asked] };
  const found = await ResourceModel.find(
    {
      $and: [
        { $or: [{ 'draft.files.sha256': wanted }, { 'published.files.sha256': wanted }] },
        filterFor<Stored>(member, 'preview', 'resource'),
      ],
    },
    { 'draft.title': 1, 'draft.files': 1, 'published.title': 1, 'published.files': 1 },
  )
    .sort({ updatedAt: -1, _id: -1 })
    .limit(most)
    .lean<Pick<Stored, '_id' | 'draft' | 'published'>[]>();
  return found.flatMap(({ _id, draft, published }) => {
    const files = [...(draft?.files ?? []), ...(published?.files ?? [])];
    return placesIn({ id: String(_id), title: (draft ?? published)?.title }, files, asked);
  });
}

/**
 * Where these bytes stand in a resource, in its newest version that has them; what only a draft has stands nowhere yet.
 * @throws notFound, forbidden unless the member may do this to the resource
 */
export async function pathsOfBlobs(
  member: Member,
  action: Action,
  id: string,
  sha256s: readonly string[],
): Promise<Map<string, string>> {
  await readFor(member, action, 'resource', ResourceModel, id, accessFields);
  const versions = await VersionModel.find(
    { resource: id, 'files.sha256': { $in: [...sha256s] } },
    { files: 1 },
  )
    .sort({ number: 1 })
    .lean();
  const asked = new Set(sha256s);
  const files = versions.flatMap((version) => version.files).filter(({ sha256 }) => asked.has(sha256));
  return new Map(files.map(({ sha256, path }) => [sha256, path]));
}

/** Those of a resource's files that are asked for; one that stands in draft and version alike counts once. */
function placesIn(
  { id, title = '' }: { id: string; title: string | undefined },
  files: readonly StoredFile[],
  asked: ReadonlySet<string>,
): Place[] {
  const held = files.filter(({ sha256 }) => asked.has(sha256));
  const once = new Map(held.map(({ sha256, path }) => [`${sha256} ${path}`, { sha256, path }]));
  return [...once.values()].map((file) => ({ ...file, resource: id, title }));
}
