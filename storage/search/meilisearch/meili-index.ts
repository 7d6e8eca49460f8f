import type { Meilisearch, MultiSearchQuery, RecordAny, Settings } from 'meilisearch';
import {
  type FacetCount,
  type Hit,
  type IndexSettings,
  type SearchAnswer,
  type SearchDocument,
  type SearchIndex,
  type SearchRequest,
  UnknownCursor,
} from '../search-index.ts';
import { done, reached } from './calls.ts';
import {
  decoded,
  encoded,
  facetField,
  matching,
  numberField,
  restriction,
  steps,
  termField,
  within,
} from './filters.ts';

/** Passages of a document stand in pieces of so many in an index of their own. */
const passagesPerPiece = 100;
const mostPieces = 200;
const documentsAtOnce = 500;

interface Piece {
  id: string;
  document: string;
  passages: SearchDocument['passages'];
}

type Row = RecordAny & { id: string; revision: number; stored: string };

export const passagesOf = (uid: string): string => `${uid}-passages`;

/** How the index must be set up; asked of the engine when it is opened. */
export function engineSettings({ fields, facets, numbers }: IndexSettings): Settings {
  const exact = (names: readonly string[], comparison: boolean) => ({
    attributePatterns: [...names],
    features: { facetSearch: false, filter: { equality: true, comparison } },
  });
  return {
    searchableAttributes: [],
    filterableAttributes: [
      exact(['id', 'audience', ...Object.keys(fields).map(termField), ...facets.map(facetField)], false),
      exact(['place', ...Object.keys(numbers).map(numberField)], true),
    ],
    sortableAttributes: ['id', 'place', ...Object.keys(numbers).map(numberField)],
    rankingRules: ['sort'],
    faceting: { maxValuesPerFacet: 1000 },
    pagination: { maxTotalHits: 1_000_000 },
  };
}

/** One index of Meilisearch, used as the set engine that it is at heart: our terms are filters, our order is theirs. */
export class MeiliIndex implements SearchIndex {
  readonly version: string;
  private readonly client: Meilisearch;
  private readonly settings: IndexSettings;
  /** Tells the newest among equals; the number that grows with recency. */
  private readonly newest: string | undefined;

  constructor(client: Meilisearch, settings: IndexSettings) {
    this.client = client;
    this.settings = settings;
    this.version = settings.version;
    this.newest = Object.entries(settings.numbers).find(([, { grows }]) => grows === 'recent')?.[0];
  }

  async apply({
    put = [],
    remove = [],
  }: {
    put?: readonly SearchDocument[];
    remove?: readonly string[];
  }): Promise<void> {
    const rows = this.client.index(this.version);
    const pieces = this.client.index(passagesOf(this.version));
    const gone = [...remove, ...put.map(({ id }) => id)];
    if (gone.length === 0) return;
    if (remove.length > 0) await done(rows.deleteDocuments(remove.map(rowId)));
    const filter = `document IN [${gone.map((id) => `"${encoded(id)}"`).join(', ')}]`;
    await done(pieces.deleteDocuments({ filter }));
    for (let at = 0; at < put.length; at += documentsAtOnce) {
      const some = put.slice(at, at + documentsAtOnce);
      const parts = some.flatMap(piecesOf);
      if (parts.length > 0) await done(pieces.addDocuments(parts as unknown as RecordAny[]));
      await done(rows.addDocuments(some.map((document) => this.rowOf(document))));
    }
  }

  async search(request: SearchRequest): Promise<SearchAnswer> {
    const [step, offset] = request.after === undefined ? [0, 0] : readCursor(request.after);
    const query = request.query ?? { groups: [], minimum: 0, excluded: [], lifts: [], needles: [] };
    const matches = matching(query, this.settings);
    const filter = (except?: string) => `${restriction(request, except)} AND ${matches}`;
    const byNumber = request.sort !== undefined && request.sort in this.settings.numbers;
    const order = byNumber || query.groups.length === 0 ? ['id EXISTS'] : steps(query, this.settings);
    const sort = [
      ...(byNumber
        ? [`${numberField(request.sort as string)}:desc`]
        : this.newest
          ? [`${numberField(this.newest)}:desc`]
          : []),
      'place:asc',
    ];
    const base = { indexUid: this.version, attributesToRetrieve: ['id', 'stored'] };
    const pages: MultiSearchQuery[] = order.slice(step).map((until, at) => {
      const before = order[step + at - 1];
      const only = before === undefined ? until : `${until} AND NOT ${before}`;
      return {
        ...base,
        filter: `${filter()} AND ${only}`,
        sort,
        limit: request.limit + 1,
        offset: at === 0 ? offset : 0,
      };
    });
    const counts = this.countQueries(request, filter);
    const total: MultiSearchQuery = { ...base, filter: filter(), limit: 0 };
    const { results } = await reached(
      this.client.multiSearch({ queries: [...pages, total, ...counts.map(({ query: each }) => each)] }),
    );
    const found: { row: Row; step: number; offset: number }[] = [];
    for (const [at, { hits }] of results.slice(0, pages.length).entries())
      for (const [n, row] of hits.entries())
        found.push({ row: row as Row, step: step + at, offset: (at === 0 ? offset : 0) + n });
    const page = found.slice(0, request.limit);
    const following = found[request.limit];
    const facets: Record<string, FacetCount[]> = {};
    const buckets: Record<string, number[]> = {};
    counts.forEach((count, at) => {
      const result = results[pages.length + 1 + at];
      count.take(result?.facetDistribution ?? {}, result?.estimatedTotalHits ?? 0, facets, buckets);
    });
    return {
      hits: await this.hitsOf(
        page.map(({ row }) => row),
        query.needles,
        request.passages ?? 0,
      ),
      total: results[pages.length]?.estimatedTotalHits ?? 0,
      facets,
      buckets,
      ...(following && { next: writeCursor(following.step, following.offset) }),
    };
  }

  async revisions(after: string, limit: number): Promise<{ id: string; revision: number }[]> {
    const found: { id: string; revision: number }[] = [];
    for (let offset = 0; found.length < limit; ) {
      const { hits } = await reached(
        this.client.index<Row>(this.version).search('', {
          filter: `place >= ${placeOf(after)}`,
          sort: ['place:asc', 'id:asc'],
          attributesToRetrieve: ['id', 'revision'],
          offset,
          limit: documentsAtOnce,
        }),
      );
      for (const { id, revision } of hits) if (decoded(id) > after) found.push({ id: decoded(id), revision });
      offset += hits.length;
      if (hits.length < documentsAtOnce) break;
    }
    return found.slice(0, limit);
  }

  /** One query for every facet that is filtered by, one for all others, one for every range. */
  private countQueries(request: SearchRequest, filter: (except?: string) => string) {
    const counts: {
      query: MultiSearchQuery;
      take: (
        distribution: Record<string, Record<string, number>>,
        total: number,
        facets: Record<string, FacetCount[]>,
        buckets: Record<string, number[]>,
      ) => void;
    }[] = [];
    const wanted = request.facets ?? [];
    const filtered = wanted.filter((name) => name in (request.filters ?? {}));
    const free = wanted.filter((name) => !filtered.includes(name));
    for (const names of [free, ...filtered.map((name) => [name])]) {
      if (names.length === 0) continue;
      const [only] = names;
      counts.push({
        query: {
          indexUid: this.version,
          filter: names === free ? filter() : filter(only),
          facets: names.map(facetField),
          limit: 0,
        },
        take: (distribution, _total, facets) => {
          for (const name of names) facets[name] = countsIn(distribution[facetField(name)] ?? {});
        },
      });
    }
    for (const [name, ranges] of Object.entries(request.buckets ?? {}))
      for (const [at, { from, to }] of ranges.entries())
        counts.push({
          query: {
            indexUid: this.version,
            filter: `${filter(name)} AND ${within(name, from, to)}`,
            limit: 0,
          },
          take: (_distribution, total, _facets, buckets) => {
            const counted = buckets[name] ?? [];
            counted[at] = total;
            buckets[name] = counted;
          },
        });
    return counts;
  }

  /** The hits with their best passages: those of a page are read and looked through here. */
  private async hitsOf(rows: readonly Row[], needles: readonly string[], most: number): Promise<Hit[]> {
    const passages = new Map<string, Hit['passages']>();
    if (rows.length > 0 && needles.length > 0 && most > 0) {
      const { hits } = await reached(
        this.client.index<Piece & RecordAny>(passagesOf(this.version)).search('', {
          filter: `document IN [${rows.map(({ id }) => `"${id}"`).join(', ')}]`,
          limit: mostPieces,
        }),
      );
      const all = new Map<string, SearchDocument['passages'][number][]>();
      for (const piece of [...hits].sort((a, b) => (a.id < b.id ? -1 : 1)))
        all.set(piece.document, [...(all.get(piece.document) ?? []), ...piece.passages]);
      for (const [document, texts] of all) passages.set(document, bestOf(texts, needles, most));
    }
    return rows.map(({ id, stored }) => ({ id: decoded(id), stored, passages: passages.get(id) ?? [] }));
  }

  private rowOf({ id, revision, stored, audience, terms, facets, numbers }: SearchDocument): RecordAny {
    const row: RecordAny = {
      id: rowId(id),
      place: placeOf(id),
      revision,
      stored,
      audience: audience.map(encoded),
    };
    for (const field of Object.keys(this.settings.fields))
      row[termField(field)] = (terms[field] ?? []).map(encoded);
    for (const facet of this.settings.facets) row[facetField(facet)] = (facets[facet] ?? []).map(encoded);
    for (const number of Object.keys(this.settings.numbers)) row[numberField(number)] = numbers[number] ?? 0;
    return row;
  }
}

/** Identifiers of documents may hold letters and digits only. */
const rowId = encoded;

/** A number that grows with the identifier, so that lists can go on after one: its first characters. */
function placeOf(id: string): number {
  if (/^[0-9a-f]{24}$/.test(id)) return Number.parseInt(id.slice(0, 13), 16);
  return Number.parseInt(encoded(id).slice(0, 12).padEnd(12, '0'), 16);
}

function piecesOf({ id, passages }: SearchDocument): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < passages.length; at += passagesPerPiece)
    pieces.push({
      id: `${encoded(id)}-${String(at / passagesPerPiece).padStart(6, '0')}`,
      document: encoded(id),
      passages: passages.slice(at, at + passagesPerPiece),
    });
  return pieces;
}

function bestOf(
  texts: SearchDocument['passages'],
  needles: readonly string[],
  most: number,
): Hit['passages'] {
  return texts
    .map(({ text, folded, place }, n) => ({
      passage: { text, place },
      n,
      hits: needles.filter((needle) => folded.includes(needle)).length,
    }))
    .filter(({ hits }) => hits > 0)
    .sort((a, b) => b.hits - a.hits || a.n - b.n)
    .slice(0, most)
    .map(({ passage }) => passage);
}

function countsIn(distribution: Record<string, number>): FacetCount[] {
  return Object.entries(distribution)
    .map(([value, count]) => ({ value: decoded(value), count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

function writeCursor(step: number, offset: number): string {
  return Buffer.from(JSON.stringify(['m', step, offset])).toString('base64url');
}

function readCursor(text: string): [step: number, offset: number] {
  try {
    const [mark, step, offset] = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (mark === 'm' && [step, offset].every((n) => Number.isInteger(n) && n >= 0)) return [step, offset];
  } catch (cause) {
    throw new UnknownCursor('This is no cursor of the index', { cause });
  }
  throw new UnknownCursor('This is no cursor of the index');
}
