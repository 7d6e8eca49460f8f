import { queryOptions } from '@tanstack/react-query';
import { listEntries, listPassages } from '../../../server/content/contract.ts';
import { call } from '../../api/call.ts';
import type { Which } from '../../api/content.ts';
import { renewalOf } from '../../api/previews.ts';

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
