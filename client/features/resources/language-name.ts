import { useLanguage, useTexts } from '../../i18n/index.ts';
import { languages } from './draft/choices.ts';
import { draftTexts } from './draft/i18n.ts';

/** What a language is called, by its code: as the form says it, or as the browser knows it. */
export function useLanguageName(): (code: string) => string {
  const t = useTexts(draftTexts);
  const language = useLanguage();
  return (code) => {
    const offered = languages.find((known) => known === code);
    return offered
      ? t(`language.${offered}`)
      : (new Intl.DisplayNames(language, { type: 'language' }).of(code) ?? code);
  };
}
