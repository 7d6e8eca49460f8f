import type { QueryFilter } from 'mongoose';
import { filterFor, isForAllOf, type Member } from '../access/index.ts';
import { badCursor, fromCursor, pageFrom, placeAfter } from '../http/index.ts';
import type { Kind, State } from './contract.ts';
import { complete, findMarks } from './listed.ts';
import { ResourceModel } from './model.ts';
import type { ListedResource, Stored } from './stored.ts';

export interface ListQuery {
  limit: number;
  cursor?: string | undefined;
  /** Only what the member owns or edits. */
  mine: boolean;
  /** Part of the title, small and capital letters alike. */
  q?: string | undefined;
  state?: State | undefined;
  kind?: Kind | undefined;
  organisation?: string | undefined;
}

const ownFields = { 'draft.files': 0, 'published.files': 0, lastChange: 0, 'returned.fields': 0 } as const;

/** What the member may see, changed last first. @throws badCursor */
export async function listResources(member: Member, query: ListQuery) {
  return pageOfListed({ $and: conditionsOf(member, query) }, query.limit);
}

/** A page of what the filter finds, changed last first. */
async function pageOfListed(filter: QueryFilter<Stored>, limit: number) {
  const found = await findMarks(filter)
    .sort({ updatedAt: -1, _id: -1 })
    .limit(limit + 1);
  const { items, ...page } = pageFrom(found, limit, (last) => [last.updatedAt.getTime(), String(last._id)]);
  return { ...page, items: await complete(items, filter) };
}

/** What the member owns or edits, with what can be done to it, which depends on the review. @throws badCursor */
export async function listOwn(member: Member, query: ListQuery) {
  const found = await ResourceModel.find({ $and: conditionsOf(member, { ...query, mine: true }) }, ownFields)
    .sort({ updatedAt: -1, _id: -1 })
    .limit(query.limit + 1)
    .lean();
  return pageFrom(found, query.limit, (last) => [last.updatedAt.getTime(), String(last._id)]);
}

const conditionsOf = (member: Member, query: ListQuery): QueryFilter<Stored>[] => [
  filterFor<Stored>(member, 'read', 'resource'),
  ...stateFilter(member, query),
  ...(query.mine ? [{ makers: member.id }] : []),
  ...(query.kind ? [{ kind: query.kind }] : []),
  ...(query.organisation ? [{ organisation: query.organisation }] : []),
  ...(query.q ? [titleFilter(query.q, query.mine)] : []),
  ...(query.cursor === undefined ? [] : [placeAfter(query.cursor)]),
];

/** By the title that is shown: that a next draft has another one is nothing that readers may find out. */
function titleFilter(q: string, mine: boolean): QueryFilter<Stored> {
  const part = new RegExp(q.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'i');
  const draft = { 'draft.title': part };
  return { $or: [{ 'published.title': part }, mine ? draft : { ...draft, published: null }] };
}

/**
 * The state that the member sees (`frame`): for a reader, what is published stays so while its next draft is written.
 * Without a wish, tombstones are left out, except among one's own.
 */
function stateFilter(member: Member, { state, mine }: ListQuery): QueryFilter<Stored>[] {
  if (state === undefined) return mine ? [] : [{ state: { $ne: 'withdrawn' } }];
  if (state === 'withdrawn') return [{ state }];
  if (state === 'published') return [{ 'published.number': { $gte: 1 }, state: { $ne: 'withdrawn' } }];
  return [{ state }, filterFor<Stored>(member, 'preview', 'resource')];
}

/** Drafts that the member may decide, those that wait longest first. @throws badCursor */
export async function submissionsFor(member: Member, { limit, cursor }: Pick<ListQuery, 'limit' | 'cursor'>) {
  const [time, id] = cursor === undefined ? [0, '0'.repeat(24)] : fromCursor(cursor, 2);
  const since = new Date(Number(time));
  if (Number.isNaN(since.getTime()) || !/^[0-9a-f]{24}$/.test(String(id))) throw badCursor({});
  const found = await ResourceModel.find(
    {
      $and: [
        filterFor<Stored>(member, 'publish', 'resource'),
        { state: 'submitted' },
        {
          $or: [{ 'submitted.at': { $gt: since } }, { 'submitted.at': since, _id: { $gt: String(id) } }],
        },
      ],
    },
    { 'draft.files': 0, 'published.files': 0 },
  )
    .sort({ 'submitted.at': 1, _id: 1 })
    .limit(limit + 1)
    .lean();
  return pageFrom(found, limit, (last) => [last.submitted?.at.getTime() ?? 0, String(last._id)]);
}

/** Those of the resources that the member may read, by id; in the form of a list. */
export async function readableByIds(
  member: Member,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ListedResource>> {
  if (ids.length === 0) return new Map();
  const filter = { $and: [{ _id: { $in: [...ids] } }, filterFor<Stored>(member, 'read', 'resource')] };
  const found = await complete(await findMarks(filter), filter);
  return new Map(found.map((resource) => [String(resource._id), resource]));
}

/** Those of the resources that the member may read and that were not withdrawn, by id alone: of very many at once. */
export async function openAmong(member: Member, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const filter: QueryFilter<Stored>[] = [
    { _id: { $in: [...new Set(ids)] }, state: { $ne: 'withdrawn' } },
    filterFor<Stored>(member, 'read', 'resource'),
  ];
  const found = await ResourceModel.find({ $and: filter }, { _id: 1 }).lean();
  return new Set(found.map(({ _id }) => String(_id)));
}

/** Those of the resources that all readers of an audience, by its keys, may read and that were not withdrawn. */
export async function openToAllOf(
  audienceKeys: readonly string[],
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const wanted = { _id: { $in: [...new Set(ids)] }, state: { $ne: 'withdrawn' as const } };
  const found = await ResourceModel.find(wanted, { audienceKeys: 1 }).lean();
  return new Set(
    found.filter((one) => isForAllOf(audienceKeys, one.audienceKeys)).map(({ _id }) => String(_id)),
  );
}

/** The organisations that these resources belong to, by resource; those that are gone are missing. */
export async function organisationsOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await ResourceModel.find({ _id: { $in: [...new Set(ids)] } }, { organisation: 1 }).lean();
  return new Map(found.map(({ _id, organisation }) => [String(_id), organisation]));
}

/** A word that is looked for in titles and tags, or as one of the terms that it stands for. */
export interface TitleWord {
  readonly text: string;
  /** Codes of majors, courses, jobs and certificates. */
  readonly codes: readonly string[];
}

/**
 * Published resources that hold all of the words in their title, tags or terms, newest first: for when the search
 * index is away.
 * @throws badCursor
 */
export async function readableByTitle(
  member: Member,
  words: readonly TitleWord[],
  { limit, cursor }: { limit: number; cursor?: string | undefined },
) {
  const held = words.map(({ text, codes }) => {
    const like = { $regex: text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), $options: 'i' };
    const terms = ['majors', 'courses', 'jobs', 'certificates'].map((field) => ({
      [`published.${field}`]: { $in: [...codes] },
    }));
    return {
      $or: [{ 'published.title': like }, { 'published.tags': like }, ...(codes.length > 0 ? terms : [])],
    };
  });
  const conditions: QueryFilter<Stored>[] = [
    filterFor<Stored>(member, 'read', 'resource'),
    ...stateFilter(member, { limit, mine: false, state: 'published' }),
    ...held,
    ...(cursor === undefined ? [] : [placeAfter(cursor)]),
  ];
  return pageOfListed({ $and: conditions }, limit);
}
