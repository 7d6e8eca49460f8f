import type { Alternative, CountRequest, Group, IndexSettings, Query } from '../search-index.ts';
import { encoded, type TermPlaces, type Way } from './terms.ts';

/** Queries as filter expressions. The engine takes ten times longer to read a condition than one more value of an `IN`. */

export const facetField = (facet: string): string => `facet_${facet}`;
export const numberField = (number: string): string => `number_${number}`;

const oneOf = (attribute: string, values: readonly string[]): string => `${attribute} IN [${values.join()}]`;

/** Never true, always true. */
const nothing = oneOf('id', []);
const everything = 'id EXISTS';

const all = (parts: readonly string[]): string => join(parts, 'AND', everything);
const any = (parts: readonly string[]): string => join(parts, 'OR', nothing);

function join(parts: readonly string[], word: 'AND' | 'OR', none: string): string {
  const [first] = parts;
  if (first === undefined) return `(${none})`;
  return parts.length === 1 ? first : `(${parts.join(` ${word} `)})`;
}

/** At least one of the ways is met: those that ask for one term are asked for together. */
function anyOf(ways: readonly Way[], places: TermPlaces): string {
  const found = ways.flatMap((way) => places.askedFor(way));
  const single = found.flatMap((terms) => (terms.length === 1 ? terms : []));
  const several = found.filter(({ length }) => length !== 1);
  return any([
    ...(single.length > 0 ? [oneOf('terms', single)] : []),
    ...several.map((terms) => all(terms.map((term) => oneOf('terms', [term])))),
  ]);
}

/** The documents with these identifiers, as the engine has them. */
export const among = (ids: readonly string[], attribute = 'id'): string => oneOf(attribute, ids);

/** Who may see it, and the filters, all or all but one. */
export function restriction(request: CountRequest, except?: string): string {
  const parts: string[] = [];
  if (request.audience !== 'all') parts.push(oneOf('audience', request.audience.map(encoded)));
  for (const [name, values] of Object.entries(request.filters ?? {}))
    if (name !== except) parts.push(oneOf(facetField(name), values.map(encoded)));
  for (const [name, { from, to }] of Object.entries(request.ranges ?? {}))
    if (name !== except) parts.push(within(name, from, to));
  return all(parts);
}

export function within(name: string, from: number | undefined, to: number | undefined): string {
  const parts: string[] = [];
  if (from !== undefined) parts.push(`${numberField(name)} >= ${from}`);
  if (to !== undefined) parts.push(`${numberField(name)} < ${to}`);
  return all(parts);
}

/** What filters are made with. */
export interface Making {
  readonly settings: IndexSettings;
  readonly places: TermPlaces;
  /** Of words whose very text counts: the documents that hold it in their passages, where that was looked up. */
  readonly verified: ReadonlyMap<Group, readonly string[]>;
}

/** Documents that may hold the very text of a word in their passages, as far as terms tell. */
export function mayHold({ any: alternatives }: Group, passageField: string, places: TermPlaces): string {
  return anyOf(
    alternatives
      .filter(({ fields }) => fields?.includes(passageField) ?? true)
      .map(({ terms }) => ({ terms, fields: [passageField] })),
    places,
  );
}

/** What matches the query at all. */
export function matching(query: Query, making: Making): string {
  const groups = query.groups.map((group) => groupFilter(group, making, 0));
  return all([...(groups.length > 0 ? [atLeast(groups, query.minimum)] : []), ...excluded(query, making)]);
}

const excluded = (query: Query, making: Making): string[] =>
  query.excluded.map((group) => `NOT ${groupFilter(group, making, 0)}`);

/** Words of which some may be missing: their combinations grow beyond measure with their number. */
const mostOptional = 6;

/** The query with so few words that a filter can tell whether enough of them match; the longest tell the most. */
export function bounded(query: Query): Query {
  const { groups, minimum } = query;
  if (minimum >= groups.length || groups.length <= mostOptional) return query;
  const lengthOf = ({ any: [first] }: Group) => first?.terms.join('').length ?? 0;
  const kept = [...groups].sort((a, b) => lengthOf(b) - lengthOf(a)).slice(0, mostOptional);
  const enough = Math.max(1, Math.round((minimum * mostOptional) / groups.length));
  return { ...query, groups: groups.filter((group) => kept.includes(group)), minimum: enough };
}

/** Different grades of a match that are told apart when every word matches, and when some do not. */
const mostGrades = 16;
const gradesOfFewer = 2;

/**
 * The same, best first, in steps; a document may stand in several. First those in which every word is met, then, each
 * in a list of its own, those in which fewer are. In a step they are met in a way that earns at least so much, and the
 * last of a list holds all those before. Those that are lifted come first.
 */
export function steps(query: Query, making: Making): string[][] {
  const { groups, minimum } = query;
  if (groups.length === 0) return [[matching(query, making)]];
  const levels: string[][] = [];
  const lifted = anyOf(
    query.lifts.map(({ field, terms }) => ({ terms, fields: [field] })),
    making.places,
  );
  // What lifts stands in a field, and with it mostly what matches: who asks for less has met those already.
  const liftedFrom = Math.min(...query.lifts.map(({ field }) => making.settings.fields[field] ?? 0));
  const without = excluded(query, making);
  for (let enough = groups.length; enough >= minimum; enough--) {
    const isAll = enough === groups.length;
    const found: string[] = [];
    for (const earned of grades(query, making.settings, isAll ? mostGrades : gradesOfFewer)) {
      const ways = groups.map((group) => groupFilter(group, making, earned));
      const step = all([atLeast(ways, enough), ...without]);
      if (isAll && earned >= liftedFrom) found.push(`(${step} AND ${lifted})`);
      found.push(step);
    }
    levels.push(found);
  }
  return levels;
}

/** What matches of the words can earn, most first; evenly thinned out when there are many. */
function grades(query: Query, settings: IndexSettings, most: number): number[] {
  const earned = new Set<number>();
  for (const { any: alternatives } of query.groups)
    for (const { weight, fields = Object.keys(settings.fields) } of alternatives)
      for (const field of fields) earned.add((settings.fields[field] ?? 0) * weight);
  const sorted = [...earned].sort((a, b) => b - a);
  const step = Math.max(1, sorted.length / most);
  const kept = sorted.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
  const least = sorted.at(-1);
  return least === undefined || kept.includes(least) ? kept : [...kept, least];
}

function groupFilter(group: Group, { settings, places, verified }: Making, earned: number): string {
  const ids = verified.get(group);
  const fieldsOf = ({ weight, fields = Object.keys(settings.fields) }: Alternative) =>
    fields.filter((field) => (settings.fields[field] ?? -1) * weight >= earned);
  const ways = group.any.map((alternative) => ({ terms: alternative.terms, fields: fieldsOf(alternative) }));
  if (ids === undefined) return anyOf(ways, places);
  const { passageField } = settings;
  const elsewhere = ways.map(({ terms, fields }) => ({
    terms,
    fields: fields.filter((field) => field !== passageField),
  }));
  const isRead = ways.some(({ fields }) => fields.includes(passageField));
  return any([...(isRead ? [among(ids)] : []), anyOf(elsewhere, places)]);
}

/** At least `enough` of the filters hold: so many of one half and the rest of the other. That repeats the fewest. */
function atLeast(filters: readonly string[], enough: number): string {
  if (enough <= 0) return everything;
  if (filters.length < enough) return `(${nothing})`;
  if (filters.length === enough) return all(filters);
  if (enough === 1) return any(filters);
  const half = Math.floor(filters.length / 2);
  const [left, right] = [filters.slice(0, half), filters.slice(half)];
  const ways: string[] = [];
  for (let some = Math.max(0, enough - right.length); some <= Math.min(enough, left.length); some++) {
    const both = [some > 0 && atLeast(left, some), some < enough && atLeast(right, enough - some)];
    ways.push(all(both.filter((part) => part !== false)));
  }
  return any(ways);
}
