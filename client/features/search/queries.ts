import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { endpoint } from '../../../server/http/contract.ts';
import { call } from '../../api/call.ts';

const suggest = endpoint({
  method: 'get',
  path: '/api/suggest',
  summary: '',
  asks: 'anyone',
  query: z.strictObject({ q: z.string() }),
  answers: {
    200: z.object({
      items: z.array(z.object({ text: z.string(), kind: z.string(), id: z.string().optional() })),
    }),
  },
});

export const suggestQuery = (q: string) =>
  queryOptions({
    queryKey: ['suggest', q],
    queryFn: ({ signal }) => call(suggest, { query: { q } }, signal),
    enabled: q !== '',
    placeholderData: keepPreviousData,
    retry: false,
  });
