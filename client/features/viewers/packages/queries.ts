import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { getAttempt, keepAttempt } from '../../../../server/attempts/contract.ts';
import { getCourse, launchUnit } from '../../../../server/cmi5/contract.ts';
import type { AnswerOf } from '../../../../server/http/contract.ts';
import { call } from '../../../api/call.ts';
import type { PackageProps } from './package-props.ts';

export type Attempt = AnswerOf<typeof getAttempt>;
type Of = PackageProps['of'];

/** How far the member has come with a part of a package. Asked for anew each time that it is opened. */
export const attemptQuery = ({ resource: id, version }: Of, path: string, item: string) =>
  queryOptions({
    queryKey: ['attempts', id, version, path, item],
    queryFn: ({ signal }) => call(getAttempt, { params: { id, version, path }, query: { item } }, signal),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });

export const keep = (
  { resource: id, version }: Of,
  path: string,
  body: { item: string; cmi: Attempt['cmi']; opening: string },
) => call(keepAttempt, { params: { id, version, path }, body });

/** What was read of a resource's results, which change while somebody learns. */
export const resultsKey = ({ resource }: Of) => ['attempts', resource, 'results'] as const;

/** How often the course is asked for while a unit runs: it tells the record store, not this page, how far it is. */
const whileLearning = 5000;

/** A course of cmi5 with the member's progress. */
export const courseQuery = ({ resource: id, version }: Of, path: string, isLearning = false) =>
  queryOptions({
    queryKey: ['cmi5', id, version, path],
    queryFn: ({ signal }) => call(getCourse, { params: { id, version, path } }, signal),
    refetchInterval: isLearning ? whileLearning : false,
  });

export type Course = AnswerOf<typeof getCourse>;
export type CoursePart = Course['parts'][number];

/** Launches a unit; the address works once. */
export function useLaunch({ resource: id, version }: Of, path: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: { unit: string; anew?: boolean }) =>
      call(launchUnit, { params: { id, version, path }, body }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['cmi5', id, version, path] }),
  });
}

/** A file of a package as text. */
export const packageTextQuery = (url: string) =>
  queryOptions({
    queryKey: ['package-text', url],
    queryFn: async ({ signal }) => {
      const response = await fetch(url, { signal });
      if (!response.ok) throw new Error(`${url} answers ${response.status}`);
      return response.text();
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
