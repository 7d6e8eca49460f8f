import type { MultiSearchQuery } from 'meilisearch';
import { type FacetCount, mostFacetValues, type Range, type SearchRequest } from '../search-index.ts';
import { facetField, within } from './filters.ts';
import type { Answer } from './searcher.ts';
import { decoded } from './terms.ts';

/** What is to be counted for a request, and how the counts are told from the answers. */
export interface Counting {
  queries: MultiSearchQuery[];
  read(answers: readonly Answer[]): {
    total: number;
    facets: Record<string, FacetCount[]>;
    buckets: Record<string, number[]>;
  };
}

/**
 * One query for the total and every facet that is not filtered by, one for each that is, one for every range. The last
 * of ranges that leave nothing out is what remains of the total.
 * @param filter that of the request, of all or all but one of its filters and ranges
 */
export function countingOf(
  index: string,
  request: SearchRequest,
  filter: (except?: string) => string,
): Counting {
  const wanted = request.facets ?? [];
  const filtered = wanted.filter((name) => name in (request.filters ?? {}));
  const free = wanted.filter((name) => !filtered.includes(name));
  const base = { indexUid: index, limit: 0 };
  const facetQuery = (names: readonly string[], except?: string): MultiSearchQuery => ({
    ...base,
    filter: filter(except),
    ...(names.length > 0 && { facets: names.map(facetField) }),
  });
  const queries = [facetQuery(free), ...filtered.map((name) => facetQuery([name], name))];
  const rests = new Set<string>();
  for (const [name, ranges] of Object.entries(request.buckets ?? {})) {
    const isWhole = areWhole(ranges) && !(name in (request.ranges ?? {}));
    if (isWhole) rests.add(name);
    for (const { from, to } of isWhole ? ranges.slice(0, -1) : ranges)
      queries.push({ ...base, filter: `${within(name, from, to)} AND ${filter(name)}` });
  }
  return {
    queries,
    read(answers) {
      const rest = [...answers];
      const totalOf = (answer: Answer | undefined) => answer?.estimatedTotalHits ?? 0;
      const first = rest.shift();
      const total = totalOf(first);
      const facets: Record<string, FacetCount[]> = {};
      const take = (name: string, answer: Answer | undefined) => {
        facets[name] = countsIn(answer?.facetDistribution?.[facetField(name)] ?? {});
      };
      for (const name of free) take(name, first);
      for (const name of filtered) take(name, rest.shift());
      const buckets: Record<string, number[]> = {};
      for (const [name, ranges] of Object.entries(request.buckets ?? {})) {
        const asked = rests.has(name) ? ranges.length - 1 : ranges.length;
        const counted = Array.from({ length: asked }, () => totalOf(rest.shift()));
        if (rests.has(name)) counted.push(total - counted.reduce((sum, count) => sum + count, 0));
        buckets[name] = counted;
      }
      return { total, facets, buckets };
    },
  };
}

/** Whether every number lies in exactly one of the ranges; every document has every number. */
function areWhole(ranges: readonly Range[]): boolean {
  return (
    ranges.length > 1 &&
    ranges.every(({ from }, at) => from === ranges[at - 1]?.to) &&
    ranges.slice(1).every(({ from }) => from !== undefined) &&
    ranges.at(-1)?.to === undefined
  );
}

function countsIn(distribution: Record<string, number>): FacetCount[] {
  return Object.entries(distribution)
    .map(([value, count]) => ({ value: decoded(value), count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, mostFacetValues);
}
