import type { PassageHit } from '../../server/search/contract.ts';
import { unescaped } from '../components/escaped.ts';
import type { Which } from './content.ts';

/** Where in a file something stands. */
export interface Place {
  /** Page or slide, counted from 1, or second. */
  readonly at?: number | undefined;
  /** Name of a sheet or heading. */
  readonly part?: string | undefined;
  /** Path of the file inside of a package. */
  readonly entry?: string | undefined;
  /** The words that it was found by, to be marked there. */
  readonly find?: readonly string[] | undefined;
}

export const placeOf = ({ page, slide, seconds, sheet, section, entry, text }: PassageHit): Place => ({
  at: page ?? slide ?? seconds,
  part: (sheet ?? section) || undefined,
  entry,
  find: markedIn(text),
});

/** How many different words are marked at most. */
const mostWords = 8;

const markedIn = (html: string): string[] =>
  [...new Set([...html.matchAll(/<mark>(.*?)<\/mark>/gs)].map(([, word = '']) => unescaped(word)))].slice(
    0,
    mostWords,
  );

const names = ['at', 'part', 'entry'] as const;

/** The place as an address says it, that of a file or none in it. */
export function withPlace(before: URLSearchParams, file: string, place: Place = {}): URLSearchParams {
  const params = new URLSearchParams(before);
  params.set('file', file);
  for (const name of names) {
    const value = place[name];
    if (value === undefined) params.delete(name);
    else params.set(name, String(value));
  }
  params.delete('find');
  for (const word of place.find ?? []) params.append('find', word);
  return params;
}

/** The place that an address asks for. */
export function placeIn(params: URLSearchParams): Place {
  const at = Number(params.get('at') ?? Number.NaN);
  return {
    at: Number.isFinite(at) && at >= 0 ? at : undefined,
    part: params.get('part') ?? undefined,
    entry: params.get('entry') ?? undefined,
    find: params.getAll('find'),
  };
}

/** The page that shows a file of a version, at a place. */
export function pageOf(
  { resource, version }: { resource: string; version: Which },
  file: string,
  place: Place,
) {
  const page = `/resources/${resource}${typeof version === 'number' ? `/versions/${version}` : ''}`;
  return `${page}?${withPlace(new URLSearchParams(version === 'draft' ? { view: 'draft' } : {}), file, place)}`;
}
