import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import {
  addTerm,
  editTerm,
  importTerms,
  listTerms,
  listVocabularies,
  mergeTerm,
  type Term,
  type Vocabulary as VocabularyShape,
} from '../../../server/vocabularies/contract.ts';
import { call } from '../../api/call.ts';
import { type Language, useLanguage } from '../../i18n/index.ts';

export type { ImportedRow, Term } from '../../../server/vocabularies/contract.ts';
export type Vocabulary = z.infer<typeof VocabularyShape>;

/** A vocabulary is read whole: pages filter it while somebody types. */
const most = 2000;

export const vocabulariesQuery = queryOptions({
  queryKey: ['vocabularies'],
  queryFn: async ({ signal }) => (await call(listVocabularies, {}, signal)).items,
  staleTime: 300_000,
});

export const termsQuery = (key: string) =>
  queryOptions({
    queryKey: ['vocabularies', key, 'terms'],
    queryFn: async ({ signal }) => {
      const terms: Term[] = [];
      let cursor: string | undefined;
      do {
        const page = await call(listTerms, { params: { key }, query: { limit: most, cursor } }, signal);
        terms.push(...page.items);
        cursor = page.next;
      } while (cursor !== undefined);
      return terms;
    },
    staleTime: 300_000,
  });

export const labelOf = ({ labels, code }: Pick<Term, 'labels' | 'code'>, language: Language): string =>
  (language === 'en' && labels.en) || labels['zh-CN'] || code;

/** Terms in use as a form offers them: label, the term above, and every word that finds them. */
export function useTermOptions(key: string) {
  const language = useLanguage();
  const { data: terms = [] } = useQuery(termsQuery(key));
  const byCode = new Map(terms.map((term) => [term.code, term]));
  return terms
    .filter(({ retired, mergedInto }) => !retired && mergedInto === null)
    .map((term) => {
      const above = term.parent === null ? undefined : byCode.get(term.parent);
      return {
        value: term.code,
        label: labelOf(term, language),
        ...(above && { under: labelOf(above, language) }),
        words: wordsOf(term),
        names: [term.code, term.labels['zh-CN'], term.labels.en, ...term.synonyms],
      };
    });
}

/** Everything that a term is found by, in small letters. */
export const wordsOf = ({ code, labels, synonyms, formerCodes }: Term): string =>
  [code, labels['zh-CN'], labels.en, ...synonyms, ...formerCodes].join(' ').toLocaleLowerCase('zh-CN');

function useRefresh(key: string) {
  const cache = useQueryClient();
  return () =>
    cache.invalidateQueries({
      queryKey: ['vocabularies'],
      predicate: (query) => {
        const [, which] = query.queryKey;
        return which === undefined || which === key;
      },
    });
}

export function useEditTerm(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ term, change }: { term: Term; change: z.input<typeof editTerm.body> }) =>
      call(editTerm, { params: { key, id: term.id }, body: change, ifMatch: term.revision }),
    onSuccess: (saved) =>
      cache.setQueryData(termsQuery(key).queryKey, (terms) =>
        terms?.map((term) => (term.id === saved.id ? saved : term)),
      ),
    onError: () => cache.invalidateQueries({ queryKey: termsQuery(key).queryKey }),
  });
}

export function useAddTerm(key: string) {
  const refresh = useRefresh(key);
  return useMutation({
    mutationFn: (body: z.input<typeof addTerm.body>) => call(addTerm, { params: { key }, body }),
    onSuccess: refresh,
  });
}

export function useMergeTerm(key: string) {
  const refresh = useRefresh(key);
  return useMutation({
    mutationFn: ({ id, into }: { id: string; into: string }) =>
      call(mergeTerm, { params: { key, id }, body: { into } }),
    onSuccess: refresh,
  });
}

export function useImportTerms(key: string) {
  const refresh = useRefresh(key);
  return useMutation({
    mutationFn: (body: { csv: string; dryRun: boolean }) => call(importTerms, { params: { key }, body }),
    onSuccess: ({ applied }) => (applied ? refresh() : undefined),
  });
}
