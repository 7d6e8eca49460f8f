import { assertCan, type Member } from '../access/index.ts';
import type { Platform } from '../platform.ts';
import { announceTerms } from './changes.ts';
import { TermModel } from './model.ts';
import { cannotMerge, closedVocabulary } from './problems.ts';
import { mergedSynonyms, withDescendants } from './rules.ts';
import { findVocabulary, getTerm } from './service.ts';

/**
 * Merges a term into another of the same vocabulary. The terms below it and its words move at once, the resources by
 * a durable job; until that is done, `mergedInto` tells where the old code leads.
 * @throws forbidden, notFound, closedVocabulary, cannotMerge
 */
export async function mergeTerm(platform: Platform, member: Member, key: string, id: string, into: string) {
  assertCan(member, 'edit', 'vocabulary');
  const from = await getTerm(member, key, id);
  const { closed, labels } = await findVocabulary(key);
  if (closed) throw closedVocabulary({ key, labels });
  const terms = await TermModel.find({ vocabulary: key, mergedInto: null }, { code: 1, parent: 1 }).lean();
  const target = await TermModel.findOne({ vocabulary: key, code: into, mergedInto: null, retired: false });
  if (!target || from.mergedInto !== null || withDescendants(terms, from.code).includes(into))
    throw cannotMerge({ from: from.code, into });

  target.synonyms = mergedSynonyms(target, from);
  target.formerCodes = [...new Set([...target.formerCodes, from.code, ...from.formerCodes])];
  await target.save();
  from.set({ mergedInto: into, retired: true });
  await from.save();
  await TermModel.updateMany(
    { vocabulary: key, parent: from.code },
    { $set: { parent: into }, $inc: { revision: 1 } },
  );
  await announceTerms(platform, key, [into]);
  return target;
}
