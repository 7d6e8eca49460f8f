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

/** The sets that a member may put something into, and which of them hold the resource. */
export const setsForQuery = (base: Base, resource: string) =>
  queryOptions({
    queryKey: [base, 'for', resource],
    queryFn: async ({ signal }) => {
      const list = base === 'collections' ? listCollections : listShelves;
      const [all, holding] = await Promise.all([
        call(list, { query: { limit: 100 } }, signal),
        call(list, { query: { limit: 100, resource } }, signal),
      ]);
      return {
        sets: all.items.filter(({ can }) => can.includes('edit')),
        holding: new Set(holding.items.map(({ id }) => id)),
      };
    },
  });

function useChange<Values>(base: Base, change: (values: Values) => Promise<unknown>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => cache.invalidateQueries({ queryKey: [base] }),
  });
}

/** Puts a resource into a set, or takes it out. */
export function usePut(base: Base, resource: string) {
  const { addItem, removeItem } = endpointsOf(base);
  return useChange(base, ({ set, on }: { set: string; on: boolean }) =>
    on
      ? call(addItem, { params: { id: set }, body: { resource } })
      : call(removeItem, { params: { id: set, resource } }),
  );
}

/** Makes a set and puts a resource into it at once. */
export function useMake(base: Base, resource: string) {
  const { create, addItem } = endpointsOf(base);
  return useChange(base, async (title: string) => {
    const { id } = await call(create, { body: { title } });
    await call(addItem, { params: { id }, body: { resource } });
  });
}
