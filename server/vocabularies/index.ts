import type { Feature } from '../feature.ts';
import type { Platform } from '../platform.ts';
import { routes } from './routes.ts';
import { seedVocabularies } from './shipped.ts';

/** Controlled lists: majors, courses, levels, material types, licences, certificates, the group's course structure. */
export const createVocabularies = (platform: Platform): Feature => ({
  name: 'vocabularies',
  routes: routes(platform),
  start: seedVocabularies,
});

export { TERMS_CHANGED, TERMS_REWORDED, type TermsChanged, type TermsReworded } from './changes.ts';
export { codeFinderOf, codesBelow, type LabelledTerm, nameOfVocabulary, termsOf } from './lookup.ts';
