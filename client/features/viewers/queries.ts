import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { encodeFile, listEntries, listPassages, stopEncodingFile } from '../../../server/content/contract.ts';
import { call } from '../../api/call.ts';
import type { Which } from '../../api/content.ts';
import { previewsQuery, renewalOf } from '../../api/previews.ts';
import type { Viewable } from './kinds.ts';

/** What is inside of a file that is a zip. */
export const entriesQuery = (id: string, version: Which, path: string) =>
  queryOptions({
    queryKey: ['resources', id, 'entries', version, path],
    queryFn: ({ signal }) => call(listEntries, { params: { id, version, path } }, signal),
    staleTime: ({ state: { data } }) => (data ? renewalOf(data) : 0),
    refetchInterval: ({ state: { data } }) => data && renewalOf(data),
    refetchOnWindowFocus: true,
  });

/** The text of a file, by page, slide or section. */
export const passagesQuery = (id: string, version: Which, path: string) =>
  queryOptions({
    queryKey: ['resources', id, 'passages', version, path],
    queryFn: ({ signal }) => call(listPassages, { params: { id, version, path } }, signal),
  });

/** Has a film encoded that browsers do not play, or stops that. */
export function useEncoding({ path, of }: Viewable) {
  const cache = useQueryClient();
  const { resource: id = '', version = 'newest' } = of ?? {};
  const place = { params: { id, version, path } };
  const onSettled = () => cache.invalidateQueries(previewsQuery(id, version));
  return {
    ask: useMutation({ mutationFn: () => call(encodeFile, place), onSettled }),
    stop: useMutation({ mutationFn: () => call(stopEncodingFile, place), onSettled }),
  };
}
