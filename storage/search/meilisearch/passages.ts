import type { RecordAny } from 'meilisearch';
import type { Group, Hit, IndexSettings, Query, SearchDocument } from '../search-index.ts';
import { decoded, mayHold } from './filters.ts';
import type { Piece, Row } from './rows.ts';
import type { Answer, Searcher } from './searcher.ts';

type Passages = SearchDocument['passages'];

/** Pieces that are read for the hits of a page. */
const mostPieces = 200;
/** Documents, and pieces of theirs, that are read to make sure that a text stands in them as it is. */
const verifiedAtMost = 200;
const verifiedPieces = 1000;

/** The index that holds the passages of another. */
export const passagesOf = (uid: string): string => `${uid}-passages`;

/** Reads the passages of documents, which the engine keeps but does not search. */
export class PassageReader {
  readonly #searcher: Searcher;
  readonly #settings: IndexSettings;

  constructor(searcher: Searcher, settings: IndexSettings) {
    this.#searcher = searcher;
    this.#settings = settings;
  }

  /**
   * What is stored of documents, and of each the passages that hold the most needles, `most` at most.
   * @throws SearchUnavailable
   */
  async hits(ids: readonly string[], needles: readonly string[], most: number): Promise<Hit[]> {
    if (ids.length === 0) return [];
    const [rows, pieces] = await this.#searcher.ask([
      {
        indexUid: this.#settings.version,
        filter: `id IN [${ids.map((id) => `"${id}"`).join(', ')}]`,
        attributesToRetrieve: ['id', 'stored'],
        limit: ids.length,
      },
      this.#query(ids, mostPieces),
    ]);
    const stored = new Map((rows as Answer<Row> | undefined)?.hits.map((row) => [row.id, row.stored]));
    const texts = byDocument(pieces as Answer<StoredPiece> | undefined);
    return ids.map((id) => ({
      id: decoded(id),
      stored: stored.get(id) ?? '',
      passages: bestOf(texts.get(id) ?? [], needles, most),
    }));
  }

  /**
   * The engine knows which terms stand in the passages, not where: for a text that must stand there as it is, the
   * passages of those that may hold it are read. With too many of them their terms are trusted.
   * @throws SearchUnavailable
   */
  async verify(query: Query, filter: string): Promise<Map<Group, string[]>> {
    const exact = [...query.groups, ...query.excluded].filter(({ exactly }) => exactly !== undefined);
    const candidates = await this.#searcher.ask<Row>(
      exact.map((group) => ({
        indexUid: this.#settings.version,
        filter: `${filter} AND ${mayHold(group, this.#settings)}`,
        attributesToRetrieve: ['id'],
        limit: verifiedAtMost + 1,
      })),
    );
    const few = exact
      .map((group, n) => ({ group, ids: candidates[n]?.hits.map(({ id }) => id) ?? [] }))
      .filter(({ ids }) => ids.length <= verifiedAtMost);
    const pieces = await this.#searcher.ask<StoredPiece>(
      few.map(({ ids }) => this.#query(ids, verifiedPieces)),
    );
    return new Map(
      few.map(({ group, ids }, n) => {
        const texts = byDocument(pieces[n]);
        const holds = (id: string) =>
          texts.get(id)?.some(({ folded }) => folded.includes(group.exactly ?? ''));
        return [group, ids.filter(holds)];
      }),
    );
  }

  #query(ids: readonly string[], most: number) {
    return {
      indexUid: passagesOf(this.#settings.version),
      filter: `document IN [${ids.map((id) => `"${id}"`).join(', ')}]`,
      attributesToRetrieve: ['id', 'document', 'passages'],
      limit: most,
    };
  }
}

type StoredPiece = Piece & RecordAny;

/** The passages of documents, in their order. */
function byDocument(answer: Answer<StoredPiece> | undefined): Map<string, Passages[number][]> {
  const found = new Map<string, Passages[number][]>();
  for (const piece of [...(answer?.hits ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1)))
    found.set(piece.document, [...(found.get(piece.document) ?? []), ...piece.passages]);
  return found;
}

function bestOf(texts: Passages, needles: readonly string[], most: number): Hit['passages'] {
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
