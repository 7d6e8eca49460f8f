import { assertCan, type Member } from '../access/index.ts';
import { termsOf } from '../vocabularies/index.ts';
import { fieldOf } from './description/terms.ts';
import { ResourceModel } from './model.ts';

/** Fields that take codes alone, by the vocabulary of each. */
const codeFields = new Map([
  ['levels', 'level'],
  ['licences', 'licence'],
]);
const fieldWith = (vocabulary: string) => fieldOf(vocabulary) ?? codeFields.get(vocabulary);

/** Vocabularies by whose terms search is narrowed, and finds under each what has one below it. */
const nested: readonly string[] = ['majors', 'courses', 'material-types'];

/** The current version of what is published, and next drafts: a resource that has both counts in both. */
const stages = { published: 'published', drafts: 'draft' } as const;
type Stage = keyof typeof stages;
const filters: Readonly<Record<Stage, Record<string, unknown>>> = {
  published: { published: { $ne: null }, state: { $ne: 'withdrawn' } },
  drafts: { draft: { $ne: null } },
};

/**
 * How many resources have a term, whoever may read them: for curators, who are to know what a change of it moves.
 * @throws forbidden
 */
export async function countTermUses(member: Member, vocabulary: string, code: string) {
  assertCan(member, 'edit', 'vocabulary');
  const field = fieldWith(vocabulary);
  if (field === undefined) return { published: 0, drafts: 0 };
  const count = (stage: Stage) =>
    ResourceModel.countDocuments({ ...filters[stage], [`${stages[stage]}.${field}`]: code });
  const [published, drafts] = await Promise.all([count('published'), count('drafts')]);
  return { published, drafts };
}

/**
 * The same of all terms of a vocabulary that some resource has, and as search counts: a resource with two terms below
 * one counts there once.
 * @throws forbidden
 */
export async function listTermUses(member: Member, vocabulary: string) {
  assertCan(member, 'edit', 'vocabulary');
  const field = fieldWith(vocabulary);
  if (field === undefined) return [];
  const terms = await termsOf(vocabulary);
  const uses = new Map<string, Record<Stage, number>>();
  for (const stage of Object.keys(stages) as Stage[])
    for (const { _id, count } of await combinations(stage, field)) {
      const codes = new Set([_id ?? []].flat());
      for (const code of codes) {
        const term = terms.get(code);
        if (!term) continue; // a word that is no term
        const before = uses.get(code) ?? { published: 0, drafts: 0 };
        uses.set(code, { ...before, [stage]: before[stage] + count });
        // Walking a set comes to what is added meanwhile.
        if (nested.includes(vocabulary) && term.parent !== null) codes.add(term.parent);
      }
    }
  return [...uses].map(([code, counts]) => ({ code, ...counts }));
}

/** The terms that resources have together, and how many have just these. */
const combinations = (stage: Stage, field: string) =>
  ResourceModel.aggregate<{ _id: string | string[] | null; count: number }>([
    { $match: filters[stage] },
    { $group: { _id: `$${stages[stage]}.${field}`, count: { $sum: 1 } } },
  ]);
