import type { RecordAny } from 'meilisearch';
import type { Group, Hit, Query } from '../search-index.ts';
import { among, mayHold } from './filters.ts';
import type { Layout } from './layout.ts';
import { type Piece, passageIn, type Row } from './rows.ts';
import type { Answer, Searcher } from './searcher.ts';
import { decoded } from './terms.ts';

/** Pieces that are read for the hits of a page. */
const mostPieces = 200;
/** Documents, and pieces of theirs, that are read to make sure that a text stands in them as it is. */
const verifiedAtMost = 200;
const verifiedPieces = 1000;

/** Reads the passages of documents, which the engine keeps but does not search. */
export class PassageReader {
  readonly #searcher: Searcher;
  readonly #layout: Layout;

  constructor(searcher: Searcher, layout: Layout) {
    this.#searcher = searcher;
    this.#layout = layout;
  }

  /**
   * What is stored of documents, and of each the passages that hold the most needles, `most` at most.
   * @throws SearchUnavailable
   */
  async hits(ids: readonly string[], needles: readonly string[], most: number): Promise<Hit[]> {
    if (ids.length === 0) return [];
    const [rows, pieces] = await this.#searcher.ask([
      {
        indexUid: this.#layout.documents,
        filter: among(ids),
        attributesToRetrieve: ['id', 'stored'],
        limit: ids.length,
      },
      this.#query(ids, mostPieces, 'texts', 'places'),
    ]);
    const stored = new Map((rows as Answer<Row> | undefined)?.hits.map((row) => [row.id, row.stored]));
    const texts = byDocument(pieces as Answer<StoredPiece> | undefined);
    return ids.flatMap((id) => {
      const own = stored.get(id);
      // It may have gone since it was found.
      if (own === undefined) return [];
      return [{ id: decoded(id), stored: own, passages: bestOf(texts.get(id) ?? [], needles, most) }];
    });
  }

  /**
   * The engine knows which terms stand in the passages, not where: for a text that must stand there as it is, the
   * passages of those that may hold it are read. With too many of them their terms are trusted.
   * @throws SearchUnavailable
   */
  async verify(query: Query, filter: string): Promise<Map<Group, string[]>> {
    const { settings, places } = this.#layout;
    const { passageField } = settings;
    const exact = [...query.groups, ...query.excluded].filter(({ exactly }) => exactly !== undefined);
    const candidates = await this.#searcher.ask<Row>(
      exact.map((group) => ({
        indexUid: this.#layout.documents,
        filter: `${mayHold(group, passageField, places)} AND ${filter}`,
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
          texts.get(id)?.some(({ folded }) => folded.some((text) => text.includes(group.exactly ?? '')));
        return [group, ids.filter(holds)];
      }),
    );
  }

  #query(ids: readonly string[], most: number, ...attributes: ('texts' | 'places')[]) {
    return {
      indexUid: this.#layout.passages,
      filter: among(ids, 'document'),
      attributesToRetrieve: ['id', 'document', 'folded', ...attributes],
      limit: most,
    };
  }
}

type StoredPiece = Piece & RecordAny;

/** The pieces of documents, in their order. */
function byDocument(answer: Answer<StoredPiece> | undefined): Map<string, Piece[]> {
  const found = new Map<string, Piece[]>();
  for (const piece of [...(answer?.hits ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1)))
    found.set(piece.document, [...(found.get(piece.document) ?? []), piece]);
  return found;
}

function bestOf(pieces: readonly Piece[], needles: readonly string[], most: number): Hit['passages'] {
  return pieces
    .flatMap((piece) =>
      piece.folded.map((text, at) => ({
        piece,
        at,
        hits: needles.filter((needle) => text.includes(needle)).length,
      })),
    )
    .filter(({ hits }) => hits > 0)
    .sort((a, b) => b.hits - a.hits)
    .slice(0, most)
    .map(({ piece, at }) => passageIn(piece, at));
}
