import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { namePeople } from '../../../../server/members/contract.ts';
import { shareResource } from '../../../../server/resources/contract.ts';
import { call } from '../../../api/call.ts';
import { isProblem } from '../../../api/problem-error.ts';
import { draftQuery, type Resource, useRemember } from '../draft/queries.ts';

/** Colleagues by what is typed of their name, its pinyin or initials, or by their e-mail address. */
export const colleaguesQuery = (q: string) =>
  queryOptions({
    queryKey: ['people', 'found', q],
    queryFn: async ({ signal }) => (await call(namePeople, { query: { q } }, signal)).items,
    enabled: q !== '',
    placeholderData: keepPreviousData,
  });

/**
 * Lets somebody edit a draft, or no longer. It is done to the list as it is then: when the draft has changed meanwhile,
 * the list is read again, and whom somebody else has named stays named.
 */
export function useEditors(resource: Resource) {
  const { id } = resource;
  const cache = useQueryClient();
  const remember = useRemember();

  async function put(person: string, edits: boolean, seen: Resource): Promise<Resource> {
    const others = (seen.editors ?? []).filter((editor) => editor !== person);
    const editors = edits ? [...others, person] : others;
    try {
      return await call(shareResource, { params: { id }, body: { editors }, ifMatch: seen.revision });
    } catch (error) {
      if (!isProblem(error, 'http/changed-meanwhile')) throw error;
      return put(person, edits, await cache.fetchQuery({ ...draftQuery(id), staleTime: 0 }));
    }
  }

  return useMutation({
    mutationFn: ({ person, edits }: { person: string; edits: boolean }) => put(person, edits, resource),
    onSuccess: remember,
  });
}
