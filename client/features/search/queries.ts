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
import { addressOf, askedOf, countChosen, type Question } from './question.ts';

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

/**
 * What comes nearest to a question without hits: what it finds without its filters, otherwise what is used most in the
 * member's majors, otherwise in all; null where there is nothing at all.
 */
export const nearQuery = (question: Question, majors: readonly string[]) =>
  queryOptions({
    queryKey: ['search', 'near', addressOf(question).toString(), majors],
    queryFn: async ({ signal }) => {
      const popular: Question = { q: '', chosen: {}, sort: 'most-used' };
      const isNarrowed = question.q !== '' && countChosen(question) > 0;
      const tries = [
        ...(isNarrowed
          ? [{ by: 'words', asked: { ...popular, q: question.q, sort: undefined } } as const]
          : []),
        ...(majors.length > 0
          ? [{ by: 'majors', asked: { ...popular, chosen: { major: majors } } } as const]
          : []),
        { by: 'use', asked: popular } as const,
      ];
      for (const { by, asked } of tries) {
        const { items } = await call(search, { query: { ...askedOf(asked), limit: 4 } }, signal);
        if (items.length > 0) return { by, items };
      }
      return null;
    },
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
