import type { Types } from 'mongoose';
import { actionsOn, type Member } from '../access/index.ts';
import { presentCard, readableByIds } from '../resources/index.ts';
import type { StoredSet } from './model.ts';

type Subject = 'collection' | 'shelf';
type Stored = StoredSet & { _id: Types.ObjectId };

/** Sets in a list. A cover that the member may not see is left out. */
export async function presentSummaries(member: Member, subject: Subject, sets: readonly Stored[]) {
  const summaries = sets.map((set) => presentSummary(member, subject, set));
  const covers = summaries.flatMap(({ cover }) => cover ?? []);
  const readable = await readableByIds(member, covers);
  return summaries.map((set) => ({ ...set, cover: set.cover && readable.has(set.cover) ? set.cover : null }));
}

function presentSummary(member: Member, subject: Subject, set: Stored) {
  const { title, summary, owner, organisation, audience, cover, revision, createdAt, updatedAt } = set;
  return {
    id: String(set._id),
    title,
    summary,
    owner,
    organisation,
    audience,
    itemCount: set.items.length,
    cover: cover ?? set.items[0]?.resource ?? null,
    revision,
    createdAt,
    updatedAt,
    can: actionsOn(member, subject, set, ['edit']),
  };
}

/**
 * A set with its resources, as far as the member may read them. Those who edit it also see that something stands
 * there which they cannot read, so that they can take it out; readers do not.
 */
export async function presentSet(member: Member, subject: Subject, set: Stored) {
  const readable = await readableByIds(
    member,
    set.items.map(({ resource }) => resource),
  );
  const summary = presentSummary(member, subject, set);
  const isEditor = summary.can.includes('edit');
  const items = set.items.flatMap(({ resource, section, note }) => {
    const found = readable.get(resource);
    const card = found ? presentCard(member, found) : null;
    const isShown = isEditor || (card !== null && card.state !== 'withdrawn');
    return isShown ? [{ resource, section, note, card }] : [];
  });
  return {
    ...summary,
    itemCount: items.length,
    cover: items.some(({ resource }) => resource === summary.cover)
      ? summary.cover
      : (items[0]?.resource ?? null),
    sections: set.sections,
    items,
  };
}
