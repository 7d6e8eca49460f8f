import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  collectionEndpoints,
  listCollections,
  listShelves,
  shelfEndpoints,
} from '../../../server/collections/contract.ts';
import type { AnswerOf } from '../../../server/http/contract.ts';
import { call } from '../../api/call.ts';

/** A curated collection, or a member's own shelf: they are read alike. */
export type Base = 'collections' | 'shelves';
export type SetSummary = AnswerOf<typeof listCollections>['items'][number];
export type ResourceSet = AnswerOf<typeof collectionEndpoints.get>;

const endpointsOf = (base: Base) => (base === 'collections' ? collectionEndpoints : shelfEndpoints);

export const setsQuery = (base: Base) =>
  infiniteQueryOptions({
    queryKey: [base, 'list'],
    queryFn: ({ pageParam, signal }) =>
      call(
        base === 'collections' ? listCollections : listShelves,
        { query: { limit: 24, cursor: pageParam || undefined } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last: AnswerOf<typeof listCollections>) => last.next,
  });

export const setQuery = (base: Base, id: string) =>
  queryOptions({
    queryKey: [base, id],
    queryFn: ({ signal }) => call(endpointsOf(base).get, { params: { id } }, signal),
  });

/** The collections that hold a resource. */
export const collectionsWithQuery = (resource: string) =>
  queryOptions({
    queryKey: ['collections', 'with', resource],
    queryFn: ({ signal }) => call(listCollections, { query: { resource, limit: 20 } }, signal),
  });

/** The member's shelves, and which of them hold the resource. */
export const shelvesForQuery = (resource: string) =>
  queryOptions({
    queryKey: ['shelves', 'for', resource],
    queryFn: async ({ signal }) => {
      const [all, holding] = await Promise.all([
        call(listShelves, { query: { limit: 100 } }, signal),
        call(listShelves, { query: { limit: 100, resource } }, signal),
      ]);
      return { shelves: all.items, holding: new Set(holding.items.map(({ id }) => id)) };
    },
  });

function useChange<Values>(change: (values: Values) => Promise<unknown>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => cache.invalidateQueries({ queryKey: ['shelves'] }),
  });
}

/** Puts a resource on a shelf, or takes it off. */
export function usePutOnShelf(resource: string) {
  return useChange(({ shelf, on }: { shelf: string; on: boolean }) =>
    on
      ? call(shelfEndpoints.addItem, { params: { id: shelf }, body: { resource } })
      : call(shelfEndpoints.removeItem, { params: { id: shelf, resource } }),
  );
}

/** Makes a shelf and, when asked, puts a resource on it at once. */
export function useMakeShelf(resource?: string) {
  return useChange(async (title: string) => {
    const { id } = await call(shelfEndpoints.create, { body: { title } });
    if (resource !== undefined) await call(shelfEndpoints.addItem, { params: { id }, body: { resource } });
  });
}
