import type { QueryFilter } from 'mongoose';
import { audienceKeysOf, can, findFor, type Member, notFound, readFor } from '../access/index.ts';
import { fromCursor, pageFrom } from '../http/index.ts';
import { keep } from './commit.ts';
import type { Kind } from './contract.ts';
import { HistoryModel, ResourceModel, type StoredVersion, VersionModel } from './model.ts';
import { noDraft, noSuchFile, withdrawn } from './problems.ts';
import { accessFields } from './service.ts';
import type { Content, Stored } from './stored.ts';

interface Paging {
  limit: number;
  cursor?: string | undefined;
}

const shown = { ...accessFields, kind: 1, withdrawn: 1, 'published.number': 1 } as const;

/**
 * The versions of a resource that a member may see. A number above the published one is an attempt that did not come
 * to its end; a version that had a narrower audience than the newest stays with that audience.
 */
function visibleTo(member: Member, resource: Stored): QueryFilter<StoredVersion> {
  return {
    resource: String(resource._id),
    number: { $lte: resource.published?.number ?? 0 },
    ...(!can(member, 'preview', 'resource', resource) && { audienceKeys: { $in: audienceKeysOf(member) } }),
  };
}

/** Versions without their files, newest first. @throws notFound, withdrawn, badCursor */
export async function listVersions(member: Member, id: string, { limit, cursor }: Paging) {
  const resource = await findReadable(member, id);
  const filter = visibleTo(member, resource);
  const before = cursor === undefined ? [] : [{ number: { $lt: Number(fromCursor(cursor, 1)[0]) } }];
  const found = await VersionModel.find({ $and: [filter, ...before] }, { files: 0 })
    .sort({ number: -1 })
    .limit(limit + 1)
    .lean();
  return pageFrom(found, limit, (last) => [last.number]);
}

/** @throws notFound, withdrawn */
export async function getVersion(member: Member, id: string, number: number): Promise<StoredVersion> {
  return versionOf(member, await findReadable(member, id), number);
}

async function versionOf(member: Member, resource: Stored, number: number): Promise<StoredVersion> {
  const version = await VersionModel.findOne({ $and: [visibleTo(member, resource), { number }] }).lean();
  if (!version) throw notFound({});
  return version;
}

/** What is to be given out: a version by number, the newest, or the draft. */
export type Which = number | 'newest' | 'draft';

/** What is given out of a resource. */
export interface Given {
  kind: Kind;
  content: Content;
  /** Null for a draft. */
  version: number | null;
  modifiedAt: Date;
}

/**
 * Description and files for a download or preview; the rooms that give out bytes ask here.
 * @throws notFound, forbidden, noDraft, withdrawn
 */
export async function contentFor(member: Member, id: string, which: Which): Promise<Given> {
  if (which === 'draft') {
    const resource = await findFor(member, 'preview', 'resource', ResourceModel, id);
    if (resource.withdrawn) throw withdrawn(resource.withdrawn);
    if (!resource.draft) throw noDraft({});
    return { kind: resource.kind, content: resource.draft, version: null, modifiedAt: resource.updatedAt };
  }
  if (which !== 'newest') {
    const resource = await findReadable(member, id);
    const version = await versionOf(member, resource, which);
    return { kind: resource.kind, content: version, version: which, modifiedAt: version.publishedAt };
  }
  const resource = await readFor(member, 'read', 'resource', ResourceModel, id, {
    ...accessFields,
    kind: 1,
    withdrawn: 1,
    published: 1,
  });
  if (resource.withdrawn) throw withdrawn(resource.withdrawn);
  if (!resource.published) throw notFound({});
  const { kind, published } = resource;
  return { kind, content: published, version: published.number, modifiedAt: published.publishedAt };
}

/** One of those files. @throws notFound, forbidden, noDraft, withdrawn, noSuchFile */
export async function fileFor(member: Member, { id, version, path }: FilePlace) {
  const given = await contentFor(member, id, version);
  const file = given.content.files.find((one) => one.path === path);
  if (!file) throw noSuchFile({ path });
  return { ...given, file };
}

/** Where a file stands, as addresses say it. */
export interface FilePlace {
  id: string;
  version: Which;
  path: string;
}

async function findReadable(member: Member, id: string): Promise<Stored> {
  const resource = await readFor(member, 'read', 'resource', ResourceModel, id, shown);
  if (resource.withdrawn) throw withdrawn(resource.withdrawn);
  return resource;
}

/** Every change of a resource, newest first. @throws notFound, forbidden, badCursor */
export async function listHistory(member: Member, id: string, { limit, cursor }: Paging) {
  const { lastChange } = await findFor(member, 'preview', 'resource', ResourceModel, id);
  await keep(lastChange);
  const before = cursor === undefined ? {} : { revision: { $lt: Number(fromCursor(cursor, 1)[0]) } };
  const found = await HistoryModel.find({ resource: id, ...before })
    .sort({ revision: -1 })
    .limit(limit + 1)
    .lean();
  return pageFrom(found, limit, (last) => [last.revision]);
}
