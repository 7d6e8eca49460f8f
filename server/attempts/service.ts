import { isVisitor, type Member } from '../access/index.ts';
import type { Platform } from '../platform.ts';
import { type FilePlace, fileFor } from '../resources/index.ts';
import type { Attempt } from './contract.ts';
import { AttemptModel, type StoredAttempt } from './model.ts';
import { attemptTooLarge } from './problems.ts';
import { reachedAfter, standingOf } from './rules.ts';

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
  { item, cmi, opening }: { item: string; cmi: Attempt['cmi']; opening: string },
): Promise<Attempt> {
  const key = await keyOf(member, place, item);
  if (JSON.stringify(cmi).length > longest) throw attemptTooLarge({});
  if (isVisitor(member)) return present(item, cmi, null);
  const at = clock();
  await noteAttempt(key, { cmi, at, opening, isTrial: place.version === 'draft' });
  return present(item, cmi, at);
}

/** What a package tells of a member. */
export interface Told {
  cmi: Attempt['cmi'];
  at: Date;
  /** the opening of the package in which it is told */
  opening: string;
  /** whether a draft is tried out, which counts for nothing */
  isTrial: boolean;
}

/** Notes how far a member has come; other rooms that know it come here too. */
export async function noteAttempt(
  key: Pick<StoredAttempt, 'member' | 'resource' | 'blob' | 'item'>,
  { cmi, at, opening, isTrial }: Told,
): Promise<void> {
  const before = isTrial ? null : await AttemptModel.findOne(key, 'reached').lean();
  const counted = !isTrial && {
    reached: reachedAfter(before?.reached, cmi, opening),
    ...(!before?.reached && { startedAt: at }),
  };
  const change = { $set: { cmi: JSON.stringify(cmi), updatedAt: at, ...counted } };
  await AttemptModel.updateOne(key, change, { upsert: true });
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
