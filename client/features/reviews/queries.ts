import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { AnswerOf } from '../../../server/http/contract.ts';
import { publishResource, returnResource } from '../../../server/resources/contract.ts';
import { listReviews } from '../../../server/reviews/contract.ts';
import { call } from '../../api/call.ts';

export type Submission = AnswerOf<typeof listReviews>['items'][number];

/** Everything that waits for me, the longest wait first. */
export const queueQuery = queryOptions({
  queryKey: ['reviews'],
  queryFn: async ({ signal }) => (await call(listReviews, { query: { limit: 100 } }, signal)).items,
  refetchInterval: 60_000,
});

/** A decision takes the resource out of the queue at once; when it fails, it comes back. */
function useDecision<Values>(decide: (id: string, values: Values) => Promise<unknown>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, values }: { id: string; values: Values }) => decide(id, values),
    onSuccess: (_, { id }) => {
      cache.setQueryData(queueQuery.queryKey, (queue) => queue?.filter((one) => one.id !== id));
      void cache.invalidateQueries({ queryKey: ['resources'] });
    },
    onError: () => cache.invalidateQueries({ queryKey: queueQuery.queryKey }),
  });
}

export const useApprove = () =>
  useDecision((id, note: string) => call(publishResource, { params: { id }, body: { note } }));

export const useReturn = () =>
  useDecision((id, body: z.input<typeof returnResource.body>) =>
    call(returnResource, { params: { id }, body }),
  );
