import { isDeepStrictEqual } from 'node:util';
import { type HydratedDocument, Error as MongooseError, Types } from 'mongoose';
import type { Member } from '../access/index.ts';
import { changedMeanwhile } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { changes as changed } from './events.ts';
import { stateOf } from './lifecycle.ts';
import { HistoryModel, ResourceModel } from './model.ts';
import type { Person, Stored, StoredChange, What } from './stored.ts';

export type ResourceDocument = HydratedDocument<Stored>;
export type Changes = StoredChange['changes'];

/**
 * Stores a changed resource: the one way that every change takes. It raises the revision, marks the search index as
 * behind and keeps the history, all in one write of the one document.
 *
 * The newest entry of the history travels inside the resource. Before the next one takes its place, it is copied to
 * the collection of the history; so none is lost or made up, wherever a process ends.
 * @throws changedMeanwhile when somebody saved in between; nothing is stored then
 */
export async function commit(
  { clock }: Pick<Platform, 'clock'>,
  member: Member,
  resource: ResourceDocument,
  what: What,
  changes: Changes = [],
): Promise<ResourceDocument> {
  if (!resource.isNew) await keep(resource.lastChange);
  const now = clock();
  resource.state = stateOf(resource);
  resource.makers = [resource.owner, ...resource.editors];
  resource.scope = (resource.draft ?? resource.published)?.audience.scope ?? resource.scope;
  resource.updatedAt = now;
  resource.staleSince = now;
  resource.lastChange = {
    _id: new Types.ObjectId(),
    resource: resource.id,
    revision: resource.isNew ? 0 : resource.revision + 1,
    at: now,
    by: personOf(member),
    what,
    changes,
  };
  try {
    await resource.save();
  } catch (error) {
    if (!(error instanceof MongooseError.VersionError)) throw error;
    const current = await ResourceModel.findById(resource.id, { revision: 1 }).lean();
    throw changedMeanwhile({ revision: current?.revision ?? -1 });
  }
  changed.announce({ id: resource.id, revision: resource.revision });
  return resource;
}

/** Copies an entry to the history; once is enough, however often it is asked. */
export async function keep(change: StoredChange): Promise<void> {
  const { _id, ...entry } = change;
  await HistoryModel.updateOne({ _id }, { $setOnInsert: entry }, { upsert: true });
}

export const personOf = (member: Member): Person => ({ id: member.id, name: member.name });

/** Field by field, what differs. */
export function differences<Shape extends object>(before: Shape, after: Partial<Shape>): Changes {
  return (Object.keys(after) as (keyof Shape & string)[])
    .filter((field) => !isDeepStrictEqual(before[field], after[field]))
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }));
}
