import { expect, test } from '@jest/globals';
import { matching } from '../../../storage/search/meilisearch/filters.ts';
import { TermPlaces } from '../../../storage/search/meilisearch/terms.ts';
import type { IndexSettings } from '../../../storage/search/search-index.ts';

const settings: IndexSettings = {
  version: 'filters-1',
  fields: { body: 1 },
  passageField: 'body',
  facets: [],
  numbers: {},
};

const places = new TermPlaces(settings);

test('a filter lets through what has enough of the words, and nothing else', () => {
  for (let words = 1; words <= 6; words++)
    for (let minimum = 1; minimum <= words; minimum++) {
      const terms = Array.from({ length: words }, (_, n) => `w${n}`);
      const groups = terms.map((term) => ({ any: [{ terms: [term], weight: 1 }] }));
      const query = { groups, minimum, excluded: [], lifts: [], needles: [] };
      const filter = matching(query, { settings, places, verified: new Map() });
      for (let chosen = 0; chosen < 2 ** words; chosen++) {
        const held = terms.filter((_, n) => (chosen >> n) & 1);
        expect(isLetThrough(filter, held)).toBe(held.length >= minimum);
      }
    }
});

/** What the engine says to a filter over one list of terms: one of some, AND and OR, and brackets. */
function isLetThrough(filter: string, held: readonly string[]): boolean {
  const terms = new Set(places.of({ body: held }));
  const tokens = filter.match(/terms IN \[[^\]]*\]|AND|OR|[()]/g) ?? [];
  let at = 0;
  const atom = (): boolean => {
    const token = tokens[at++] ?? '';
    if (token !== '(')
      return token
        .slice(10, -1)
        .split(',')
        .some((term) => terms.has(term));
    const value = either();
    at++;
    return value;
  };
  const both = (): boolean => {
    let value = atom();
    while (tokens[at] === 'AND' && at++ >= 0) value = atom() && value;
    return value;
  };
  const either = (): boolean => {
    let value = both();
    while (tokens[at] === 'OR' && at++ >= 0) value = both() || value;
    return value;
  };
  return either();
}
