import { canSome, type Member, readFor } from '../access/index.ts';
import type { Platform } from '../platform.ts';
import { CollectionModel, ShelfModel, type StoredSet } from './model.ts';
import { setService } from './service.ts';

/** What other rooms are told of a set; which of its resources the member may read, they ask there. */
export type GivenSet = Pick<StoredSet, 'title' | 'summary' | 'sections' | 'items' | 'updatedAt'>;

/** A set for those rooms that give out what stands in it. @throws notFound */
export const setFor = (member: Member, subject: 'collection' | 'shelf', id: string): Promise<GivenSet> =>
  readFor(member, 'read', subject, subject === 'collection' ? CollectionModel : ShelfModel, id);

export interface MadeSet {
  subject: 'collection' | 'shelf';
  id: string;
}

/**
 * Makes a set that came from elsewhere, seen by the member alone at first: a collection, or a shelf for those who may
 * not make collections. @throws notFound: they may not read one of the resources
 */
export async function makeSet(
  platform: Platform,
  member: Member,
  { title, summary, sections, items }: Pick<GivenSet, 'title' | 'summary' | 'sections' | 'items'>,
): Promise<MadeSet> {
  const subject = canSome(member, 'create', 'collection') ? 'collection' : 'shelf';
  const sets = setService(platform, subject);
  const { id } = await sets.create(member, { title, summary, sections, audience: { scope: 'self' } });
  for (const item of items) await sets.addItem(member, id, item);
  return { subject, id };
}
