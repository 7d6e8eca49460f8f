import { codeFinderOf, nameOfVocabulary } from '../../vocabularies/index.ts';
import { unknownTerms } from '../problems.ts';
import type { Description } from './contract.ts';

/** Fields that hold terms, and the vocabulary of each. */
export const termFields = {
  majors: 'majors',
  courses: 'courses',
  jobs: 'jobs',
  certificates: 'certificates',
  materialType: 'material-types',
} as const;
export type TermField = keyof typeof termFields;

/** The field that holds the terms of a vocabulary; undefined for one by which resources are not described. */
export const fieldOf = (vocabulary: string): TermField | undefined =>
  (Object.keys(termFields) as TermField[]).find((field) => termFields[field] === vocabulary);

/** Fields that also take words that no term goes by. */
const open: readonly TermField[] = ['courses', 'jobs', 'certificates'];

/** Puts the code of its term in place of every name and every merged code. @throws unknownTerms */
export async function withCodes<Given extends Partial<Description>>(description: Given): Promise<Given> {
  let settled = description;
  for (const field of Object.keys(termFields) as TermField[]) {
    const given = [description[field] ?? []].flat();
    if (given.length === 0) continue;
    const vocabulary = termFields[field];
    const codeOf = await codeFinderOf(vocabulary);
    const unknown = open.includes(field) ? [] : given.filter((text) => codeOf(text) === undefined);
    if (unknown.length > 0)
      throw unknownTerms({
        vocabulary,
        labels: await nameOfVocabulary(vocabulary),
        codes: unknown,
        at: unknown.map((text) => (field === 'materialType' ? field : `${field}.${given.indexOf(text)}`)),
      });
    const values = [...new Set(given.map((text) => codeOf(text) ?? text))];
    settled = { ...settled, [field]: field === 'materialType' ? values[0] : values };
  }
  return settled;
}
