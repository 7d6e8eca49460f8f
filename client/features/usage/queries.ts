import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { AnswerOf } from '../../../server/http/contract.ts';
import { usageSummary } from '../../../server/usage/contract.ts';
import { call } from '../../api/call.ts';

export type Summary = AnswerOf<typeof usageSummary>;

/** @param days so many up to today, as the server counts them; @param organisation all of them unless told */
export const summaryQuery = (days: number, organisation: string | undefined) =>
  queryOptions({
    queryKey: ['usage', days, organisation ?? 'all'],
    queryFn: ({ signal }) => call(usageSummary, { query: { days, organisation } }, signal),
    placeholderData: keepPreviousData,
  });
