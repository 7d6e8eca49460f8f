import { queryOptions } from '@tanstack/react-query';
import { getAttempt, keepAttempt } from '../../../../server/attempts/contract.ts';
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

export const keep = ({ resource: id, version }: Of, path: string, item: string, cmi: Attempt['cmi']) =>
  call(keepAttempt, { params: { id, version, path }, body: { item, cmi } });

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
