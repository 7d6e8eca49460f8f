import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { collectionEndpoints, shelfEndpoints } from '../../../../server/collections/contract.ts';
import { type Facet, facets, search } from '../../../../server/search/contract.ts';
import { call } from '../../../api/call.ts';
import { type Base, setQuery } from '../queries.ts';
import { outboxOf } from './outbox.ts';

const endpointsOf = (base: Base) => (base === 'collections' ? collectionEndpoints : shelfEndpoints);

export function useMakeSet(base: Base) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (title: string) => call(endpointsOf(base).create, { body: { title } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: [base] }),
  });
}

export function useDeleteSet(base: Base, id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => call(endpointsOf(base).remove, { params: { id } }),
    onSuccess: () => {
      outboxOf(base, id).clear();
      cache.removeQueries({ queryKey: setQuery(base, id).queryKey });
      return cache.invalidateQueries({ queryKey: [base, 'list'] });
    },
  });
}

const everything = Object.fromEntries(facets.map((facet) => [facet, []])) as unknown as Record<
  Facet,
  string[]
>;

/** Resources to be put in, best first. */
export const findQuery = (q: string) =>
  queryOptions({
    queryKey: ['search', 'for-set', q],
    queryFn: async ({ signal }) =>
      (await call(search, { query: { q, limit: 10, ...everything } }, signal)).items,
    enabled: q !== '',
    placeholderData: keepPreviousData,
  });
