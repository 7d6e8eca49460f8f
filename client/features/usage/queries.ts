import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { AnswerOf } from '../../../server/http/contract.ts';
import { usageSummary } from '../../../server/usage/contract.ts';
import { call } from '../../api/call.ts';

export type Summary = AnswerOf<typeof usageSummary>;

/** @param from first day, @param to last day (YYYY-MM-DD); @param organisation all of them unless told */
export const summaryQuery = (from: string, to: string, organisation: string | undefined) =>
  queryOptions({
    queryKey: ['usage', from, to, organisation ?? 'all'],
    queryFn: ({ signal }) => call(usageSummary, { query: { from, to, organisation } }, signal),
    placeholderData: keepPreviousData,
  });
