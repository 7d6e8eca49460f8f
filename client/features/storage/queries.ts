import { queryOptions } from '@tanstack/react-query';
import type { AnswerOf } from '../../../server/http/contract.ts';
import { storageCondition } from '../../../server/uploads/contract.ts';
import { call } from '../../api/call.ts';

export type SetAside = AnswerOf<typeof storageCondition>['setAside'][number];

export const storageQuery = queryOptions({
  queryKey: ['storage'],
  queryFn: ({ signal }) => call(storageCondition, {}, signal),
});
