import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  acceptInvitation,
  getSetUp,
  openInvitation,
  setUp,
  signIn,
  signOut,
} from '../../../server/members/contract.ts';
import { call } from '../../api/call.ts';
import { meQuery } from '../../api/me.ts';
import { currentLanguage, setLanguage } from '../../i18n/index.ts';
import { forgetBegun } from './set-up-begun.ts';

/** Whatever was shown to the visitor is asked for again; the page goes on in the language that the member chose. */
async function welcome(cache: QueryClient): Promise<void> {
  await cache.invalidateQueries();
  const language = cache.getQueryData(meQuery.queryKey)?.member?.language;
  if (language && language !== currentLanguage()) await setLanguage(language);
}

/** Signs in. */
export function useSignIn() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: { email: string; password: string }) => call(signIn, { body }),
    onSuccess: () => welcome(cache),
  });
}

export function useSignOut() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => call(signOut),
    onSuccess: () => cache.resetQueries(),
  });
}

export const setUpQuery = queryOptions({
  queryKey: ['set-up'],
  queryFn: ({ signal }) => call(getSetUp, {}, signal),
});

type SetUpBody = NonNullable<Parameters<typeof call<typeof setUp>>[1]>['body'];

/** Sets the first administrator up and signs them in. It has succeeded before the page learns that it is closed. */
export function useSetUp() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (body: Exclude<SetUpBody, FormData | undefined>) => {
      await call(setUp, { body });
      await call(signIn, { body: { email: body.email, password: body.password } });
    },
    onSuccess: () => {
      forgetBegun();
      void cache.invalidateQueries();
    },
  });
}

/** Opened once: asked again after it was taken up, it would be over while the page leads on. */
export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['invitations', token],
    queryFn: ({ signal }) => call(openInvitation, { params: { token } }, signal),
    staleTime: 'static',
  });

/** Takes an invitation up, and signs in with what was just chosen. */
export function useAcceptInvitation(token: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (body: { name: string; password: string }) => {
      const { email } = await call(acceptInvitation, { params: { token }, body });
      await call(signIn, { body: { email, password: body.password } });
    },
    onSuccess: () => welcome(cache),
  });
}
