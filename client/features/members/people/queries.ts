import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { z } from 'zod';
import type { AnswerOf } from '../../../../server/http/contract.ts';
import {
  cancelInvitation,
  editMember,
  importMembers,
  invite,
  listInvitations,
  listMembers,
  renewLink,
} from '../../../../server/members/contract.ts';
import { call } from '../../../api/call.ts';

export type Person = AnswerOf<typeof listMembers>['items'][number];
export type Import = AnswerOf<typeof importMembers>;
export type OrganisationRole = Person['roles'][number];
export type GroupRole = Person['groupRoles'][number];

const peopleKey = (organisation: string) => ['people', organisation] as const;

export const peopleQuery = (organisation: string, q: string) =>
  infiniteQueryOptions({
    queryKey: [...peopleKey(organisation), q],
    queryFn: ({ pageParam, signal }) =>
      call(
        listMembers,
        {
          params: { id: organisation },
          query: { q: q || undefined, limit: 50, cursor: pageParam || undefined },
        },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last: AnswerOf<typeof listMembers>) => last.next,
    placeholderData: keepPreviousData,
  });

export const invitationsQuery = (organisation: string) =>
  queryOptions({
    queryKey: ['invitations', organisation],
    queryFn: async ({ signal }) =>
      (await call(listInvitations, { params: { id: organisation }, query: { limit: 100 } }, signal)).items,
  });

export function useEditPerson(organisation: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ person, change }: { person: Person; change: z.input<typeof editMember.body> }) =>
      call(editMember, {
        params: { id: organisation, memberId: person.id },
        body: change,
        ifMatch: person.revision,
      }),
    onSettled: () => cache.invalidateQueries({ queryKey: peopleKey(organisation) }),
  });
}

export function useInvite(organisation: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof invite.body>) => call(invite, { params: { id: organisation }, body }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['invitations', organisation] }),
  });
}

export function useCancelInvitation(organisation: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (invitationId: string) =>
      call(cancelInvitation, { params: { id: organisation, invitationId } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['invitations', organisation] }),
  });
}

export function useRenewLink(organisation: string) {
  return useMutation({
    mutationFn: (memberId: string) => call(renewLink, { params: { id: organisation, memberId } }),
  });
}

export function useImportPeople(organisation: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ csv, dryRun }: { csv: string; dryRun: boolean }) =>
      call(importMembers, {
        params: { id: organisation },
        query: { dryRun: dryRun ? 'true' : 'false' },
        body: csv,
      }),
    onSuccess: ({ added }) =>
      added.length > 0 ? cache.invalidateQueries({ queryKey: peopleKey(organisation) }) : undefined,
  });
}
