import { createHash } from 'node:crypto';
import type { IndexSettings } from '../../storage/search/search-index.ts';
import { analysisVersion } from './analysis/index.ts';

/** Counts the changes of what is stored of a hit. */
const storedVersion = 2;
const day = 24 * 60 * 60 * 1000;

const made = {
  fields: { title: 10, terms: 8, names: 6, summary: 4, body: 1.5, values: 1, pinyin: 0.4, labelPinyin: 0.2 },
  passageField: 'body',
  facets: [
    'kind',
    'level',
    'major',
    'course',
    'organisation',
    'materialType',
    'mediaType',
    'licence',
    'year',
    'language',
    'tag',
  ],
  numbers: {
    publishedAt: { gain: 0.2, grows: 'recent', full: 730 * day },
    uses: { gain: 0.1, grows: 'more', full: 1000 },
    rating: { gain: 0.1, grows: 'more', full: 5 },
    size: {},
  },
} as const satisfies Omit<IndexSettings, 'version'>;

export type FieldName = keyof typeof made.fields;
export type FacetName = (typeof made.facets)[number];
export type NumberName = keyof typeof made.numbers;

/** What the index of resources is made for. Its version tells the analysis, the trade dictionary and the settings. */
export function indexSettings(tradeTerms: readonly string[]): IndexSettings {
  const hash = createHash('sha256').update(
    JSON.stringify([analysisVersion, storedVersion, made, tradeTerms]),
  );
  return { version: `resources-${hash.digest('hex').slice(0, 12)}`, ...made };
}
