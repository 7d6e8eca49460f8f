import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { endpoint } from '../../../server/http/contract.ts';
import { call } from '../../api/call.ts';

const getMe = endpoint({
  method: 'get',
  path: '/api/me',
  summary: '',
  asks: 'anyone',
  answers: {
    200: z.object({
      id: z.string(),
      name: z.string(),
      email: z.string(),
      organisation: z.object({ id: z.string(), name: z.string() }),
      roles: z.array(z.string()),
      abilities: z.record(z.string(), z.array(z.string())),
    }),
  },
});

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => call(getMe, {}, signal),
  staleTime: 300_000,
});

/** Who is signed in, and whether something of a kind can be done at all; for what a page offers. */
export function useMe() {
  const { data, isPending } = useQuery(meQuery);
  const may = (action: string, subject: string) => data?.abilities[subject]?.includes(action) ?? false;
  return { me: data, isPending, may };
}

const signInByEmail = endpoint({
  method: 'post',
  path: '/api/auth/sign-in/email',
  summary: 'Signs in with e-mail and password.',
  asks: 'anyone',
  body: z.object({ email: z.string(), password: z.string() }),
  answers: { 200: z.unknown() },
});

const endSession = endpoint({
  method: 'post',
  path: '/api/auth/sign-out',
  summary: 'Ends the session.',
  asks: 'anyone',
  body: z.object({}),
  answers: { 200: z.unknown() },
});

/** Signs in; whatever was shown to the visitor is asked for again. */
export function useSignIn() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: { email: string; password: string }) => call(signInByEmail, { body }),
    onSuccess: () => cache.invalidateQueries(),
  });
}

export function useSignOut() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => call(endSession, { body: {} }),
    onSuccess: () => cache.resetQueries(),
  });
}
