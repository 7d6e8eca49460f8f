import { queryOptions } from '@tanstack/react-query';
import { getResource } from '../../../../server/resources/contract.ts';
import { call } from '../../../api/call.ts';

/** A resource that a label leads to, as far as the reader may see it. */
export const linkedQuery = (id: string) =>
  queryOptions({
    queryKey: ['resources', id, 'linked'],
    queryFn: async ({ signal }) => {
      const { title } = await call(getResource, { params: { id }, query: {} }, signal);
      return { title };
    },
    retry: false,
  });
