import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { AnswerOf } from '../../../../server/http/contract.ts';
import {
  changePassword,
  createToken,
  editMe,
  listSessions,
  listTokens,
  revokeSession,
  revokeToken,
} from '../../../../server/members/contract.ts';
import { call } from '../../../api/call.ts';
import { meQuery } from '../../../api/me.ts';
import { isProblem } from '../../../api/problem-error.ts';

export type Token = AnswerOf<typeof listTokens>['items'][number];

export const tokensQuery = queryOptions({
  queryKey: ['me', 'tokens'],
  queryFn: async ({ signal }) => (await call(listTokens, {}, signal)).items,
});

export const sessionsQuery = queryOptions({
  queryKey: ['me', 'sessions'],
  queryFn: async ({ signal }) => (await call(listSessions, {}, signal)).items,
});

export function useEditMe() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ change, revision }: { change: z.input<typeof editMe.body>; revision?: number }) =>
      call(editMe, { body: change, ifMatch: revision }),
    onSuccess: (me) => cache.setQueryData(meQuery.queryKey, me),
    // Only then: what is typed stays in its form when somebody is signed in no more.
    onError: (error) =>
      isProblem(error, 'http/changed-meanwhile') && cache.invalidateQueries({ queryKey: meQuery.queryKey }),
  });
}

export function useChangePassword() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof changePassword.body>) => call(changePassword, { body }),
    onSuccess: () => cache.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
}

export function useCreateToken() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof createToken.body>) => call(createToken, { body }),
    onSuccess: () => cache.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  });
}

export function useRevokeToken() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(revokeToken, { params: { id } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  });
}

export function useRevokeSession() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(revokeSession, { params: { id } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
}
