import type { SearchIndex } from '../../storage/search/search-index.ts';
import { type Member, notFound } from '../access/index.ts';
import type { SearchQuestion } from './contract.ts';
import { SavedSearchModel, type StoredSearch } from './model.ts';
import { tooManySaved } from './problems.ts';
import type { SearchRoom } from './room.ts';
import { countSince } from './service.ts';

const mostSaved = 50;

type Saved = StoredSearch & { _id: unknown };

/** The member's saved searches, newest first; new hits are counted as the member may see them now. */
export async function listSaved(room: SearchRoom, index: SearchIndex | undefined, member: Member) {
  const found = await SavedSearchModel.find({ member: member.id }).sort({ createdAt: -1 }).lean();
  return Promise.all(found.map((saved) => present(room, index, member, saved)));
}

/** Keeps a question; one that is kept already counts its new hits from now on. @throws tooManySaved */
export async function save(room: SearchRoom, member: Member, question: SearchQuestion) {
  const now = new Date(room.now());
  const key = JSON.stringify(question);
  const known = await SavedSearchModel.findOneAndUpdate(
    { member: member.id, key },
    { $set: { seenAt: now } },
    { returnDocument: 'after' },
  ).lean();
  if (known) return presentWith(known, 0);
  if ((await SavedSearchModel.countDocuments({ member: member.id })) >= mostSaved)
    throw tooManySaved({ most: mostSaved });
  const made = await SavedSearchModel.create({
    member: member.id,
    question,
    key,
    seenAt: now,
    createdAt: now,
  });
  return presentWith(made, 0);
}

/** @throws notFound unless it is one of the member's own */
export async function markSeen(room: SearchRoom, member: Member, id: string): Promise<void> {
  const seenAt = new Date(room.now());
  const { matchedCount } = await SavedSearchModel.updateOne(
    { _id: id, member: member.id },
    { $set: { seenAt } },
  );
  if (matchedCount === 0) throw notFound({});
}

/** @throws notFound unless it is one of the member's own */
export async function forget(member: Member, id: string): Promise<void> {
  const { deletedCount } = await SavedSearchModel.deleteOne({ _id: id, member: member.id });
  if (deletedCount === 0) throw notFound({});
}

async function present(room: SearchRoom, index: SearchIndex | undefined, member: Member, saved: Saved) {
  const { question, seenAt } = saved;
  return presentWith(saved, index ? await countSince(room, index, member, question, seenAt) : null);
}

function presentWith({ _id, question, seenAt }: Saved, fresh: number | null) {
  return { id: String(_id), question, seenAt, fresh };
}
