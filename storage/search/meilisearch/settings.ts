import type { Index, Settings } from 'meilisearch';
import { type IndexSettings, mostFacetValues } from '../search-index.ts';
import { reached } from './calls.ts';
import { facetField, numberField } from './filters.ts';

const mostHits = 1_000_000;

/** How the index of the documents must be set up. */
export function documentSettings({ facets, numbers }: IndexSettings): Settings {
  const exact = (names: readonly string[], comparison: boolean) => ({
    attributePatterns: [...names],
    features: { facetSearch: false, filter: { equality: true, comparison } },
  });
  return {
    searchableAttributes: [],
    filterableAttributes: [
      exact(['id', 'audience', 'terms', ...facets.map(facetField)], false),
      exact(['place', ...Object.keys(numbers).map(numberField)], true),
    ],
    sortableAttributes: ['id', 'place', ...Object.keys(numbers).map(numberField)],
    rankingRules: ['sort'],
    faceting: { maxValuesPerFacet: mostFacetValues, sortFacetValuesBy: { '*': 'count' } },
    pagination: { maxTotalHits: mostHits },
  };
}

/** How the index of their passages must be set up. */
export const passageSettings: Settings = {
  searchableAttributes: [],
  filterableAttributes: ['document'],
  pagination: { maxTotalHits: mostHits },
};

/** Whether the index is set up like this; the engine gives lists in an order of its own. */
export async function isSetUp(index: Index, wanted: Settings): Promise<boolean> {
  const there = await reached(index.getSettings());
  return Object.entries(wanted).every(
    ([name, value]) => sorted(there[name as keyof Settings]) === sorted(value),
  );
}

function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).sort().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  const entries = Object.entries(value).map(([key, inner]) => `${key}:${sorted(inner)}`);
  return `{${entries.sort().join()}}`;
}
