import type { RecordAny } from 'meilisearch';
import type { IndexSettings, Passage, SearchDocument } from '../search-index.ts';
import { facetField, numberField } from './filters.ts';
import { encoded, type TermPlaces } from './terms.ts';
import { changed, changesOf } from './text-changes.ts';

/** How documents and their passages lie in the engine. */

/** Passages of a document stand in pieces of so many in an index of their own. */
const passagesPerPiece = 100;
/** Signs that are sent in one request: the engine takes 100 MiB by default. */
const signsAtOnce = 10_000_000;
/** About what a term takes in hexadecimal digits. */
const signsOfTerm = 20;

export type Row = RecordAny & { id: string; revision: number; stored: string };

/** Needles are looked for in many passages, of which few are shown: only what they are looked for in stands there whole. */
export interface Piece {
  id: string;
  document: string;
  folded: string[];
  /** What makes the text of what is folded. */
  texts: string[];
  /** What makes the place of the one before. */
  places: string[];
}

type NewRow = Row & { terms: string[] };

function rowOf(
  settings: IndexSettings,
  termPlaces: TermPlaces,
  { id, revision, stored, audience, terms, facets, numbers }: SearchDocument,
): NewRow {
  const row: NewRow = {
    id: rowId(id),
    place: placeOf(id),
    revision,
    stored,
    audience: audience.map(encoded),
    terms: termPlaces.of(terms),
  };
  for (const facet of settings.facets) row[facetField(facet)] = (facets[facet] ?? []).map(encoded);
  for (const number of Object.keys(settings.numbers)) row[numberField(number)] = numbers[number] ?? 0;
  return row;
}

/** Identifiers of documents may hold letters and digits only. */
export const rowId = encoded;

/** A number that grows with the identifier, so that lists can go on after one: its first characters. */
export function placeOf(id: string): number {
  if (/^[0-9a-f]{24}$/.test(id)) return Number.parseInt(id.slice(0, 13), 16);
  return Number.parseInt(encoded(id).slice(0, 12).padEnd(12, '0'), 16);
}

function piecesOf({ id, passages }: SearchDocument): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < passages.length; at += passagesPerPiece) {
    const some = passages.slice(at, at + passagesPerPiece);
    pieces.push({
      id: `${encoded(id)}-${String(at / passagesPerPiece).padStart(6, '0')}`,
      document: encoded(id),
      folded: some.map(({ folded }) => folded),
      texts: some.map(({ folded, text }) => changesOf(folded, text)),
      places: some.map(({ place }, n) => changesOf(some[n - 1]?.place ?? '', place)),
    });
  }
  return pieces;
}

/** The passage of a piece. */
export function passageIn({ folded, texts, places }: Piece, at: number): Omit<Passage, 'folded'> {
  const place = places.slice(0, at + 1).reduce(changed, '');
  return { text: changed(folded[at] ?? '', texts[at] ?? ''), place };
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

/** The pieces of documents in loads that can be sent. */
export const loadsOfPieces = (documents: readonly SearchDocument[]): Piece[][] =>
  inLoads(documents.flatMap(piecesOf), ({ folded, texts, places }) =>
    [...folded, ...texts, ...places].reduce((sum, { length }) => sum + length, 0),
  );

/** The rows of documents in loads that can be sent. */
export const loadsOfRows = (
  settings: IndexSettings,
  termPlaces: TermPlaces,
  documents: readonly SearchDocument[],
): Row[][] =>
  inLoads(
    documents.map((document) => rowOf(settings, termPlaces, document)),
    ({ stored, terms }) => stored.length + terms.length * signsOfTerm,
  );
