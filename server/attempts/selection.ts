import type { QueryFilter } from 'mongoose';
import type { z } from 'zod';
import { Id } from '../http/contract.ts';
import { badCursor, fromCursor, pageFrom } from '../http/index.ts';
import { type NamedPerson, peopleByName } from '../members/index.ts';
import type { exportResults } from './contract.ts';
import { AttemptModel, type StoredAttempt, type StoredResult } from './model.ts';

/** What results are narrowed to, and their order. */
export type Wanted = z.infer<typeof exportResults.query>;

type Filter = QueryFilter<StoredAttempt>;
type Place = { value: string | number; id: string };
interface Page {
  items: StoredResult[];
  next?: string;
}

export const learnt = { reached: { $exists: true } } as const;
export const fields = { cmi: 0 } as const;

/** Members whose results are read at a time for a list by name. */
const some = 25;
/** After every name: results of people who are no longer there. */
const nameless = '\uffff';

/** Members of whom there are such results. */
export const learners = (filter: Filter): Promise<string[]> =>
  AttemptModel.distinct('member', { ...filter, ...learnt });

const stateFilter = (state: Wanted['state']): Filter =>
  state === 'passed' || state === 'failed'
    ? { 'reached.success': state }
    : state === undefined
      ? {}
      : { 'reached.completion': state };

/** A page of the results with a resource, as wanted, from where a cursor points. @throws badCursor */
export async function someResults(
  resource: string,
  { q, state, organisation, sort }: Wanted,
  limit: number,
  cursor: string | undefined,
): Promise<Page> {
  const filter: Filter = { resource, ...learnt, ...stateFilter(state) };
  const after = cursor === undefined ? undefined : placeIn(cursor, sort);
  const isNarrowed = Boolean(q) || organisation !== undefined;
  const isByName = sort === 'name' || sort === 'name-descending';
  const everybody = isNarrowed || isByName ? await learners(filter) : [];
  const people = everybody.length > 0 ? await peopleByName(everybody, { q, organisation }) : [];
  if (isByName) {
    return byName(filter, isNarrowed ? people : withNameless(people, everybody), sort, limit, after);
  }
  if (isNarrowed) filter.member = { $in: people.map(({ id }) => id) };
  return sort === 'latest' || sort === 'earliest'
    ? byTime(filter, sort, limit, after)
    : byScore(filter, sort, limit, after);
}

/** Where a list goes on; a cursor of another order points nowhere in this one. */
function placeIn(cursor: string, sort: Wanted['sort']): Place {
  const [made, value = '', id] = fromCursor(cursor, 3);
  const isTime = sort === 'latest' || sort === 'earliest';
  const isKnown = !isTime || !Number.isNaN(new Date(Number(value)).getTime());
  if (made !== sort || !isKnown || !Id.safeParse(id).success) throw badCursor({});
  return { value, id: String(id) };
}

const find = (filter: Filter[], sort: Record<string, 1 | -1>, limit: number): Promise<StoredResult[]> =>
  AttemptModel.find({ $and: filter }, fields).sort(sort).limit(limit).lean<StoredResult[]>();

async function byTime(
  filter: Filter,
  sort: 'latest' | 'earliest',
  limit: number,
  after?: Place,
): Promise<Page> {
  const [direction, beyond] = sort === 'latest' ? ([-1, '$lt'] as const) : ([1, '$gt'] as const);
  const updatedAt = after && new Date(Number(after.value));
  const rest = updatedAt && {
    $or: [{ updatedAt: { [beyond]: updatedAt } }, { updatedAt, _id: { [beyond]: after.id } }],
  };
  const found = await find(
    [filter, ...(rest ? [rest] : [])],
    { updatedAt: direction, _id: direction },
    limit + 1,
  );
  return pageFrom(found, limit, (last) => [sort, last.updatedAt.getTime(), String(last._id)]);
}

/** What has no score comes last, whichever way the others are ordered: who looks for the lowest means a score. */
async function byScore(
  filter: Filter,
  sort: 'highest' | 'lowest',
  limit: number,
  after?: Place,
): Promise<Page> {
  const [direction, beyond] = sort === 'highest' ? ([-1, '$lt'] as const) : ([1, '$gt'] as const);
  const order = { 'reached.score': direction, _id: direction };
  const isPast = after?.value === '';
  const score = Number(after?.value);
  const rest = after && {
    $or: [{ 'reached.score': { [beyond]: score } }, { 'reached.score': score, _id: { [beyond]: after.id } }],
  };
  const scored = isPast
    ? []
    : await find([filter, { 'reached.score': { $ne: null } }, ...(rest ? [rest] : [])], order, limit + 1);
  const restOfUnscored = isPast ? [{ _id: { [beyond]: after.id } }] : [];
  const unscored =
    scored.length > limit
      ? []
      : await find(
          [filter, { 'reached.score': null }, ...restOfUnscored],
          { _id: direction },
          limit + 1 - scored.length,
        );
  return pageFrom([...scored, ...unscored], limit, (last) => [
    sort,
    last.reached.score ?? '',
    String(last._id),
  ]);
}

const withNameless = (people: NamedPerson[], everybody: string[]): NamedPerson[] => {
  const known = new Set(people.map(({ id }) => id));
  const gone = everybody.filter((id) => !known.has(id));
  return [...people, ...gone.map((id) => ({ id, sortName: nameless }))];
};

/** Member by member, the parts of each in the order in which they were begun. */
async function byName(
  filter: Filter,
  people: readonly NamedPerson[],
  sort: 'name' | 'name-descending',
  limit: number,
  after?: Place,
): Promise<Page> {
  const sign = sort === 'name' ? 1 : -1;
  // Looked for by name, not only by identifier: whoever the cursor points to may have no result any more.
  const [name = '', who = ''] = after ? String(after.value).split('\n') : [];
  const order = (one: NamedPerson, other: NamedPerson) =>
    sign * (compare(one.sortName, other.sortName) || compare(one.id, other.id));
  const last = { sortName: name, id: who };
  const ahead = people.filter((one) => !after || order(one, last) >= 0).toSorted(order);
  const nameOf = new Map(people.map(({ id, sortName }) => [id, sortName]));
  const found: StoredResult[] = [];
  for (let at = 0; at < ahead.length && found.length <= limit; at += some) {
    const ids = ahead.slice(at, at + some).map(({ id }) => id);
    const theirs = await find([filter, { member: { $in: ids } }], { _id: 1 }, 0);
    const isSeen = (one: StoredResult) => one.member === who && String(one._id) <= (after?.id ?? '');
    for (const id of ids) found.push(...theirs.filter((one) => one.member === id && !isSeen(one)));
  }
  return pageFrom(found, limit, (last) => [
    sort,
    `${nameOf.get(last.member) ?? ''}\n${last.member}`,
    String(last._id),
  ]);
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
