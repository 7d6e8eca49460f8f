import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';

export type Language = 'zh-CN' | 'en';

/** The cookie that the server reads too, then what the browser prefers, then Chinese. */
function preferred(): Language {
  const chosen = /(?:^|;\s*)language=([\w-]+)/.exec(document.cookie)?.[1];
  if (chosen === 'zh-CN' || chosen === 'en') return chosen;
  const known = navigator.languages.find((name) => /^(zh|en)/i.test(name));
  return known?.toLowerCase().startsWith('en') ? 'en' : 'zh-CN';
}

i18next.use(initReactI18next).init({
  lng: preferred(),
  fallbackLng: false,
  resources: {},
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  react: { useSuspense: false },
});
document.documentElement.lang = i18next.language;

/** Sets the language of the page and of the server's answers, from now on and for the next visits. */
export async function setLanguage(language: Language): Promise<void> {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser of a school
  document.cookie = `language=${language}; path=/; max-age=31536000; samesite=lax`;
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language as Language;
}

export const currentLanguage = (): Language => i18next.language as Language;
