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
  bounded,
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
/** Steps of the order that are asked for together: mostly the first ones fill the page. */
const stepsAtFirst = 4;
const stepsAtOnce = 32;
/** Hits that can be turned to: a page costs as much as all before it together. */
const furthest = 10_000;
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
    const offset = request.after === undefined ? 0 : readCursor(request.after);
    const nothing: Query = { groups: [], minimum: 0, excluded: [], lifts: [], needles: [] };
    const query = bounded(request.query ?? nothing);
    const restricted = restriction(request);
    const making = { settings: this.settings, verified: await this.verify(query, restricted) };
    const matches = matching(query, making);
    const filter = (except?: string) => `${restriction(request, except)} AND ${matches}`;
    const byNumber = request.sort !== undefined && request.sort in this.settings.numbers;
    const order = byNumber ? [matches] : steps(query, making);
    const sorted = byNumber ? request.sort : this.newest;
    const base = { indexUid: this.version, attributesToRetrieve: ['id'] };
    const end = offset + request.limit;
    // The first so many of every step: those of all steps, each once, begin with the first so many of all.
    const pages: MultiSearchQuery[] = order.map((step) => ({
      ...base,
      filter: `${restricted} AND ${step}`,
      sort: [...(sorted === undefined ? [] : [`${numberField(sorted)}:desc`]), 'place:asc'],
      limit: end + 1,
    }));
    const counts = this.countQueries(request, filter);
    const total: MultiSearchQuery = { ...base, filter: filter(), limit: 0 };
    const first = pages.splice(0, stepsAtFirst);
    const results = await this.ask([total, ...counts.map(({ query: each }) => each), ...first]);
    const all = results[0]?.estimatedTotalHits ?? 0;
    const idsIn = (some: typeof results) => some.flatMap(({ hits }) => hits.map(({ id }) => String(id)));
    const found = new Set(idsIn(results.slice(counts.length + 1)));
    while (pages.length > 0 && found.size < Math.min(all, end + 1))
      for (const id of idsIn(await this.ask(pages.splice(0, stepsAtOnce)))) found.add(id);
    const facets: Record<string, FacetCount[]> = {};
    const buckets: Record<string, number[]> = {};
    counts.forEach((count, at) => {
      const result = results[at + 1];
      count.take(result?.facetDistribution ?? {}, result?.estimatedTotalHits ?? 0, facets, buckets);
    });
    return {
      hits: await this.hitsOf([...found].slice(offset, end), query.needles, request.passages ?? 0),
      total: all,
      facets,
      buckets,
      ...(found.size > end && end <= furthest && { next: writeCursor(end) }),
    };
  }

  private async ask(queries: MultiSearchQuery[]) {
    const { results } = await reached(this.searcher.multiSearch({ queries }));
    return results;
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
  private async hitsOf(ids: readonly string[], needles: readonly string[], most: number): Promise<Hit[]> {
    if (ids.length === 0) return [];
    const [stored, texts] = await Promise.all([
      reached(
        this.searcher.index<Row>(this.version).search('', {
          filter: `id IN [${ids.map((id) => `"${id}"`).join(', ')}]`,
          attributesToRetrieve: ['id', 'stored'],
          limit: ids.length,
        }),
      ),
      needles.length > 0 && most > 0
        ? this.passagesOf(ids, mostPieces)
        : new Map<string, SearchDocument['passages'][number][]>(),
    ]);
    const storedOf = new Map(stored.hits.map((row) => [row.id, row.stored]));
    return ids.map((id) => ({
      id: decoded(id),
      stored: storedOf.get(id) ?? '',
      passages: bestOf(texts.get(id) ?? [], needles, most),
    }));
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

function writeCursor(offset: number): string {
  return Buffer.from(JSON.stringify(['m', offset])).toString('base64url');
}

function readCursor(text: string): number {
  try {
    const [mark, offset] = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (mark === 'm' && Number.isInteger(offset) && offset >= 0 && offset <= furthest) return offset;
  } catch (cause) {
    throw new UnknownCursor('This is no cursor of the index', { cause });
  }
  throw new UnknownCursor('This is no cursor of the index');
}
