import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { countDerivatives, type Recipe, rebuildDerivatives } from '../../../server/derive/contract.ts';
import type { AnswerOf } from '../../../server/http/contract.ts';
import { cancelJob, listJobs, removeJob, retryFailedJobs, retryJob } from '../../../server/jobs/contract.ts';
import { call } from '../../api/call.ts';

export type Jobs = AnswerOf<typeof listJobs>;
export type Job = Jobs['items'][number];
export type JobState = Job['state'];

const tellsProgress = ({ items }: Jobs) => items.some(({ progress }) => progress !== undefined);

/** Jobs move by themselves, so the list follows them. */
export const jobsQuery = (state: JobState | undefined) =>
  infiniteQueryOptions({
    queryKey: ['jobs', state ?? 'all'],
    queryFn: ({ pageParam, signal }) =>
      call(listJobs, { query: { state, limit: 50, cursor: pageParam || undefined } }, signal),
    initialPageParam: '',
    getNextPageParam: (last: Jobs) => last.next,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) => (data?.pages.some(tellsProgress) ? 1500 : 5000),
  });

export function useRetryJob() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(retryJob, { params: { id } }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['jobs'] }),
  });
}

export function useRetryFailedJobs() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => call(retryFailedJobs),
    onSettled: () => cache.invalidateQueries({ queryKey: ['jobs'] }),
  });
}

export function useCancelJob() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(cancelJob, { params: { id } }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['jobs'] }),
  });
}

export function useRemoveJob() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(removeJob, { params: { id } }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['jobs'] }),
  });
}

export type DerivativeCount = AnswerOf<typeof countDerivatives>['items'][number];

/** How much has been made of files, by recipe. */
export const derivativesQuery = queryOptions({
  queryKey: ['derivatives'],
  queryFn: ({ signal }) => call(countDerivatives, {}, signal),
  refetchInterval: 5000,
});

export function useRebuild() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (recipe?: Recipe) => call(rebuildDerivatives, { body: recipe ? { recipe } : {} }),
    onSuccess: (counts) => cache.setQueryData(derivativesQuery.queryKey, counts),
    onSettled: () => cache.invalidateQueries({ queryKey: ['jobs'] }),
  });
}
