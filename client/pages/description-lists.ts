import { useMe } from '../api/me.ts';
import { useOrganisations } from '../features/members/organisations/queries.ts';
import type { Lists } from '../features/resources/draft/description-form.tsx';
import { useTermOptions } from '../features/vocabularies/term-options.ts';

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
