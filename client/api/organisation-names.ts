import { queryOptions, useQuery } from '@tanstack/react-query';
import { listOrganisations } from '../../server/members/contract.ts';
import { call } from './call.ts';

/** The names of all organisations: a group has some dozens, a hundred at most. */
export const organisationNamesQuery = queryOptions({
  queryKey: ['organisations', 'names'],
  queryFn: async ({ signal }) => {
    const names = new Map<string, string>();
    let cursor: string | undefined;
    do {
      const page = await call(listOrganisations, { query: { limit: 100, cursor } }, signal);
      for (const { id, name } of page.items) names.set(id, name);
      cursor = page.next;
    } while (cursor !== undefined);
    return names;
  },
  staleTime: 600_000,
});

/** The names of organisations by their ids; one that is not known, or not yet, is its id. */
export function useOrganisationNames(): (id: string) => string {
  const { data } = useQuery(organisationNamesQuery);
  return (id) => data?.get(id) ?? id;
}

/** The name of an organisation, empty until it is known. */
export function useOrganisationName(id: string | undefined): string {
  const { data } = useQuery({ ...organisationNamesQuery, enabled: id !== undefined });
  return (id !== undefined && data?.get(id)) || '';
}
