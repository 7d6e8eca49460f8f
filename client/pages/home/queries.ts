import { queryOptions } from '@tanstack/react-query';
import { listResources } from '../../../server/resources/contract.ts';
import { search } from '../../../server/search/contract.ts';
import { call } from '../../api/call.ts';
import { choices } from '../../features/search/question.ts';

const shown = 8;

/** What was published last, in some majors or in all; its facets tell the terms that really occur. */
export const newestQuery = (majors: readonly string[]) =>
  queryOptions({
    queryKey: ['search', 'newest', majors],
    queryFn: ({ signal }) =>
      call(
        search,
        {
          query: {
            ...choices({ q: '', chosen: { major: majors }, sort: 'newest' }),
            sort: 'newest',
            limit: shown,
          },
        },
        signal,
      ),
  });

/** The member's drafts, changed last first. */
export const draftsQuery = queryOptions({
  queryKey: ['resources', 'drafts'],
  queryFn: ({ signal }) => call(listResources, { query: { mine: 'true', state: 'draft', limit: 4 } }, signal),
});
