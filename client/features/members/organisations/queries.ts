import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { AnswerOf } from '../../../../server/http/contract.ts';
import {
  createOrganisation,
  editGroup,
  editOrganisation,
  type Group,
  getGroup,
  type getOrganisation,
  listOrganisations,
} from '../../../../server/members/contract.ts';
import { call } from '../../../api/call.ts';
import { meQuery } from '../../../api/me.ts';
import { foundBy } from '../../../components/finding.ts';

export type Organisation = AnswerOf<typeof getOrganisation>;

/** A group has at most some hundred organisations: they are read whole and filtered while somebody types. */
export const organisationsQuery = queryOptions({
  queryKey: ['organisations'],
  queryFn: async ({ signal }) => {
    const organisations: Organisation[] = [];
    let cursor: string | undefined;
    do {
      const page = await call(listOrganisations, { query: { limit: 100, cursor } }, signal);
      organisations.push(...page.items);
      cursor = page.next;
    } while (cursor !== undefined);
    return organisations;
  },
  staleTime: 300_000,
  placeholderData: keepPreviousData,
});

/** Organisations as a form offers them, and how one is called. */
export function useOrganisations() {
  const { data = [] } = useQuery(organisationsQuery);
  const names = new Map(data.map(({ id, name }) => [id, name]));
  return {
    options: data
      .filter(({ suspended }) => !suspended)
      .map(({ id, name, shortName, spellings }) => ({
        value: id,
        label: name,
        words: foundBy(name, shortName, spellings),
      })),
    nameOf: (id: string) => names.get(id) ?? '',
  };
}

export function useCreateOrganisation() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof createOrganisation.body>) => call(createOrganisation, { body }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['organisations'] }),
  });
}

export const groupQuery = queryOptions({
  queryKey: ['group'],
  queryFn: ({ signal }) => call(getGroup, {}, signal),
});

/** Gives the group another name; other pages read it with who is signed in. */
export function useEditGroup() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ name, revision }: z.output<typeof Group>) =>
      call(editGroup, { body: { name }, ifMatch: revision }),
    onSuccess: () => cache.invalidateQueries({ queryKey: meQuery.queryKey }),
    onSettled: () => cache.invalidateQueries({ queryKey: groupQuery.queryKey }),
  });
}

export function useEditOrganisation() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({
      organisation: { id, revision },
      change,
    }: {
      organisation: Organisation;
      change: z.input<typeof editOrganisation.body>;
    }) => call(editOrganisation, { params: { id }, body: change, ifMatch: revision }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['organisations'] }),
  });
}
