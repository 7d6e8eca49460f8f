import { type Action, can, findFor, type Member } from '../access/index.ts';
import { assertRevision, changedMeanwhile } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { commit, personOf, type ResourceDocument } from './commit.ts';
import { changes } from './events.ts';
import { assertClean } from './files/clean.ts';
import { obstacles } from './lifecycle.ts';
import { HistoryModel, ResourceModel, VersionModel } from './model.ts';
import {
  draftExists,
  incomplete,
  isWithdrawn,
  neverPublished,
  noDraft,
  noSuccessor,
  notSubmitted,
  underReview,
} from './problems.ts';

/** The steps of the lifecycle beside publishing: each loads, decides, changes and commits. */

/** @throws notFound, forbidden, changedMeanwhile, isWithdrawn, noDraft, underReview, incomplete, infectedFile */
export async function submit(platform: Platform, member: Member, id: string, ifMatch?: number) {
  const resource = await find(member, 'submit', id, ifMatch);
  if (!resource.draft) throw noDraft({});
  if (resource.submitted) throw underReview({});
  const lacks = obstacles(resource.draft);
  if (lacks.length > 0) throw incomplete({ missing: lacks });
  await assertClean(platform, resource.draft.files, { mayWait: true });
  resource.submitted = { at: platform.clock(), by: personOf(member) };
  return commit(platform, member, resource, 'submitted');
}

/** Takes a submission back. @throws notFound, forbidden, changedMeanwhile, isWithdrawn, notSubmitted */
export async function recall(platform: Platform, member: Member, id: string, ifMatch?: number) {
  const resource = await find(member, 'submit', id, ifMatch);
  if (!resource.submitted) throw notSubmitted({});
  resource.submitted = null;
  return commit(platform, member, resource, 'recalled');
}

export interface Words {
  comment: string;
  fields: { field: string; comment: string }[];
}

/** Sends a submission back with words. @throws notFound, forbidden, changedMeanwhile, isWithdrawn, notSubmitted */
export async function sendBack(
  platform: Platform,
  member: Member,
  id: string,
  { comment, fields }: Words,
  ifMatch?: number,
) {
  const resource = await find(member, 'return', id, ifMatch);
  if (!resource.submitted) throw notSubmitted({});
  resource.submitted = null;
  resource.returned = { at: platform.clock(), by: personOf(member), comment, fields };
  return commit(platform, member, resource, 'returned', [
    { field: 'comment', before: null, after: comment },
    ...(fields.length > 0 ? [{ field: 'fields', before: null, after: fields }] : []),
  ]);
}

/**
 * Withdraws what is published. The next draft, when there is one, goes to rest with it.
 * @throws notFound, forbidden, changedMeanwhile, isWithdrawn, neverPublished, noSuccessor
 */
export async function withdraw(
  platform: Platform,
  member: Member,
  id: string,
  { reason, successor }: { reason: string; successor?: string | undefined },
  ifMatch?: number,
) {
  const resource = await find(member, 'withdraw', id, ifMatch);
  if (!resource.published) throw neverPublished({});
  if (successor !== undefined) await assertSuccessor(member, id, successor);
  resource.submitted = null;
  resource.withdrawn = {
    at: platform.clock(),
    by: personOf(member),
    reason,
    ...(successor !== undefined && { successor }),
  };
  return commit(platform, member, resource, 'withdrawn', [
    { field: 'reason', before: null, after: reason },
    ...(successor !== undefined ? [{ field: 'successor', before: null, after: successor }] : []),
  ]);
}

/**
 * Discards a resource that was never published, its draft and its history; withdraws one that was.
 * @throws notFound, forbidden, changedMeanwhile, isWithdrawn
 */
export async function discard(platform: Platform, member: Member, id: string, ifMatch?: number) {
  const resource = await find(member, 'withdraw', id, ifMatch);
  if (resource.published) {
    await withdraw(platform, member, id, { reason: '' }, resource.revision);
    return;
  }
  const { deletedCount } = await ResourceModel.deleteOne({ _id: resource._id, revision: resource.revision });
  if (deletedCount === 0) throw changedMeanwhile({ revision: resource.revision });
  await Promise.all([
    HistoryModel.deleteMany({ resource: id }),
    VersionModel.deleteMany({ resource: id }), // left by a publishing that did not come to its end
  ]);
  changes.announce({ id, revision: resource.revision });
}

/** @throws notFound, forbidden, changedMeanwhile, isWithdrawn, draftExists */
export async function startDraft(platform: Platform, member: Member, id: string, ifMatch?: number) {
  const resource = await find(member, 'edit', id, ifMatch);
  if (resource.draft || !resource.published) throw draftExists({});
  const { number, publishedAt, publisher, note, ...content } = resource.published;
  resource.draft = { ...content, basedOn: number };
  resource.returned = null;
  return commit(platform, member, resource, 'draft-started');
}

/**
 * Discards the next draft; what is published stays.
 * @throws notFound, forbidden, changedMeanwhile, isWithdrawn, noDraft, underReview, neverPublished
 */
export async function discardDraft(platform: Platform, member: Member, id: string, ifMatch?: number) {
  const resource = await find(member, 'edit', id, ifMatch);
  if (!resource.draft) throw noDraft({});
  if (resource.submitted) throw underReview({});
  if (!resource.published) throw neverPublished({});
  resource.draft = null;
  resource.returned = null;
  return commit(platform, member, resource, 'draft-discarded');
}

async function find(
  member: Member,
  action: Action,
  id: string,
  ifMatch: number | undefined,
): Promise<ResourceDocument> {
  const resource = await findFor(member, action, 'resource', ResourceModel, id);
  assertRevision(resource, ifMatch);
  if (resource.withdrawn) throw isWithdrawn({});
  return resource;
}

async function assertSuccessor(member: Member, id: string, successor: string): Promise<void> {
  const found = successor === id ? null : await ResourceModel.findById(successor).lean();
  if (!found?.published || found.withdrawn || !can(member, 'read', 'resource', found)) throw noSuccessor({});
}
