import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { countTermUses, listTermUses } from '../../../server/resources/contract.ts';
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
import { foundBy } from '../../components/finding.ts';
import type { Language } from '../../i18n/index.ts';
import { placeBehind, siblingsOf } from './tree.ts';
import type { UsesOfTerms } from './uses.ts';

export type { ImportedRow, Term } from '../../../server/vocabularies/contract.ts';
export type Vocabulary = z.infer<typeof VocabularyShape>;

/** A vocabulary is read whole: pages filter it while somebody types. */
const most = 2000;

export const vocabulariesQuery = queryOptions({
  queryKey: ['vocabularies'],
  queryFn: async ({ signal }) => (await call(listVocabularies, {}, signal)).items,
  staleTime: 300_000,
});

/** Terms in their order; with `retired` those too that are no longer offered. */
export const termsQuery = (key: string, retired = false) =>
  queryOptions({
    queryKey: ['vocabularies', key, 'terms', retired],
    queryFn: async ({ signal }) => {
      const terms: Term[] = [];
      let cursor: string | undefined;
      do {
        const query = { limit: most, cursor, ...(retired && { retired: 'true' as const }) };
        const page = await call(listTerms, { params: { key }, query }, signal);
        terms.push(...page.items.filter(({ mergedInto }) => mergedInto === null));
        cursor = page.next;
      } while (cursor !== undefined);
      return terms;
    },
    staleTime: 300_000,
  });

/** How many resources have each term, for curators. */
export const usesOfTermsQuery = (key: string) =>
  queryOptions({
    queryKey: ['vocabularies', key, 'uses'],
    queryFn: async ({ signal }): Promise<UsesOfTerms> => {
      const { items } = await call(listTermUses, { params: { key } }, signal);
      return new Map(items.map(({ code, ...uses }) => [code, uses]));
    },
    staleTime: 60_000,
  });

/** What merging the term would move. */
export const usesQuery = (key: string, code: string) =>
  queryOptions({
    queryKey: ['vocabularies', key, 'uses', code],
    queryFn: ({ signal }) => call(countTermUses, { params: { key, code } }, signal),
  });

export const labelOf = ({ labels, code }: Pick<Term, 'labels' | 'code'>, language: Language): string =>
  (language === 'en' && labels.en) || labels['zh-CN'] || code;

/** Everything that a term is found by. */
export const wordsOf = ({ code, labels, synonyms, formerCodes, spellings }: Term): string =>
  foundBy(labels['zh-CN'], labels.en, code, synonyms, formerCodes, spellings);

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

/** Saves a cell of the table. */
export function useEditTerm(key: string) {
  const cache = useQueryClient();
  const queryKey = ['vocabularies', key, 'terms'];
  return useMutation({
    mutationFn: ({ term, change }: { term: Term; change: z.input<typeof editTerm.body> }) =>
      call(editTerm, { params: { key, id: term.id }, body: change, ifMatch: term.revision }),
    onSuccess: (saved) =>
      cache.setQueriesData<Term[]>({ queryKey }, (terms) =>
        terms?.map((term) => (term.id === saved.id ? saved : term)),
      ),
    onError: () => cache.invalidateQueries({ queryKey }),
  });
}

interface Saving {
  /** What is changed; without one, a term is added. */
  term: Term | undefined;
  wanted: Omit<z.output<typeof addTerm.body>, 'position' | 'parent'> & { parent: string | null };
  /** Code of the sibling that it is to stand behind, `''` for the first place; without one, it stays where it is. */
  after: string | undefined;
}

/** Saves all about a term: only what was changed, so that what others have changed meanwhile stays. */
export function useSaveTerm(key: string, terms: readonly Term[]) {
  const refresh = useRefresh(key);
  return useMutation({
    mutationFn: async ({ term, wanted, after }: Saving) => {
      const siblings = siblingsOf(terms, wanted.parent).filter(({ id }) => id !== term?.id);
      const place = after === undefined ? undefined : placeBehind(siblings, after);
      for (const { term: sibling, position } of place?.moved ?? [])
        await call(editTerm, {
          params: { key, id: sibling.id },
          body: { position },
          ifMatch: sibling.revision,
        });
      const position = place && { position: place.position };
      if (!term) return call(addTerm, { params: { key }, body: { ...wanted, ...position } });
      const { code: _, ...changeable } = wanted;
      const changed = Object.entries(changeable).filter(
        ([name, value]) => JSON.stringify(value) !== JSON.stringify(term[name as keyof Term]),
      );
      const body = { ...Object.fromEntries(changed), ...position };
      return call(editTerm, { params: { key, id: term.id }, body, ifMatch: term.revision });
    },
    onSettled: refresh,
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
