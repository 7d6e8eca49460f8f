import { type Action, assertCan, can, findFor, type Member, readFor } from '../access/index.ts';
import { assertRevision } from '../http/index.ts';
import { checkMembers } from '../members/index.ts';
import type { Platform } from '../platform.ts';
import { commit, differences, type ResourceDocument } from './commit.ts';
import type { Description, DescriptionChange, Kind, Parts } from './contract.ts';
import { checkDescription, fittedTo, newDescription } from './description/check.ts';
import { totalsOf } from './files/rules.ts';
import { stateOf } from './lifecycle.ts';
import { ResourceModel } from './model.ts';
import { isWithdrawn, kindStays, neverPublished, noDraft, underReview } from './problems.ts';
import type { Draft, Stored } from './stored.ts';

type NewResource = Partial<Description> & { kind: Kind; title: string };

/** Begins a resource in the organisation of the member. @throws forbidden, unknownTerms, unknownOrganisations, otherKind */
export async function createResource(
  platform: Platform,
  member: Member,
  { kind, ...given }: NewResource,
): Promise<ResourceDocument> {
  assertCan(member, 'create', 'resource');
  const described = await checkDescription(kind, given);
  const { name } = member;
  const draft: Draft = { ...newDescription(described, name), files: [], ...totalsOf([]), basedOn: 0 };
  const said = differences<Partial<Description>>(newDescription({ title: '' }, name), described);
  const resource = new ResourceModel({
    kind,
    organisation: member.organisation,
    owner: member.id,
    scope: draft.audience.scope,
    draft,
    createdAt: platform.clock(),
  });
  const changes = [
    { field: 'kind', before: null, after: kind },
    ...said.map((one) => ({ ...one, before: null })),
  ];
  return commit(platform, member, resource, 'created', changes);
}

export type View = 'published' | 'draft';

/**
 * Reads a resource in a view: unless asked for, what is published or, before that, the draft.
 * @throws notFound, forbidden, noDraft, neverPublished
 */
export async function getResource(
  member: Member,
  id: string,
  asked?: View,
): Promise<{ resource: Stored; view: View }> {
  const resource = await readFor(member, 'read', 'resource', ResourceModel, id);
  const view = asked ?? (resource.published ? 'published' : 'draft');
  if (view === 'draft') assertCan(member, 'preview', 'resource', resource);
  if (view === 'draft' && !resource.draft) throw noDraft({});
  if (view === 'published' && !resource.published) throw neverPublished({});
  return { resource, view };
}

/** What other rooms need to know of a resource that they refer to. */
export interface Facts {
  id: string;
  owner: string;
  organisation: string;
  /** Number of the published version; 0 before the first. */
  version: number;
  isWithdrawn: boolean;
}

/** @throws notFound, forbidden unless the member may do this to it: the check of other rooms */
export async function factsFor(member: Member, action: Action, id: string): Promise<Facts> {
  const found = await readFor(member, action, 'resource', ResourceModel, id, {
    ...accessFields,
    'published.number': 1,
  });
  return {
    id,
    owner: found.owner,
    organisation: found.organisation,
    version: found.published?.number ?? 0,
    isWithdrawn: found.state === 'withdrawn',
  };
}

/** @throws notFound unless the member can read it: before others refer to a resource */
export async function assertReadable(member: Member, id: string): Promise<void> {
  await factsFor(member, 'read', id);
}

/** Whether a member may do this to it: for what others say that points to a resource, or offer beside it. */
export async function isAllowed(member: Member, action: Action, id: string): Promise<boolean> {
  const found = await ResourceModel.findById(id, accessFields).lean();
  return found !== null && can(member, action, 'resource', found);
}

/** What a published resource is called, for those who can read it. */
export async function titleFor(member: Member, id: string): Promise<string | undefined> {
  const found = await ResourceModel.findById(id, { ...accessFields, 'published.title': 1 }).lean();
  return found && can(member, 'read', 'resource', found) ? found.published?.title : undefined;
}

/** The fields that access is decided by. */
export const accessFields = {
  owner: 1,
  editors: 1,
  organisation: 1,
  state: 1,
  scope: 1,
  audienceKeys: 1,
} as const;

/**
 * Describes the draft; fields that are left out stay. A change of the kind, which is possible until the first version,
 * takes the parts of other kinds out.
 * @throws notFound, forbidden, changedMeanwhile, noDraft, underReview, unknownTerms,
 *   unknownOrganisations, otherKind, kindStays
 */
export async function describe(
  platform: Platform,
  member: Member,
  id: string,
  change: DescriptionChange,
  ifMatch?: number,
): Promise<ResourceDocument> {
  const { resource, draft } = await findDraft(member, id, ifMatch);
  const { kind = resource.kind, ...given } = change;
  if (kind !== resource.kind && resource.published) throw kindStays({});
  const described = await checkDescription(kind, given);
  const next = fittedTo(kind, { ...draft, ...described });
  const changes = differences({ ...draft, kind: resource.kind }, { ...noParts, ...next, kind });
  if (changes.length === 0) return resource;
  resource.kind = kind;
  resource.draft = next;
  return commit(platform, member, resource, 'described', changes);
}

const noParts: Parts = { courseware: undefined, textbook: undefined, xr: undefined };

/** Names those who edit with the owner. @throws notFound, forbidden, changedMeanwhile, isWithdrawn, unknownMembers */
export async function share(
  platform: Platform,
  member: Member,
  id: string,
  editors: readonly string[],
  ifMatch?: number,
): Promise<ResourceDocument> {
  const resource = await findFor(member, 'share', 'resource', ResourceModel, id);
  assertRevision(resource, ifMatch);
  if (resource.withdrawn) throw isWithdrawn({});
  await checkMembers(editors, { field: 'editors', already: [resource.owner, ...resource.editors] });
  const others = [...new Set(editors)].filter((editor) => editor !== resource.owner);
  const changes = differences({ editors: [...resource.editors] }, { editors: others });
  if (changes.length === 0) return resource;
  resource.editors = others;
  return commit(platform, member, resource, 'shared', changes);
}

/**
 * Finds a resource whose draft the member is about to change.
 * @throws notFound, forbidden, changedMeanwhile, isWithdrawn, noDraft, underReview
 */
export async function findDraft(member: Member, id: string, ifMatch?: number) {
  const resource = await findFor(member, 'edit', 'resource', ResourceModel, id);
  assertRevision(resource, ifMatch);
  const state = stateOf(resource);
  if (state === 'withdrawn') throw isWithdrawn({});
  if (state === 'submitted') throw underReview({});
  if (!resource.draft) throw noDraft({});
  return { resource, draft: resource.draft };
}
