import { filterFor, type Member } from '../access/index.ts';
import { ResourceModel } from './model.ts';
import type { Stored } from './stored.ts';

/** A published file with the same bytes. */
export interface Twin {
  sha256: string;
  resource: string;
  title: string;
  path: string;
}

const mostResources = 50;

/** Published files that the member may read and whose bytes are these: so that the same is not shared twice. */
export async function publishedTwins(member: Member, sha256s: readonly string[]): Promise<Twin[]> {
  const asked = new Set(sha256s);
  const found = await ResourceModel.find({
    $and: [
      { 'published.files.sha256': { $in: [...asked] }, withdrawn: null },
      filterFor<Stored>(member, 'read', 'resource'),
    ],
  })
    .select('published.title published.files')
    .sort({ updatedAt: -1, _id: -1 })
    .limit(mostResources)
    .lean();
  return found.flatMap(({ _id, published }) =>
    (published?.files ?? [])
      .filter(({ sha256 }) => asked.has(sha256))
      .map(({ sha256, path }) => ({
        sha256,
        path,
        resource: String(_id),
        title: published?.title ?? '',
      })),
  );
}
