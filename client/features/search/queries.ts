import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { AnswerOf } from '../../../server/http/contract.ts';
import { search, suggest } from '../../../server/search/contract.ts';
import { call } from '../../api/call.ts';
import { addressOf, choices, type Question } from './question.ts';

export type Found = AnswerOf<typeof search>;
export type Facets = Partial<Found['facets']>;

/** The hits of a question, page after page; facets and total come with the first. */
export const searchQuery = (question: Question) =>
  infiniteQueryOptions({
    queryKey: ['search', addressOf(question).toString()],
    queryFn: ({ pageParam, signal }) =>
      call(
        search,
        {
          query: {
            q: question.q,
            ...choices(question),
            sort: question.sort,
            limit: 24,
            cursor: pageParam || undefined,
          },
        },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last: Found) => last.next,
    placeholderData: keepPreviousData,
  });

export const suggestQuery = (q: string) =>
  queryOptions({
    queryKey: ['suggest', q],
    queryFn: ({ signal }) => call(suggest, { query: { q } }, signal),
    enabled: q !== '',
    placeholderData: keepPreviousData,
    retry: false,
  });
