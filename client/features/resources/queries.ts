import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { describeEmbed } from '../../../server/content/contract.ts';
import type { AnswerOf } from '../../../server/http/contract.ts';
import { namePeople } from '../../../server/members/contract.ts';
import { getResource, getVersion, listHistory, listVersions } from '../../../server/resources/contract.ts';
import { call } from '../../api/call.ts';

export type Resource = AnswerOf<typeof getResource>;
export type ResourceFile = Resource['files'][number];
export type Change = AnswerOf<typeof listHistory>['items'][number];

export const resourceQuery = (id: string, view?: 'published' | 'draft') =>
  queryOptions({
    queryKey: ['resources', id, view ?? 'any'],
    queryFn: ({ signal }) => call(getResource, { params: { id }, query: { view } }, signal),
  });

/** A version as it was published; it never changes. */
export const versionQuery = (id: string, number: number) =>
  queryOptions({
    queryKey: ['resources', id, 'versions', number],
    queryFn: ({ signal }) => call(getVersion, { params: { id, number } }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const versionsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['resources', id, 'versions'],
    queryFn: ({ pageParam, signal }) =>
      call(listVersions, { params: { id }, query: { limit: 20, cursor: pageParam || undefined } }, signal),
    initialPageParam: '',
    getNextPageParam: (last: AnswerOf<typeof listVersions>) => last.next,
  });

export const historyQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['resources', id, 'history'],
    queryFn: ({ pageParam, signal }) =>
      call(listHistory, { params: { id }, query: { limit: 20, cursor: pageParam || undefined } }, signal),
    initialPageParam: '',
    getNextPageParam: (last: AnswerOf<typeof listHistory>) => last.next,
  });

/** What people are called, by their ids. */
export const peopleQuery = (ids: readonly string[]) =>
  queryOptions({
    queryKey: ['people', 'names', ...ids],
    queryFn: async ({ signal }) => {
      const { items } = await call(namePeople, { query: { id: [...ids] } }, signal);
      return new Map(items.map(({ id, name }) => [id, name]));
    },
    enabled: ids.length > 0,
  });

/** How the newest version is put into the page of another site. */
export const embedQuery = (id: string) =>
  queryOptions({
    queryKey: ['resources', id, 'embed'],
    queryFn: ({ signal }) =>
      call(describeEmbed, { query: { url: `${window.location.origin}/resources/${id}` } }, signal),
  });
