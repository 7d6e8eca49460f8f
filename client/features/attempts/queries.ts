import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { exportResults, listResults, ownResults } from '../../../server/attempts/contract.ts';
import { type AnswerOf, addressOf, type QueryOf } from '../../../server/http/contract.ts';
import { call } from '../../api/call.ts';
import type { Which } from '../../api/content.ts';

export type OwnResult = AnswerOf<typeof ownResults>['items'][number];
export type MemberResult = AnswerOf<typeof listResults>['items'][number];

/** The member's results with a package. Players make what begins with `attempts` and the resource stale. */
export const ownResultsQuery = (id: string, version: Which, path: string) =>
  queryOptions({
    queryKey: ['attempts', id, 'results', version, path],
    queryFn: async ({ signal }) => (await call(ownResults, { params: { id, version, path } }, signal)).items,
  });

/** What a list of results is narrowed to, and its order. */
export type Narrowing = QueryOf<typeof exportResults>;

/** Everybody's results with a resource. */
export const resultsQuery = (id: string, narrowing: Narrowing) =>
  infiniteQueryOptions({
    queryKey: ['attempts', id, 'everybody', narrowing],
    queryFn: ({ pageParam, signal }) =>
      call(
        listResults,
        { params: { id }, query: { ...narrowing, limit: 50, cursor: pageParam || undefined } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last: AnswerOf<typeof listResults>) => last.next,
    placeholderData: keepPreviousData,
  });

export const resultsTable = (id: string, narrowing: Narrowing): string =>
  addressOf(exportResults, { id }, narrowing);
