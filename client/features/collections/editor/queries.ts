import {
  keepPreviousData,
  queryOptions,
  useIsMutating,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { z } from 'zod';
import { collectionEndpoints, shelfEndpoints } from '../../../../server/collections/contract.ts';
import { type Facet, facets, search } from '../../../../server/search/contract.ts';
import { call } from '../../../api/call.ts';
import { say } from '../../../components/say.ts';
import { type Base, type ResourceSet, setQuery } from '../queries.ts';

const endpointsOf = (base: Base) => (base === 'collections' ? collectionEndpoints : shelfEndpoints);

export type Change = z.input<typeof collectionEndpoints.update.body>;
export type Move = { resource: string; before: string | null; section: string | null };

export function useMakeSet(base: Base) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (title: string) => call(endpointsOf(base).create, { body: { title } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: [base] }),
  });
}

/**
 * A change of a set: shown at once, sent after the changes before it, with the revision that those have made. When it
 * is refused, the server's state comes back, with its words.
 */
function useSetChange<Values>(
  base: Base,
  id: string,
  send: (values: Values, revision: number) => Promise<ResourceSet>,
  foresee?: (set: ResourceSet, values: Values) => ResourceSet,
) {
  const cache = useQueryClient();
  const { queryKey } = setQuery(base, id);
  return useMutation({
    mutationKey: ['set', id],
    scope: { id: `set:${id}` },
    mutationFn: (values: Values) => send(values, cache.getQueryData(queryKey)?.revision ?? 0),
    onMutate: (values) => {
      if (foresee) cache.setQueryData(queryKey, (set) => set && foresee(set, values));
    },
    onSuccess: (saved) => {
      const more = cache.isMutating({ mutationKey: ['set', id] }) > 1;
      cache.setQueryData(queryKey, (set) => (more && set ? { ...set, revision: saved.revision } : saved));
      void cache.invalidateQueries({ queryKey: [base, 'list'] });
    },
    onError: (error) => {
      say(error.message);
      return cache.invalidateQueries({ queryKey });
    },
  });
}

export const useChangeSet = (base: Base, id: string) =>
  useSetChange(
    base,
    id,
    (body: Change, ifMatch) => call(endpointsOf(base).update, { params: { id }, body, ifMatch }),
    (set, { sections, ...change }) => ({
      ...set,
      ...change,
      ...(sections && {
        sections: sections.map(({ id: section, title, note = '' }) => ({ id: section, title, note })),
        items: set.items.map((item) =>
          sections.some((section) => section.id === item.section) ? item : { ...item, section: null },
        ),
      }),
    }),
  );

export const useAddItem = (base: Base, id: string) =>
  useSetChange(base, id, (body: { resource: string; section: string | null }) =>
    call(endpointsOf(base).addItem, { params: { id }, body }),
  );

export const useMoveItem = (base: Base, id: string) =>
  useSetChange(
    base,
    id,
    ({ resource, ...body }: Move, ifMatch) =>
      call(endpointsOf(base).changeItem, { params: { id, resource }, body, ifMatch }),
    (set, move) => ({ ...set, items: moved(set.items, move) }),
  );

export const useNoteItem = (base: Base, id: string) =>
  useSetChange(base, id, ({ resource, note }: { resource: string; note: string }) =>
    call(endpointsOf(base).changeItem, { params: { id, resource }, body: { note } }),
  );

export const useRemoveItem = (base: Base, id: string) =>
  useSetChange(
    base,
    id,
    (resource: string) => call(endpointsOf(base).removeItem, { params: { id, resource } }),
    (set, resource) => ({ ...set, items: set.items.filter((item) => item.resource !== resource) }),
  );

export function useDeleteSet(base: Base, id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => call(endpointsOf(base).remove, { params: { id } }),
    onSuccess: () => {
      cache.removeQueries({ queryKey: setQuery(base, id).queryKey });
      return cache.invalidateQueries({ queryKey: [base, 'list'] });
    },
  });
}

export const useIsSaving = (id: string): boolean => useIsMutating({ mutationKey: ['set', id] }) > 0;

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

/** The items after one of them has gone before another (null: last), into a section. */
export function moved(
  items: ResourceSet['items'],
  { resource, before, section }: Move,
): ResourceSet['items'] {
  const item = items.find((one) => one.resource === resource);
  if (!item) return items;
  const others = items.filter((one) => one.resource !== resource);
  const at = others.findIndex((one) => one.resource === before);
  return others.toSpliced(at === -1 ? others.length : at, 0, { ...item, section });
}
