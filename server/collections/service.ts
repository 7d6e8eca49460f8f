import type { QueryFilter } from 'mongoose';
import {
  type Audience,
  assertCan,
  filterFor,
  findFor,
  keysForAudience,
  type Member,
  readFor,
} from '../access/index.ts';
import { assertRevision, pageFrom, placeAfter } from '../http/index.ts';
import { checkAudience } from '../members/index.ts';
import type { Platform } from '../platform.ts';
import { assertReadable, openAmong } from '../resources/index.ts';
import {
  CollectionModel,
  type SetDocument,
  type SetModel,
  ShelfModel,
  type StoredItem,
  type StoredSection,
  type StoredSet,
} from './model.ts';
import { notInIt, tooMany } from './problems.ts';
import { assertSection, changeItem, type ItemChange, insertItem, regroup, removeItem } from './rules.ts';

const MOST_SHELVES = 200;

interface Changeable {
  title?: string | undefined;
  summary?: string | undefined;
  audience?: Audience | undefined;
  cover?: string | null | undefined;
  sections?: StoredSection[] | undefined;
}

interface SetQuery {
  limit: number;
  cursor?: string | undefined;
  mine: boolean;
  /** Only those that hold this resource. */
  resource?: string | undefined;
}

/** What can be done to sets of one sort. Collections and shelves differ in the rows of the table, not in this. */
export function setService({ clock }: Pick<Platform, 'clock'>, subject: 'collection' | 'shelf') {
  const Sets: SetModel = subject === 'collection' ? CollectionModel : ShelfModel;

  /** @throws changedMeanwhile when somebody saved in between */
  function save(set: SetDocument): Promise<SetDocument> {
    set.updatedAt = clock();
    return set.save();
  }

  async function find(member: Member, id: string, ifMatch: number | undefined): Promise<SetDocument> {
    const set = await findFor(member, 'edit', subject, Sets, id);
    assertRevision(set, ifMatch);
    return set;
  }

  return {
    /**
     * Changed last first. Of those that hold a resource which the member may not know of, they learn by editing alone.
     * @throws badCursor
     */
    async list(member: Member, { limit, cursor, mine, resource }: SetQuery) {
      const conditions: QueryFilter<StoredSet>[] = [
        filterFor<StoredSet>(member, 'read', subject),
        ...(mine ? [{ owner: member.id }] : []),
        ...(resource ? [{ 'items.resource': resource }] : []),
        ...(resource && !(await openAmong(member, [resource])).has(resource)
          ? [filterFor<StoredSet>(member, 'edit', subject)]
          : []),
        ...(cursor === undefined ? [] : [placeAfter(cursor)]),
      ];
      const found = await Sets.find({ $and: conditions })
        .sort({ updatedAt: -1, _id: -1 })
        .limit(limit + 1)
        .lean();
      return pageFrom(found, limit, (last) => [last.updatedAt.getTime(), String(last._id)]);
    },

    /** @throws notFound */
    get: (member: Member, id: string) => readFor(member, 'read', subject, Sets, id),

    /** Unless told, a collection is for the group and a shelf for its owner. @throws forbidden, tooMany, unknownOrganisations */
    async create(member: Member, { title, summary = '', audience, sections = [] }: Changeable) {
      assertCan(member, 'create', subject);
      if (subject === 'shelf' && (await Sets.countDocuments({ owner: member.id })) >= MOST_SHELVES)
        throw tooMany({ most: MOST_SHELVES });
      if (audience) await checkAudience(audience);
      const chosen = audience ?? { scope: subject === 'collection' ? 'group' : 'self' };
      return save(
        new Sets({
          title,
          summary,
          sections,
          owner: member.id,
          organisation: member.organisation,
          audience: chosen,
          audienceKeys: keysForAudience(chosen, member),
          createdAt: clock(),
        }),
      );
    },

    /** @throws notFound, forbidden, changedMeanwhile, unknownOrganisations, notInIt: the cover is none of its resources */
    async update(member: Member, id: string, change: Changeable, ifMatch?: number) {
      const set = await find(member, id, ifMatch);
      const { audience, cover, sections, ...rest } = change;
      if (cover && !set.items.some(({ resource }) => resource === cover)) throw notInIt({ resource: cover });
      set.set({ ...rest, ...(cover !== undefined && { cover }) });
      if (audience) {
        await checkAudience(audience);
        set.audience = audience;
        set.audienceKeys = keysForAudience(audience, { id: set.owner, organisation: set.organisation });
      }
      if (sections) {
        set.sections = sections;
        set.items = regroup(set.items, sections);
      }
      return save(set);
    },

    /** @throws notFound, forbidden, changedMeanwhile */
    async remove(member: Member, id: string, ifMatch?: number): Promise<void> {
      const set = await find(member, id, ifMatch);
      await set.deleteOne();
    },

    /**
     * Adds a resource that the member can read.
     * @throws notFound: they may not know one of the two; forbidden, changedMeanwhile, alreadyCollected,
     *   noSuchSection, full
     */
    async addItem(member: Member, id: string, item: StoredItem, before?: string, ifMatch?: number) {
      const set = await find(member, id, ifMatch);
      await assertReadable(member, item.resource);
      assertSection(set.sections, item.section);
      set.items = insertItem(set.items, item, before);
      return save(set);
    },

    /** @throws notFound, forbidden, changedMeanwhile, notInIt, noSuchSection */
    async changeItem(member: Member, id: string, resource: string, change: ItemChange, ifMatch?: number) {
      const set = await find(member, id, ifMatch);
      assertSection(set.sections, change.section);
      set.items = changeItem(set.items, resource, change);
      return save(set);
    },

    /** @throws notFound, forbidden, changedMeanwhile, notInIt */
    async removeItem(member: Member, id: string, resource: string, ifMatch?: number) {
      const set = await find(member, id, ifMatch);
      set.items = removeItem(set.items, resource);
      if (set.cover === resource) set.cover = null;
      return save(set);
    },
  };
}
