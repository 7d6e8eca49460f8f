import { canSome, type Member } from '../access/index.ts';
import type { StoredVocabulary, TermDocument } from './model.ts';
import { spellingsOfTerm } from './rules.ts';

export function presentVocabulary(member: Member, vocabulary: StoredVocabulary & { terms: number }) {
  return {
    ...vocabulary,
    can: (['edit', 'import'] as const).filter((action) => canSome(member, action, 'vocabulary')),
  };
}

export function presentTerm(member: Member, term: TermDocument) {
  const can = canSome(member, 'edit', 'vocabulary') && term.mergedInto === null ? (['edit'] as const) : [];
  return { ...term.toObject(), spellings: spellingsOfTerm(term), id: term.id, can: [...can] };
}
