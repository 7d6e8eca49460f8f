import { isVisitor, type Member } from '../access/index.ts';
import type { Platform } from '../platform.ts';
import { type FilePlace, fileFor } from '../resources/index.ts';
import type { Attempt } from './contract.ts';
import { AttemptModel, type StoredAttempt } from './model.ts';
import { attemptTooLarge } from './problems.ts';
import { standingOf } from './rules.ts';

/** SCORM 2004 lets a package keep 64,000 characters of its own, and as much again in answers; this is ample. */
const longest = 500_000;

/** How far the member has come; what has not been begun is empty. @throws notFound, forbidden, noSuchFile */
export async function attemptOf(member: Member, place: FilePlace, item: string): Promise<Attempt> {
  const key = await keyOf(member, place, item);
  const found = isVisitor(member) ? null : await AttemptModel.findOne(key).lean();
  return present(item, found ? JSON.parse(found.cmi) : {}, found?.updatedAt ?? null);
}

/** Keeps how far the member has come; of a visitor nothing. @throws notFound, forbidden, noSuchFile, attemptTooLarge */
export async function keepAttempt(
  { clock }: Platform,
  member: Member,
  place: FilePlace,
  { item, cmi }: { item: string; cmi: Attempt['cmi'] },
): Promise<Attempt> {
  const key = await keyOf(member, place, item);
  const text = JSON.stringify(cmi);
  if (text.length > longest) throw attemptTooLarge({});
  if (isVisitor(member)) return present(item, cmi, null);
  const updatedAt = clock();
  await AttemptModel.updateOne(key, { $set: { cmi: text, updatedAt } }, { upsert: true });
  return present(item, cmi, updatedAt);
}

/** Notes how far a member has come, for another room that knows it. */
export async function noteAttempt(
  key: Pick<StoredAttempt, 'member' | 'resource' | 'blob' | 'item'>,
  cmi: Attempt['cmi'],
  at: Date,
): Promise<void> {
  const cmiText = JSON.stringify(cmi);
  await AttemptModel.updateOne(key, { $set: { cmi: cmiText, updatedAt: at } }, { upsert: true });
}

async function keyOf(member: Member, place: FilePlace, item: string) {
  const { file } = await fileFor(member, place);
  return { member: member.id, resource: place.id, blob: file.sha256, item };
}

const present = (item: string, cmi: Attempt['cmi'], updatedAt: Date | null): Attempt => ({
  item,
  cmi,
  ...standingOf(cmi),
  updatedAt: updatedAt?.toISOString() ?? null,
});
