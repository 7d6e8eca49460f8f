import { useOrganisationNames } from '../../api/organisation-names.ts';
import { shell, useLanguage, useTexts } from '../../i18n/index.ts';
import type { Resource } from './queries.ts';

/** For whom a resource is, in words: named organisations by their names. */
export function useAudienceWords(): (audience: Resource['audience']) => string {
  const words = useTexts(shell);
  const language = useLanguage();
  const nameOf = useOrganisationNames();
  return (audience) => {
    const scope = words(`scope.${audience.scope}`);
    if (audience.scope !== 'organisations') return scope;
    const names = (audience.organisations ?? []).map(nameOf);
    return language === 'en' ? `${scope}: ${names.join(', ')}` : `${scope}：${names.join('、')}`;
  };
}
