import type { Meilisearch, MultiSearchQuery, RecordAny } from 'meilisearch';
import {
  type FacetCount,
  type Group,
  type Hit,
  type IndexSettings,
  mostFacetValues,
  type Query,
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
  mayHold,
  numberField,
  restriction,
  steps,
  termField,
  within,
} from './filters.ts';

/** Passages of a document stand in pieces of so many in an index of their own. */
const passagesPerPiece = 100;
const mostPieces = 200;
/** Documents, and pieces of theirs, that are read to make sure that a text stands in them as it is. */
const verifiedAtMost = 200;
const verifiedPieces = 1000;
const documentsAtOnce = 500;
/** Signs that are sent in one request: the engine takes 100 MiB by default. */
const signsAtOnce = 10_000_000;
/** About what a term takes in hexadecimal digits. */
const signsOfTerm = 20;

interface Piece {
  id: string;
  document: string;
  passages: SearchDocument['passages'];
}

type Row = RecordAny & { id: string; revision: number; stored: string };
type NewRow = Row & { size: number };

export const passagesOf = (uid: string): string => `${uid}-passages`;

/** One index of Meilisearch, used as the set engine that it is at heart: our terms are filters, our order is theirs. */
export class MeiliIndex implements SearchIndex {
  readonly version: string;
  private readonly client: Meilisearch;
  private readonly searcher: Meilisearch;
  private readonly settings: IndexSettings;
  /** Tells the newest among equals; the number that grows with recency. */
  private readonly newest: string | undefined;

  /** `client` may change the index, `searcher` only asks. */
  constructor(client: Meilisearch, searcher: Meilisearch, settings: IndexSettings) {
    this.client = client;
    this.searcher = searcher;
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
    const filter = `document IN [${gone.map((id) => `"${encoded(id)}"`).join(', ')}]`;
    const parts = inLoads(put.flatMap(piecesOf), ({ passages }) =>
      passages.reduce((sum, { text, folded }) => sum + text.length + folded.length, 0),
    );
    const documents = inLoads(
      put.map((document) => this.rowOf(document)),
      (row) => row.stored.length + row.size,
    );
    await done(
      () => pieces.deleteDocuments({ filter }),
      ...parts.map((some) => () => pieces.addDocuments(some as unknown as RecordAny[])),
      ...(remove.length > 0 ? [() => rows.deleteDocuments(remove.map(rowId))] : []),
      ...documents.map((some) => () => rows.addDocuments(some.map(({ size, ...row }) => row))),
    );
  }

  async search(request: SearchRequest): Promise<SearchAnswer> {
    const [step, offset] = request.after === undefined ? [0, 0] : readCursor(request.after);
    const query = request.query ?? { groups: [], minimum: 0, excluded: [], lifts: [], needles: [] };
    const making = { settings: this.settings, verified: await this.verify(query, restriction(request)) };
    const matches = matching(query, making);
    const filter = (except?: string) => `${restriction(request, except)} AND ${matches}`;
    const byNumber = request.sort !== undefined && request.sort in this.settings.numbers;
    const order = byNumber || query.groups.length === 0 ? ['id EXISTS'] : steps(query, making);
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
      this.searcher.multiSearch({ queries: [...pages, total, ...counts.map(({ query: each }) => each)] }),
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
        this.searcher.index<Row>(this.version).search('', {
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

  /**
   * The engine knows which terms stand in the passages, not where: for a text that must stand there as it is, the
   * passages of those that may hold it are read. With too many of them their terms are trusted.
   */
  private async verify(query: Query, filter: string): Promise<Map<Group, string[]>> {
    const verified = new Map<Group, string[]>();
    for (const group of [...query.groups, ...query.excluded]) {
      const { exactly } = group;
      if (exactly === undefined) continue;
      const candidates = await reached(
        this.searcher.index<Row>(this.version).search('', {
          filter: `${filter} AND ${mayHold(group, this.settings)}`,
          attributesToRetrieve: ['id'],
          limit: verifiedAtMost + 1,
        }),
      );
      if (candidates.hits.length > verifiedAtMost) continue;
      const ids = candidates.hits.map(({ id }) => id);
      const texts = await this.passagesOf(ids, verifiedPieces);
      const holding = ids.filter((id) => texts.get(id)?.some(({ folded }) => folded.includes(exactly)));
      verified.set(group, holding);
    }
    return verified;
  }

  /** The passages of documents, in their order. */
  private async passagesOf(
    ids: readonly string[],
    most: number,
  ): Promise<Map<string, SearchDocument['passages'][number][]>> {
    const found = new Map<string, SearchDocument['passages'][number][]>();
    if (ids.length === 0) return found;
    const { hits } = await reached(
      this.searcher.index<Piece & RecordAny>(passagesOf(this.version)).search('', {
        filter: `document IN [${ids.map((id) => `"${id}"`).join(', ')}]`,
        limit: most,
      }),
    );
    for (const piece of [...hits].sort((a, b) => (a.id < b.id ? -1 : 1)))
      found.set(piece.document, [...(found.get(piece.document) ?? []), ...piece.passages]);
    return found;
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
    if (needles.length > 0 && most > 0) {
      const texts = await this.passagesOf(
        rows.map(({ id }) => id),
        mostPieces,
      );
      for (const [document, some] of texts) passages.set(document, bestOf(some, needles, most));
    }
    return rows.map(({ id, stored }) => ({ id: decoded(id), stored, passages: passages.get(id) ?? [] }));
  }

  /** `size`: about how many signs the terms take. */
  private rowOf({ id, revision, stored, audience, terms, facets, numbers }: SearchDocument): NewRow {
    const row: NewRow = {
      id: rowId(id),
      size: 0,
      place: placeOf(id),
      revision,
      stored,
      audience: audience.map(encoded),
    };
    for (const field of Object.keys(this.settings.fields)) {
      const own = (terms[field] ?? []).map(encoded);
      row[termField(field)] = own;
      row.size += own.length * signsOfTerm;
    }
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

/** Cuts a list into pieces that can be sent. */
function inLoads<Item>(items: readonly Item[], signsOf: (item: Item) => number): Item[][] {
  const loads: Item[][] = [];
  let signs = signsAtOnce;
  for (const item of items) {
    const own = signsOf(item);
    if (signs + own > signsAtOnce) {
      loads.push([]);
      signs = 0;
    }
    loads.at(-1)?.push(item);
    signs += own;
  }
  return loads;
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
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, mostFacetValues);
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
