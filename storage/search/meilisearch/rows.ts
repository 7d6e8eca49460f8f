import type { RecordAny } from 'meilisearch';
import type { IndexSettings, SearchDocument } from '../search-index.ts';
import { encoded, facetField, numberField, termField } from './filters.ts';

/** How documents and their passages lie in the engine. */

/** Passages of a document stand in pieces of so many in an index of their own. */
const passagesPerPiece = 100;
/** Signs that are sent in one request: the engine takes 100 MiB by default. */
const signsAtOnce = 10_000_000;
/** About what a term takes in hexadecimal digits. */
const signsOfTerm = 20;

export type Row = RecordAny & { id: string; revision: number; stored: string };

export interface Piece {
  id: string;
  document: string;
  passages: SearchDocument['passages'];
}

type NewRow = Row & { size: number };

/** `size`: about how many signs the terms take. */
function rowOf(
  settings: IndexSettings,
  { id, revision, stored, audience, terms, facets, numbers }: SearchDocument,
): NewRow {
  const row: NewRow = {
    id: rowId(id),
    size: 0,
    place: placeOf(id),
    revision,
    stored,
    audience: audience.map(encoded),
  };
  for (const field of Object.keys(settings.fields)) {
    const own = (terms[field] ?? []).map(encoded);
    row[termField(field)] = own;
    row.size += own.length * signsOfTerm;
  }
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

/** The pieces of documents in loads that can be sent. */
export const loadsOfPieces = (documents: readonly SearchDocument[]): Piece[][] =>
  inLoads(documents.flatMap(piecesOf), ({ passages }) =>
    passages.reduce((sum, { text, folded }) => sum + text.length + folded.length, 0),
  );

/** The rows of documents in loads that can be sent. */
export const loadsOfRows = (settings: IndexSettings, documents: readonly SearchDocument[]): Row[][] =>
  inLoads(
    documents.map((document) => rowOf(settings, document)),
    (row) => row.stored.length + row.size,
  ).map((load) => load.map(({ size, ...row }) => row));
