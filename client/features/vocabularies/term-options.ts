import { useQuery } from '@tanstack/react-query';
import { useLanguage } from '../../i18n/index.ts';
import { labelOf, termsQuery, wordsOf } from './queries.ts';

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
