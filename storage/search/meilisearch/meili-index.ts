import type { Meilisearch, RecordAny } from 'meilisearch';
import {
  type CountRequest,
  everything,
  type IndexSettings,
  type SearchAnswer,
  type SearchDocument,
  type SearchIndex,
  type SearchRequest,
} from '../search-index.ts';
import { done } from './calls.ts';
import { countingOf } from './counts.ts';
import { furthest, readCursor, writeCursor } from './cursor.ts';
import { bounded, decoded, encoded, matching, numberField, restriction, steps } from './filters.ts';
import { PassageReader, passagesOf } from './passages.ts';
import { Ranking } from './ranking.ts';
import { loadsOfPieces, loadsOfRows, placeOf, type Row, rowId } from './rows.ts';
import type { Searcher } from './searcher.ts';

const documentsAtOnce = 500;

/** One index of Meilisearch, used as the set engine that it is at heart: our terms are filters, our order is theirs. */
export class MeiliIndex implements SearchIndex {
  readonly version: string;
  private readonly client: Meilisearch;
  private readonly searcher: Searcher;
  private readonly settings: IndexSettings;
  private readonly passages: PassageReader;
  /** Tells the newest among equals; the number that grows with recency. */
  private readonly newest: string | undefined;

  /** `client` may change the index, `searcher` only asks. */
  constructor(client: Meilisearch, searcher: Searcher, settings: IndexSettings) {
    this.client = client;
    this.searcher = searcher;
    this.settings = settings;
    this.passages = new PassageReader(searcher, settings);
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
    await done(
      () => pieces.deleteDocuments({ filter }),
      ...loadsOfPieces(put).map((some) => () => pieces.addDocuments(some as unknown as RecordAny[])),
      ...(remove.length > 0 ? [() => rows.deleteDocuments(remove.map(rowId))] : []),
      ...loadsOfRows(this.settings, put).map((some) => () => rows.addDocuments(some)),
    );
  }

  async search(request: SearchRequest): Promise<SearchAnswer> {
    const offset = request.after === undefined ? 0 : readCursor(request.after);
    const restricted = restriction(request);
    const { query, making, matches } = await this.read(request, restricted);
    const byNumber = request.sort !== undefined && request.sort in this.settings.numbers;
    const order = byNumber ? [[matches]] : steps(query, making);
    const sorted = byNumber ? request.sort : this.newest;
    const end = offset + request.limit;
    const passages = query.needles.length > 0 ? (request.passages ?? 0) : 0;
    const ranking = new Ranking(order, end + 1, (step) => ({
      indexUid: this.version,
      // With passages there is another round trip, and a hit that stands in several steps is heavy.
      attributesToRetrieve: passages > 0 ? ['id'] : ['id', 'stored'],
      filter: `${restricted} AND ${step}`,
      sort: [...(sorted === undefined ? [] : [`${numberField(sorted)}:desc`]), 'place:asc'],
    }));
    const filter = (except?: string) => `${restriction(request, except)} AND ${matches}`;
    const counting = countingOf(this.version, request, filter);
    const answers = await this.searcher.ask<Row>([...counting.queries, ...ranking.queries()]);
    const { total, facets, buckets } = counting.read(answers.splice(0, counting.queries.length));
    let found = ranking.read(answers);
    while (found.length < Math.min(total, end + 1) && !ranking.isDone)
      found = ranking.read(await this.searcher.ask<Row>(ranking.queries()));
    const page = found.slice(offset, end);
    return {
      hits:
        passages > 0
          ? await this.passages.hits(
              page.map(({ id }) => id),
              query.needles,
              passages,
            )
          : page.map(({ id, stored }) => ({ id: decoded(id), stored, passages: [] })),
      total,
      facets,
      buckets,
      ...(found.length > end && end <= furthest && { next: writeCursor(end) }),
    };
  }

  async totals(questions: readonly CountRequest[]): Promise<number[]> {
    const queries = await Promise.all(
      questions.map(async (question) => {
        const restricted = restriction(question);
        const { matches } = await this.read(question, restricted);
        return { indexUid: this.version, filter: `${restricted} AND ${matches}`, limit: 0 };
      }),
    );
    return (await this.searcher.ask(queries)).map(({ estimatedTotalHits }) => estimatedTotalHits ?? 0);
  }

  async revisions(after: string, limit: number): Promise<{ id: string; revision: number }[]> {
    const found: { id: string; revision: number }[] = [];
    for (let offset = 0; found.length < limit; ) {
      const [answer] = await this.searcher.ask<Row>([
        {
          indexUid: this.version,
          filter: `place >= ${placeOf(after)}`,
          sort: ['place:asc', 'id:asc'],
          attributesToRetrieve: ['id', 'revision'],
          offset,
          limit: documentsAtOnce,
        },
      ]);
      const hits = answer?.hits ?? [];
      for (const { id, revision } of hits) if (decoded(id) > after) found.push({ id: decoded(id), revision });
      offset += hits.length;
      if (hits.length < documentsAtOnce) break;
    }
    return found.slice(0, limit);
  }

  /** What of the query a filter can tell, and what is to be looked up for it. */
  private async read({ query: asked }: CountRequest, restricted: string) {
    const query = bounded(asked ?? everything);
    const making = { settings: this.settings, verified: await this.passages.verify(query, restricted) };
    return { query, making, matches: matching(query, making) };
  }
}
