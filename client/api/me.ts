import { queryOptions, useQuery } from '@tanstack/react-query';
import { getMe } from '../../server/members/contract.ts';
import { call } from './call.ts';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => call(getMe, {}, signal),
  staleTime: 300_000,
});

/** Who is signed in, and whether something of a kind can be done at all; for what a page offers. */
export function useMe() {
  const { data, isPending } = useQuery(meQuery);
  return {
    me: data?.member ?? undefined,
    organisation: data?.organisation ?? undefined,
    group: data?.group,
    isPending,
    may: (action: string, subject: string) => data?.abilities.includes(`${subject}:${action}`) ?? false,
  };
}
