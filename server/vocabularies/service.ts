import { assertCan, type Member, notFound } from '../access/index.ts';
import { assertRevision, fromCursor, pageFrom } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { announceTerms } from './changes.ts';
import { type StoredTerm, type TermDocument, TermModel, VocabularyModel } from './model.ts';
import { circle, closedVocabulary, codeTaken, noSuchParent, noSuchVocabulary } from './problems.ts';
import { makesCircle, matches } from './rules.ts';

/** All vocabularies in their order, with the number of terms in use. */
export async function listVocabularies(member: Member) {
  assertCan(member, 'read', 'vocabulary');
  const [vocabularies, counts] = await Promise.all([
    VocabularyModel.find().sort({ position: 1 }).lean(),
    TermModel.aggregate<{ _id: string; terms: number }>([
      { $match: { mergedInto: null } },
      { $group: { _id: '$vocabulary', terms: { $sum: 1 } } },
    ]),
  ]);
  const termsOf = new Map(counts.map(({ _id, terms }) => [_id, terms]));
  return vocabularies.map((vocabulary) => ({ ...vocabulary, terms: termsOf.get(vocabulary.key) ?? 0 }));
}

/** @throws noSuchVocabulary */
export async function findVocabulary(key: string) {
  const vocabulary = await VocabularyModel.findOne({ key }).lean();
  if (!vocabulary) throw noSuchVocabulary({ key });
  return vocabulary;
}

interface TermQuery {
  limit: number;
  cursor?: string | undefined;
  q?: string | undefined;
  parent?: string | undefined;
  /** Retired and merged terms too. */
  retired?: 'true' | 'false' | undefined;
}

/**
 * Terms in the order of the list. A vocabulary has at most some thousand terms, so `q` is matched here: any part of
 * a word counts, in Chinese and Latin alike.
 * @throws noSuchVocabulary, badCursor
 */
export async function listTerms(member: Member, key: string, query: TermQuery) {
  assertCan(member, 'read', 'vocabulary');
  await findVocabulary(key);
  const all = await TermModel.find({
    vocabulary: key,
    ...(query.parent !== undefined && { parent: query.parent }),
    ...(query.retired !== 'true' && { retired: false, mergedInto: null }),
  }).sort({ position: 1, code: 1 });
  const { q } = query;
  const matching = q ? all.filter((term) => matches(term, q)) : all;
  return pageFrom(after(matching, query.cursor).slice(0, query.limit + 1), query.limit, placeOf);
}

/** @throws notFound */
export async function getTerm(member: Member, key: string, id: string): Promise<TermDocument> {
  assertCan(member, 'read', 'vocabulary');
  const term = await TermModel.findOne({ _id: id, vocabulary: key });
  if (!term) throw notFound({});
  return term;
}

type Change = Partial<Omit<StoredTerm, 'vocabulary' | 'code' | 'mergedInto' | 'revision'>>;

/** @throws forbidden, noSuchVocabulary, closedVocabulary, codeTaken, noSuchParent */
export async function addTerm(
  platform: Platform,
  member: Member,
  key: string,
  term: Change & Pick<StoredTerm, 'code' | 'labels'>,
) {
  assertCan(member, 'edit', 'vocabulary');
  const { closed, labels } = await findVocabulary(key);
  if (closed) throw closedVocabulary({ key, labels });
  if (await TermModel.exists({ vocabulary: key, code: term.code })) throw codeTaken({ code: term.code });
  await assertParent(key, term.code, term.parent ?? null);
  const position = term.position ?? (await positionAfterAll(key));
  const added = await TermModel.create({ ...term, position, vocabulary: key });
  await announceTerms(platform, key, [term.code]);
  return added;
}

/** @throws forbidden, notFound, changedMeanwhile, closedVocabulary, noSuchParent, circle */
export async function editTerm(
  platform: Platform,
  member: Member,
  key: string,
  id: string,
  change: Change,
  ifMatch?: number,
) {
  assertCan(member, 'edit', 'vocabulary');
  const term = await getTerm(member, key, id);
  assertRevision(term, ifMatch);
  const { closed, labels } = await findVocabulary(key);
  if (change.retired && closed) throw closedVocabulary({ key, labels });
  if (change.parent !== undefined) await assertParent(key, term.code, change.parent);
  await term.set(change).save();
  const { labels: names, synonyms, retired, parent } = change;
  if ([names, synonyms, retired, parent].some((one) => one !== undefined))
    await announceTerms(platform, key, [term.code]);
  return term;
}

/** Behind the last term of a vocabulary. */
export async function positionAfterAll(vocabulary: string): Promise<number> {
  const last = await TermModel.findOne({ vocabulary }, { position: 1 }).sort({ position: -1 }).lean();
  return last ? last.position + 1 : 0;
}

/** The order of a list as a place in it. */
const placeOf = (term: TermDocument) => [term.position, term.code] as const;

function after(terms: TermDocument[], cursor: string | undefined): TermDocument[] {
  if (cursor === undefined) return terms;
  const [position = 0, code = ''] = fromCursor(cursor, 2);
  const rest = terms.findIndex(
    (term) => term.position > Number(position) || (term.position === position && term.code > String(code)),
  );
  return rest === -1 ? [] : terms.slice(rest);
}

async function assertParent(key: string, code: string, parent: string | null): Promise<void> {
  if (parent === null) return;
  const terms = await TermModel.find({ vocabulary: key, mergedInto: null }, { code: 1, parent: 1 }).lean();
  if (!terms.some((term) => term.code === parent)) throw noSuchParent({ code: parent });
  if (makesCircle(terms, code, parent)) throw circle({ code });
}
