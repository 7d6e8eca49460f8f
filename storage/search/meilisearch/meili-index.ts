import type { Meilisearch, RecordAny } from 'meilisearch';
import {
  type Attempt,
  type AttemptAnswer,
  type CountRequest,
  everything,
  type SearchAnswer,
  type SearchDocument,
  type SearchIndex,
  type SearchRequest,
} from '../search-index.ts';
import { done } from './calls.ts';
import { countingOf } from './counts.ts';
import { comesAfter, furthest, readCursor, type Standing, writeCursor } from './cursor.ts';
import { among, bounded, matching, numberField, restriction, steps } from './filters.ts';
import type { Layout } from './layout.ts';
import { PassageReader } from './passages.ts';
import { type Ranked, Ranking } from './ranking.ts';
import { loadsOfPieces, loadsOfRows, placeOf, type Row, rowId } from './rows.ts';
import type { Searcher } from './searcher.ts';
import { decoded } from './terms.ts';

const documentsAtOnce = 500;

/** One index of Meilisearch, used as the set engine that it is at heart: our terms are filters, our order is theirs. */
export class MeiliIndex implements SearchIndex {
  readonly version: string;
  private readonly client: Meilisearch;
  private readonly searcher: Searcher;
  private readonly layout: Layout;
  private readonly passages: PassageReader;
  /** Tells the newest among equals; the number that grows with recency. */
  private readonly newest: string | undefined;

  /** `client` may change the index, `searcher` only asks. */
  constructor(client: Meilisearch, searcher: Searcher, layout: Layout) {
    const { settings } = layout;
    this.client = client;
    this.searcher = searcher;
    this.layout = layout;
    this.passages = new PassageReader(searcher, layout);
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
    const rows = this.client.index(this.layout.documents);
    const pieces = this.client.index(this.layout.passages);
    const gone = [...remove, ...put.map(({ id }) => id)];
    if (gone.length === 0) return;
    const filter = among(gone.map(rowId), 'document');
    await done(
      () => pieces.deleteDocuments({ filter }),
      ...loadsOfPieces(put).map((some) => () => pieces.addDocuments(some as unknown as RecordAny[])),
      ...(remove.length > 0 ? [() => rows.deleteDocuments(remove.map(rowId))] : []),
      ...loadsOfRows(this.layout.settings, this.layout.places, put).map(
        (some) => () => rows.addDocuments(some),
      ),
    );
  }

  async search(request: SearchRequest): Promise<SearchAnswer> {
    const after = request.after === undefined ? undefined : readCursor(request.after);
    const restricted = restriction(request);
    const { query, making, matches } = await this.read(request, restricted);
    const filter = (except?: string) => `${matches} AND ${restriction(request, except)}`;
    const counting = countingOf(this.layout.documents, request, filter);
    // Counted beside the ranking, and first: that takes longest, and has left when the steps are worked out.
    const counted = this.searcher.ask<Row>(counting.queries).then(counting.read);
    counted.catch(() => {});
    const byNumber = request.sort !== undefined && request.sort in this.layout.settings.numbers;
    const order = byNumber ? [[matches]] : steps(query, making);
    const sorted = byNumber ? request.sort : this.newest;
    const { limit } = request;
    const passages = query.needles.length > 0 ? (request.passages ?? 0) : 0;
    const number = sorted === undefined ? undefined : numberField(sorted);
    const first = async (most: number): Promise<Ranked[]> => {
      const ranking = new Ranking(order, most, (step) => ({
        indexUid: this.layout.documents,
        // With passages there is another round trip, and a hit that stands in several steps is heavy.
        attributesToRetrieve: ['id', ...(number ? [number] : []), ...(passages > 0 ? [] : ['stored'])],
        filter: `${step} AND ${restricted}`,
        sort: [...(number ? [`${number}:desc`] : []), 'place:asc', 'id:asc'],
      }));
      let found = ranking.read(await this.searcher.ask<Row>(ranking.queries()));
      while (found.length < most && !ranking.isDone && found.length < (await counted).total)
        found = ranking.read(await this.searcher.ask<Row>(ranking.queries()));
      return found;
    };
    const standing = ({ row, step }: Ranked): Standing => ({
      step,
      number: number === undefined ? 0 : Number(row[number]),
      id: row.id,
    });
    // What came in before the last hit since then stands among those that have been seen.
    const follows = (hit: Ranked) => !after || comesAfter(standing(hit), after.last);
    let rest: Ranked[] = [];
    for (let most = after ? after.seen + 2 * limit + 1 : limit + 1; ; most *= 2) {
      const found = await first(most);
      rest = found.filter(follows);
      if (rest.length > limit || found.length < most) break;
    }
    const page = rest.slice(0, limit);
    const last = page.at(-1);
    const seen = (after?.seen ?? 0) + page.length;
    const ids = page.map(({ row }) => row.id);
    const hits =
      passages > 0
        ? await this.passages.hits(ids, query.needles, passages)
        : page.map(({ row: { id, stored } }) => ({ id: decoded(id), stored, passages: [] }));
    return {
      hits,
      ...(await counted),
      ...(last && rest.length > limit && seen <= furthest && { next: writeCursor(seen, standing(last)) }),
    };
  }

  /** Counts all of them in one request: the engine spends less on those in vain than another request would take. */
  async searchInTurn(
    request: Omit<SearchRequest, 'query' | 'after'>,
    attempts: readonly Attempt[],
  ): Promise<AttemptAnswer | undefined> {
    const totals = await this.totals(attempts.map(({ query }) => ({ ...request, query })));
    let [chosen, most] = [-1, 0];
    for (const [at, { ifFewerThan }] of attempts.entries()) {
      const total = totals[at] ?? 0;
      if (most < ifFewerThan && total > most) [chosen, most] = [at, total];
    }
    const query = attempts[chosen]?.query;
    return query && { at: chosen, ...(await this.search({ ...request, query })) };
  }

  async total(question: CountRequest): Promise<number> {
    const [total = 0] = await this.totals([question]);
    return total;
  }

  private async totals(questions: readonly CountRequest[]): Promise<number[]> {
    const queries = await Promise.all(
      questions.map(async (question) => {
        const restricted = restriction(question);
        const { matches } = await this.read(question, restricted);
        return { indexUid: this.layout.documents, filter: `${matches} AND ${restricted}`, limit: 0 };
      }),
    );
    return (await this.searcher.ask(queries)).map(({ estimatedTotalHits }) => estimatedTotalHits ?? 0);
  }

  /** Other processes change the index, too. */
  async viewOf(): Promise<undefined> {
    return undefined;
  }

  async revisions(after: string, limit: number): Promise<{ id: string; revision: number }[]> {
    const found: { id: string; revision: number }[] = [];
    for (let offset = 0; found.length < limit; ) {
      const [answer] = await this.searcher.ask<Row>([
        {
          indexUid: this.layout.documents,
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
    const { settings, places } = this.layout;
    const making = { settings, places, verified: await this.passages.verify(query, restricted) };
    return { query, making, matches: matching(query, making) };
  }
}
