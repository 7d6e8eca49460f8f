import { useMe } from '../api/me.ts';
import { useOrganisations } from '../features/members/organisations/queries.ts';
import type { FieldName } from '../features/resources/draft/description.ts';
import type { Lists } from '../features/resources/draft/description-form.tsx';
import { useTermOptions } from '../features/vocabularies/queries.ts';
import { shell, useTexts } from '../i18n/index.ts';

/** The lists that the description form offers, brought together from the rooms that keep them. */
export function useDescriptionLists(): Lists {
  const { me } = useMe();
  return {
    majors: useTermOptions('majors').filter(({ value }) => /^\d{6}/.test(value) || !/^\d+$/.test(value)),
    courses: useTermOptions('courses'),
    jobs: useTermOptions('jobs'),
    certificates: useTermOptions('certificates'),
    materialTypes: useTermOptions('material-types'),
    organisations: useOrganisations().options,
    ownMajors: me?.majors ?? [],
    author: me?.name,
  };
}

const listOf: Partial<Record<FieldName, keyof Lists>> = {
  majors: 'majors',
  courses: 'courses',
  jobs: 'jobs',
  certificates: 'certificates',
  materialType: 'materialTypes',
};

/** Values of a description in words, for showing two versions side by side. */
export function useWordsOf(lists: Lists): (name: FieldName, value: unknown) => string {
  const t = useTexts(shell);
  return (name, value) => {
    const list = listOf[name];
    const options = list === undefined ? [] : lists[list];
    const word = (code: unknown) => {
      const known = Array.isArray(options)
        ? options.find((option) => typeof option !== 'string' && option.value === code)
        : undefined;
      return typeof known === 'object' ? known.label : String(code);
    };
    if (value === null || value === undefined) return '';
    if (Array.isArray(value)) return value.map(word).join('、');
    if (name === 'kind') return t(`kind.${value as 'xr'}`);
    if (name === 'level') return t(`level.${value as 'course'}`);
    if (name === 'audience' && typeof value === 'object' && 'scope' in value)
      return t(`scope.${value.scope as 'self'}`);
    return typeof value === 'object' ? linesOf(value) : word(value);
  };
}

/** The parts of a kind: every text in them on a line of its own. */
const linesOf = (value: object): string =>
  Object.values(value)
    .flatMap((part) => (typeof part === 'object' && part !== null ? linesOf(part) : String(part)))
    .filter(Boolean)
    .join('\n');
