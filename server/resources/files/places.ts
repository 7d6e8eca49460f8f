import { filterFor, type Member } from '../../access/index.ts';
import { ResourceModel } from '../model.ts';
import type { Stored } from '../stored.ts';

/** Where a file stands: in a draft or in what is published. */
export interface Place {
  sha256: string;
  resource: string;
  title: string;
  path: string;
}

/** Drafts and published resources with files of these bytes, among those whose drafts the member may see. */
export async function placesOf(member: Member, sha256s: readonly string[]): Promise<Place[]> {
  const asked = [...new Set(sha256s)];
  if (asked.length === 0) return [];
  const found = await ResourceModel.find(
    {
      $and: [
        { $or: [{ 'draft.files.sha256': { $in: asked } }, { 'published.files.sha256': { $in: asked } }] },
        filterFor<Stored>(member, 'preview', 'resource'),
      ],
    },
    { 'draft.title': 1, 'draft.files': 1, 'published.title': 1, 'published.files': 1 },
  ).lean<Pick<Stored, '_id' | 'draft' | 'published'>[]>();
  return found.flatMap(({ _id, draft, published }) => {
    const files = [...(draft?.files ?? []), ...(published?.files ?? [])];
    const held = new Map(files.map(({ sha256, path }) => [`${sha256} ${path}`, { sha256, path }]));
    const title = (draft ?? published)?.title ?? '';
    return [...held.values()]
      .filter(({ sha256 }) => asked.includes(sha256))
      .map((file) => ({ ...file, resource: String(_id), title }));
  });
}
