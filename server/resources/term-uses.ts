import { assertCan, type Member } from '../access/index.ts';
import { type TermField, termFields } from './description/terms.ts';
import { ResourceModel } from './model.ts';

/**
 * How many resources have a term, whoever may read them: for curators, who are to know what a change of it moves. One
 * that is published and has a next draft counts in both.
 * @throws forbidden
 */
export async function countTermUses(member: Member, vocabulary: string, code: string) {
  assertCan(member, 'edit', 'vocabulary');
  const field = (Object.keys(termFields) as TermField[]).find((one) => termFields[one] === vocabulary);
  if (field === undefined) return { published: 0, drafts: 0 };
  const [published, drafts] = await Promise.all([
    ResourceModel.countDocuments({ [`published.${field}`]: code, state: { $ne: 'withdrawn' } }),
    ResourceModel.countDocuments({ [`draft.${field}`]: code }),
  ]);
  return { published, drafts };
}
