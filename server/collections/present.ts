import type { Types } from 'mongoose';
import { actionsOn, isVisitor, type Member } from '../access/index.ts';
import { openAmong, openToAllOf, presentCard, readableByIds } from '../resources/index.ts';
import type { StoredSet } from './model.ts';

type Subject = 'collection' | 'shelf';
type Stored = StoredSet & { _id: Types.ObjectId };

/** Sets in a list, as each is when it is read by itself: what the member may not see is neither counted nor its cover. */
export async function presentSummaries(member: Member, subject: Subject, sets: readonly Stored[]) {
  const resources = sets.flatMap(({ items }) => items.map(({ resource }) => resource));
  const open = await openAmong(member, resources);
  return sets.map((set) => presentSummary(member, subject, set, open));
}

/** @param open those of its resources that the member may read and that were not withdrawn */
function presentSummary(member: Member, subject: Subject, set: Stored, open: ReadonlySet<string>) {
  const { title, summary, owner, organisation, audience, revision, createdAt, updatedAt } = set;
  const can = actionsOn(member, subject, set, ['edit']);
  const resources = set.items.map(({ resource }) => resource);
  return {
    id: String(set._id),
    title,
    summary,
    owner,
    organisation,
    audience,
    itemCount: resources.filter((resource) => isShown(resource, can, open)).length,
    cover: [set.cover, ...resources].find((resource) => resource !== null && open.has(resource)) ?? null,
    revision,
    createdAt,
    updatedAt,
    can,
  };
}

/**
 * Those who edit a set also see that something stands there which they cannot read, so that they can take it out;
 * readers do not.
 */
const isShown = (resource: string, can: readonly 'edit'[], open: ReadonlySet<string>): boolean =>
  can.includes('edit') || open.has(resource);

/** A set with its resources, as far as the member may read them. */
export async function presentSet(member: Member, subject: Subject, set: Stored) {
  const resources = set.items.map(({ resource }) => resource);
  const readable = await readableByIds(member, resources);
  const cards = new Map([...readable].map(([id, resource]) => [id, presentCard(member, resource)]));
  const open = new Set([...cards].flatMap(([id, { state }]) => (state === 'withdrawn' ? [] : [id])));
  const summary = presentSummary(member, subject, set, open);
  const isWatched = summary.can.includes('edit') && set.audience.scope !== 'self';
  const seenByAll = isWatched ? await openToAllOf(set.audienceKeys, resources) : new Set(resources);
  const seenByGroup = isVisitor(member) ? await openToAllOf(['group'], resources) : open;
  return {
    ...summary,
    sections: set.sections,
    items: set.items
      .filter(({ resource }) => isShown(resource, summary.can, open))
      .map(({ resource, section, note }) => ({
        resource,
        section,
        note,
        card: cards.get(resource) ?? null,
        isHiddenFromSome: !seenByAll.has(resource),
      })),
    membersSeeMore: [...seenByGroup].some((resource) => !open.has(resource)),
  };
}
