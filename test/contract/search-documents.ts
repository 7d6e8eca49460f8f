import type {
  Group,
  IndexSettings,
  Query,
  SearchAnswer,
  SearchDocument,
  SearchIndex,
  SearchRequest,
} from '../../storage/search/search-index.ts';

/** Documents and questions for trying out a search index. */

export const day = 86_400_000;

export const settings: IndexSettings = {
  version: 'contract-1',
  fields: { title: 10, summary: 4, body: 1 },
  passageField: 'body',
  facets: ['kind', 'major'],
  numbers: { publishedAt: { gain: 0.3, grows: 'recent', full: 30 * day }, uses: {} },
};

export const now = 1000 * day;

/** A document whose fields are given as words set apart by spaces. */
export function document(
  id: string,
  text: { title?: string; summary?: string; body?: string } = {},
  rest: Partial<SearchDocument> = {},
): SearchDocument {
  return {
    id,
    revision: 1,
    audience: ['public'],
    terms: Object.fromEntries(Object.entries(text).map(([field, words]) => [field, words.split(' ')])),
    facets: {},
    numbers: {},
    stored: JSON.stringify({ id }),
    passages: [],
    ...rest,
  };
}

export const word = (...terms: string[]): Group => ({ any: [{ terms, weight: 1 }] });

export function query(groups: Group[], rest: Partial<Query> = {}): Query {
  return { groups, minimum: groups.length, excluded: [], lifts: [], needles: [], ...rest };
}

export function find(index: SearchIndex, words: string | Query, rest: Partial<SearchRequest> = {}) {
  const asked = typeof words === 'string' ? query(words.split(' ').map((each) => word(each))) : words;
  return index.search({ audience: ['public'], query: asked, limit: 20, now, ...rest });
}

export const ids = (answer: SearchAnswer) => answer.hits.map(({ id }) => id);
