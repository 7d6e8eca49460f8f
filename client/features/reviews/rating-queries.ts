import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { AnswerOf } from '../../../server/http/contract.ts';
import { listRatings, rateResource, unrateResource } from '../../../server/reviews/contract.ts';
import { call } from '../../api/call.ts';

export const ratingsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['ratings', id],
    queryFn: ({ pageParam, signal }) =>
      call(listRatings, { params: { id }, query: { limit: 10, cursor: pageParam || undefined } }, signal),
    initialPageParam: '',
    getNextPageParam: (last: AnswerOf<typeof listRatings>) => last.next,
  });

function useRatingChange<Values>(id: string, change: (values: Values) => Promise<unknown>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => cache.invalidateQueries({ queryKey: ratingsQuery(id).queryKey }),
  });
}

export const useRate = (id: string) =>
  useRatingChange(id, (body: { stars: number; comment: string }) =>
    call(rateResource, { params: { id }, body }),
  );

export const useUnrate = (id: string) => useRatingChange(id, () => call(unrateResource, { params: { id } }));
