import {
  type CountRequest,
  everything,
  type Query,
  type Range,
  type SearchAnswer,
  type SearchIndex,
  type SearchRequest,
} from '../../storage/search/search-index.ts';
import { audienceKeysOf, type Member } from '../access/index.ts';
import { dayAfter, dayOf, startOf } from '../calendar.ts';
import { badCursor, fromCursor, toCursor } from '../http/index.ts';
import {
  foldWithPlaces,
  looserReadings,
  type PlannedQuery,
  planQuery,
  type QueryText,
  readQuery,
  type Strictness,
} from './analysis/index.ts';
import { type Facet, facets, type SearchQuestion, type Sort, sizeSteps, strictnesses } from './contract.ts';
import type { SearchRoom } from './room.ts';

export interface Asked {
  q: string;
  sort?: Sort | undefined;
  limit: number;
  cursor?: string | undefined;
  filters: Readonly<Partial<Record<Facet, readonly string[]>>>;
  ranges?: Readonly<Partial<Record<'publishedAt' | 'size', Range>>>;
}

/** A question as the contract reads it, taken apart. */
export function askedBy(question: SearchQuestion): Omit<Asked, 'limit' | 'cursor'> {
  const { q, sort, publishedFrom, publishedTo, sizeFrom, sizeTo, ...filters } = question;
  const published = rangeOf(
    publishedFrom === undefined ? undefined : startOf(publishedFrom).getTime(),
    publishedTo === undefined ? undefined : startOf(dayAfter(publishedTo)).getTime(),
  );
  const size = rangeOf(sizeFrom, sizeTo);
  return {
    q,
    sort,
    filters,
    ranges: { ...(published && { publishedAt: published }), ...(size && { size }) },
  };
}

function rangeOf(from: number | undefined, to: number | undefined): Range | undefined {
  if (from === undefined && to === undefined) return undefined;
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

/** The sizes that are counted, smallest first. */
export const sizeRanges: readonly Range[] = [undefined, ...sizeSteps].map(
  (from, at) => rangeOf(from, sizeSteps[at]) ?? {},
);

export interface Found {
  readonly answer: SearchAnswer;
  /** What the hits answer to, synonyms included; and of it the searcher's own words. */
  readonly needles: readonly string[];
  readonly own: readonly string[];
  readonly strictness: Strictness;
  /** Words as typed that nothing has which the member may find; told where the answer makes do with some of them. */
  readonly missing?: readonly string[];
  readonly didYouMean?: { text: string; answered: boolean };
  readonly next?: string;
}

/** With fewer hits than this, the query is also taken less strictly, and its spelling is looked at. */
const few = 3;
const passagesPerHit = 3;

const sortNumbers: Record<Exclude<Sort, 'relevance'>, string> = {
  newest: 'publishedAt',
  'most-used': 'uses',
  'best-rated': 'rating',
};

/**
 * Finds what a member may find. The strictest way that finds enough answers; later pages keep to it.
 * @throws badCursor; SearchUnavailable
 */
export async function search(
  room: SearchRoom,
  index: SearchIndex,
  member: Member,
  asked: Asked,
): Promise<Found> {
  const place = asked.cursor === undefined ? undefined : readPlace(asked.cursor);
  const text = readQuery(place?.corrected ?? asked.q, room.analysis.dictionary);
  const ask = (query: Query | undefined, after?: string) =>
    index.search({ ...requestOf(member, asked, query !== undefined, room.now()), query, after });
  const plan = (strictness: Strictness, from: QueryText = text) =>
    planQuery(from, strictness, room.analysis.dictionary, room.words.synonymsOf);

  if (place) {
    const query = plan(place.strictness);
    const answer = await ask(query, place.after);
    return found(answer, query, place.strictness, place.corrected);
  }
  const query = plan('words');
  const answer = await ask(query);
  if (query === undefined || answer.total >= few) return found(answer, query, 'words');

  const corrected = correctionOf(room, text);
  if (corrected !== undefined) {
    const other = plan('words', readQuery(corrected, room.analysis.dictionary));
    if (answer.total === 0) {
      const answered = await ask(other);
      if (answered.total > 0)
        return {
          ...found(answered, other, 'words', corrected),
          didYouMean: { text: corrected, answered: true },
        };
    } else if ((await index.total({ ...scopeOf(member, asked), query: other })) > answer.total)
      return { ...found(answer, query, 'words'), didYouMean: { text: corrected, answered: false } };
  }

  const looser = looserReadings(query, text, room.analysis.dictionary, room.words.synonymsOf).filter(
    ({ strictness }) => answer.total < enough(strictness),
  );
  const loosened = await index.searchInTurn(
    requestOf(member, asked, true, room.now()),
    looser.map(({ query, strictness }) => ({ query, ifFewerThan: enough(strictness) })),
  );
  const chosen = loosened && looser[loosened.at];
  if (!chosen || loosened.total <= answer.total) return found(answer, query, 'words');
  const isPartial = answer.total === 0 && (chosen.strictness === 'half' || chosen.strictness === 'any');
  const missing = isPartial ? await missingWords(index, member, asked, chosen.query) : [];
  return { ...found(loosened, chosen.query, chosen.strictness), ...(missing.length > 0 && { missing }) };
}

/** The words of a query that nothing has where the member looks, as they were typed. */
async function missingWords(
  index: SearchIndex,
  member: Member,
  asked: Asked,
  { words, groups }: PlannedQuery,
): Promise<string[]> {
  const scope = scopeOf(member, asked);
  const totals = await Promise.all(
    groups
      .slice(0, words.length)
      .map((group) => index.total({ ...scope, query: { ...everything, groups: [group], minimum: 1 } })),
  );
  const { folded, startOf, endOf } = foldWithPlaces(asked.q);
  const typed = (word: string) => {
    const at = folded.indexOf(word);
    return at < 0 ? word : asked.q.slice(startOf(at), endOf(at + word.length - 1));
  };
  return [...new Set(words.filter((_, at) => totals[at] === 0))].map(typed);
}

/** Any single word is little: it is for those who would get nothing. */
const enough = (strictness: Strictness): number => (strictness === 'any' ? 1 : few);

/** How many hits of a question, as it was typed, the member may see that were published since. @throws SearchUnavailable */
export async function countSince(
  room: SearchRoom,
  index: SearchIndex,
  member: Member,
  question: SearchQuestion,
  since: Date,
): Promise<number> {
  const { dictionary } = room.analysis;
  const asked = { ...askedBy(question), limit: 1 };
  const query = planQuery(readQuery(asked.q, dictionary), 'words', dictionary, room.words.synonymsOf);
  const publishedAt = asked.ranges?.publishedAt;
  const from = Math.max(since.getTime(), publishedAt?.from ?? 0);
  const ranges = { ...asked.ranges, publishedAt: { ...publishedAt, from } };
  return index.total({ ...scopeOf(member, { ...asked, ranges }), query });
}

/** The query with its misspelled words put right; operators and quotations are left alone. */
function correctionOf({ analysis }: SearchRoom, text: QueryText): string | undefined {
  if (text.words.some(({ quoted }) => quoted) || text.excluded.length + text.values.length > 0)
    return undefined;
  const corrected = text.bare.map(
    (bare) => analysis.speller.correctText(analysis.dictionary.cut(bare)) ?? bare,
  );
  return corrected.every((bare, at) => bare === text.bare[at]) ? undefined : corrected.join(' ');
}

/** Where a member looks, whatever the words are. */
function scopeOf(member: Member, asked: Asked): Omit<CountRequest, 'query'> {
  const filters = Object.entries(asked.filters).filter(([, values]) => values.length > 0);
  return {
    audience: audienceKeysOf(member),
    filters: Object.fromEntries(filters),
    ranges: asked.ranges ?? {},
  };
}

function requestOf(
  member: Member,
  asked: Asked,
  hasWords: boolean,
  now: number,
): Omit<SearchRequest, 'query' | 'after'> {
  // Without words there is no relevance: the newest come first.
  const sort = asked.sort ?? (hasWords ? 'relevance' : 'newest');
  return {
    ...scopeOf(member, asked),
    facets,
    buckets: { size: sizeRanges },
    sort: sort === 'relevance' ? undefined : sortNumbers[sort],
    limit: asked.limit,
    passages: hasWords ? passagesPerHit : 0,
    now: startOfDay(now),
  };
}

/** In ms since 1970; it is what counts as now, so that the same question has the same answer all day. */
export const startOfDay = (now: number): number => startOf(dayOf(new Date(now))).getTime();

function found(
  answer: SearchAnswer,
  query: PlannedQuery | undefined,
  strictness: Strictness,
  corrected = '',
): Found {
  return {
    answer,
    needles: query?.needles ?? [],
    own: query?.own ?? [],
    strictness,
    ...(answer.next !== undefined && {
      next: toCursor([strictnesses.indexOf(strictness), corrected, answer.next]),
    }),
  };
}

function readPlace(cursor: string): { strictness: Strictness; corrected?: string; after: string } {
  const [at, corrected, after] = fromCursor(cursor, 3);
  const strictness = typeof at === 'number' ? strictnesses[at] : undefined;
  if (strictness === undefined || typeof corrected !== 'string' || typeof after !== 'string')
    throw badCursor({});
  return { strictness, after, ...(corrected !== '' && { corrected }) };
}
