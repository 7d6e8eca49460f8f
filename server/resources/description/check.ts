import { checkAudience } from '../../members/index.ts';
import { unknownCodes } from '../../vocabularies/index.ts';
import { otherKind, unknownTerms } from '../problems.ts';
import { type Description, type Kind, kinds, type Parts } from './contract.ts';

/** Fields that hold codes, and the vocabulary that has to know them. */
const coded = { majors: 'majors', materialType: 'material-types' } as const;

/**
 * What the contract alone cannot know of a description: whether its codes and organisations exist, and whether its part
 * fits the kind.
 * @throws unknownTerms, unknownOrganisations, otherKind
 */
export async function checkDescription(kind: Kind, description: Partial<Description>): Promise<void> {
  for (const part of kinds) {
    if (part !== kind && description[part] !== undefined)
      throw otherKind({ kind, part, errors: [{ in: 'body', field: part, message: `kind = ${kind}` }] });
  }
  if (description.audience) await checkAudience(description.audience);
  for (const [field, vocabulary] of Object.entries(coded) as [keyof typeof coded, string][]) {
    const given = [description[field] ?? []].flat();
    const codes = given.length > 0 ? await unknownCodes(vocabulary, given) : [];
    if (codes.length > 0)
      throw unknownTerms({
        vocabulary,
        codes,
        errors: codes.map((code) => ({
          in: 'body',
          field: field === 'majors' ? `${field}.${given.indexOf(code)}` : field,
          message: code,
        })),
      });
  }
}

/** What is told without the parts of other kinds. */
export function fittedTo<Told extends Parts>(kind: Kind, told: Told): Told {
  const fitted = { ...told };
  for (const part of kinds) if (part !== kind) delete fitted[part];
  return fitted;
}

/** A new draft's description: what the author gave, and what holds until they say otherwise. */
export function newDescription(given: Partial<Description> & { title: string }, author: string): Description {
  return {
    summary: '',
    level: null,
    majors: [],
    courses: [],
    jobs: [],
    certificates: [],
    tags: [],
    materialType: null,
    language: 'zh-CN',
    licence: 'group-only',
    creators: [author],
    audience: { scope: 'group' },
    ...given,
  };
}
