import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { AnswerOf } from '../../../server/http/contract.ts';
import {
  forgetSearch,
  hitOpened,
  listSavedSearches,
  markSearchSeen,
  type SearchQuestion,
  saveSearch,
  search,
  searchReport,
  similarTo,
  suggest,
} from '../../../server/search/contract.ts';
import { call } from '../../api/call.ts';
import { addressOf, askedOf, type Question } from './question.ts';

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
            ...askedOf(question),
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

export const similarQuery = (id: string) =>
  queryOptions({
    queryKey: ['similar', id],
    queryFn: ({ signal }) => call(similarTo, { params: { id }, query: { limit: 4 } }, signal),
    staleTime: 300_000,
  });

export const savedQuery = queryOptions({
  queryKey: ['saved-searches'],
  queryFn: ({ signal }) => call(listSavedSearches, {}, signal),
  staleTime: 60_000,
});

/** Keeps a question, forgets one, or says that its new hits were seen; the list follows. */
export function useSavedSearches() {
  const cache = useQueryClient();
  const onSuccess = () => cache.invalidateQueries({ queryKey: savedQuery.queryKey });
  return {
    save: useMutation({
      // Its values come from the address as text; the server says when one is none of ours.
      mutationFn: (question: Question) =>
        call(saveSearch, { body: { question: askedOf(question) as SearchQuestion } }),
      onSuccess,
    }),
    forget: useMutation({
      mutationFn: (id: string) => call(forgetSearch, { params: { id } }),
      onSuccess,
    }),
    seen: useMutation({
      mutationFn: (id: string) => call(markSearchSeen, { params: { id }, body: {} }),
      onSuccess,
    }),
  };
}

export const reportQuery = (days: number) =>
  queryOptions({
    queryKey: ['search-report', days],
    queryFn: ({ signal }) => call(searchReport, { query: { days } }, signal),
  });

/** Notes that a hit was opened; whether that is noted is nothing that the reader waits for or learns of. */
export function noteOpened(q: string): void {
  if (q.trim() !== '') call(hitOpened, { body: { q } }).catch(() => undefined);
}
