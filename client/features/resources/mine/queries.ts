import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { AnswerOf } from '../../../../server/http/contract.ts';
import { listResources } from '../../../../server/resources/contract.ts';
import { call } from '../../../api/call.ts';

export type OwnCard = AnswerOf<typeof listResources>['items'][number];
export type OwnState = OwnCard['state'];

export const ownQuery = (state: OwnState | undefined, q: string) =>
  infiniteQueryOptions({
    queryKey: ['resources', 'own', state ?? 'all', q],
    queryFn: ({ pageParam, signal }) =>
      call(
        listResources,
        { query: { mine: 'true', state, q: q || undefined, limit: 20, cursor: pageParam || undefined } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last: AnswerOf<typeof listResources>) => last.next,
    placeholderData: keepPreviousData,
  });

/** Published resources by title, for naming a successor. */
export const publishedQuery = (q: string) =>
  queryOptions({
    queryKey: ['resources', 'published', q],
    queryFn: async ({ signal }) =>
      (await call(listResources, { query: { state: 'published', q: q || undefined, limit: 20 } }, signal))
        .items,
    placeholderData: keepPreviousData,
  });
