import { queryOptions, useQuery } from '@tanstack/react-query';
import { listTerms } from '../../server/vocabularies/contract.ts';
import { useLanguage } from '../i18n/index.ts';
import { call } from './call.ts';

const labelsQuery = (key: string) =>
  queryOptions({
    queryKey: ['vocabularies', key, 'labels'],
    queryFn: async ({ signal }) => {
      const labels = new Map<string, { 'zh-CN': string; en: string }>();
      let cursor: string | undefined;
      do {
        const page = await call(listTerms, { params: { key }, query: { limit: 2000, cursor } }, signal);
        for (const term of page.items) labels.set(term.code, term.labels);
        cursor = page.next;
      } while (cursor !== undefined);
      return labels;
    },
    staleTime: 600_000,
  });

/** How codes of a vocabulary read in the language of the page: `…` until that is known; a code that is no term is itself. */
export function useLabels(key: string): (code: string) => string {
  const language = useLanguage();
  const { data, isPending } = useQuery(labelsQuery(key));
  return (code) => {
    if (isPending) return '…';
    const labels = data?.get(code);
    return labels?.[language] || labels?.['zh-CN'] || code;
  };
}
