import { checkAudience } from '../../members/index.ts';
import { otherKind } from '../problems.ts';
import { type Description, type Kind, kinds, type Parts } from './contract.ts';
import { withCodes } from './terms.ts';

/**
 * What the contract alone cannot know of a description: whether its terms and organisations exist, and whether its part
 * fits the kind. Gives it as it is stored: terms by their codes.
 * @throws unknownTerms, unknownOrganisations, otherKind
 */
export async function checkDescription<Given extends Partial<Description>>(
  kind: Kind,
  description: Given,
): Promise<Given> {
  for (const part of kinds) {
    if (part !== kind && description[part] !== undefined) throw otherKind({ kind, part });
  }
  if (description.audience) await checkAudience(description.audience);
  return withCodes(description);
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
