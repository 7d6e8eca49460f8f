import { actionsOn, can, type Member } from '../access/index.ts';
import { ReadyItem } from '../http/index.ts';
import { ListedCard, type Verb } from './contract.ts';
import { saidOf } from './files/rules.ts';
import { missing, possible } from './lifecycle.ts';
import type { View } from './service.ts';
import type { CardContent, Content, ListedResource, OwnResource, Stored, StoredFile } from './stored.ts';

/** Which action of the table each verb needs. */
const needs = {
  preview: 'preview',
  trace: 'preview',
  edit: 'edit',
  share: 'share',
  submit: 'submit',
  recall: 'submit',
  publish: 'publish',
  return: 'return',
  'start-draft': 'edit',
  withdraw: 'withdraw',
  discard: 'withdraw',
  rate: 'rate',
  assess: 'assess',
} as const satisfies Record<Verb, string>;

/** What the member may do to it now. */
export function verbsOn(member: Member, resource: OwnResource): Verb[] {
  const allowed = actionsOn(member, 'resource', accessPart(resource), [...new Set(Object.values(needs))]);
  const offered = possible(resource);
  return (Object.keys(needs) as Verb[]).filter((verb) => offered[verb] && allowed.includes(needs[verb]));
}

/** A resource as a member gets to see it, in a view that they may have (`getResource`). */
export function present(member: Member, resource: Stored, view: View) {
  const content = view === 'draft' ? resource.draft : resource.published;
  if (!content) throw new Error(`Resource ${String(resource._id)} has no ${view} to present`);
  const { withdrawn, draft } = resource;
  const mayPreview = can(member, 'preview', 'resource', accessPart(resource));
  return {
    ...descriptionOf(content),
    ...frame(resource, mayPreview),
    view,
    files: withdrawn ? [] : content.files.map(presentFile),
    withdrawn: withdrawn && {
      at: withdrawn.at,
      reason: withdrawn.reason,
      ...(withdrawn.successor !== undefined && { successor: withdrawn.successor }),
    },
    can: verbsOn(member, resource),
    ...(mayPreview && {
      editors: [...resource.editors],
      submitted: resource.submitted,
      returned: resource.returned,
      ...(draft && { missing: missing(draft) }),
    }),
  };
}

/** A resource in a list: by its published version or, for those who may see it, by the draft before the first. */
export function presentCard(member: Member, resource: ListedResource) {
  const content = resource.published ?? resource.draft;
  if (!content) throw new Error(`Resource ${String(resource._id)} has nothing to present`);
  return cardOf(resource, content, can(member, 'preview', 'resource', resource));
}

/** The cards of what is listed again and again, to readers and to those who may see the draft: they see another state. */
const readyCards = {
  read: new WeakMap<ListedResource, ReadyItem>(),
  preview: new WeakMap<ListedResource, ReadyItem>(),
};

/** As `presentCard`, ready to be sent. The resource is not changed any more. */
export function readyCard(member: Member, resource: ListedResource): ReadyItem {
  const known = readyCards[can(member, 'preview', 'resource', resource) ? 'preview' : 'read'];
  const card = known.get(resource) ?? ReadyItem.of(ListedCard, presentCard(member, resource));
  known.set(resource, card);
  return card;
}

/** In one piece, field by field: taking objects apart and putting them together costs forty times as much. */
function cardOf(resource: ListedResource, content: CardContent, mayPreview: boolean) {
  const { id, kind, organisation, owner, state, version, publishedAt, revision, createdAt, updatedAt } =
    frame(resource, mayPreview);
  const isGone = resource.withdrawn !== null;
  return {
    id,
    kind,
    organisation,
    owner,
    state,
    version,
    publishedAt,
    revision,
    createdAt,
    updatedAt,
    title: content.title,
    summary: content.summary,
    level: content.level,
    majors: content.majors,
    tags: content.tags,
    materialType: content.materialType,
    language: content.language,
    licence: content.licence,
    creators: content.creators,
    audience: content.audience,
    fileCount: isGone ? 0 : content.fileCount,
    bytes: isGone ? 0 : content.bytes,
    cover: isGone ? null : content.cover,
  };
}

/** A resource in the list of those who make it. */
export const presentOwnCard = (member: Member, resource: OwnResource) => ({
  ...presentCard(member, resource),
  ...(resource.draft && { title: resource.draft.title }),
  can: verbsOn(member, resource),
  returned: resource.state === 'draft' && resource.returned !== null,
});

/** A submitted draft in the queue of those who decide. */
export function presentSubmission(member: Member, resource: Stored) {
  const { draft, submitted } = resource;
  if (!draft || !submitted) throw new Error(`Resource ${String(resource._id)} is not submitted`);
  return {
    ...cardOf(resource, draft, true),
    submitted,
    can: verbsOn(member, resource),
  };
}

/** Readers who may not see the draft do not learn that there is one. */
function frame(resource: ListedResource, mayPreview: boolean) {
  const { published, createdAt, kind, organisation, owner, revision } = resource;
  const changed = mayPreview ? resource.updatedAt : (resource.withdrawn?.at ?? published?.publishedAt);
  return {
    id: String(resource._id),
    kind,
    organisation,
    owner,
    state: mayPreview ? resource.state : resource.withdrawn ? ('withdrawn' as const) : ('published' as const),
    version: published?.number ?? null,
    publishedAt: published?.publishedAt ?? null,
    revision,
    createdAt,
    updatedAt: changed ?? resource.updatedAt,
  };
}

export function descriptionOf(content: Content) {
  const { files, fileCount, bytes, cover, ...description } = content;
  return description;
}

export const presentFile = ({ path, size, mediaType, sha256, ...said }: StoredFile) => ({
  path,
  size,
  mediaType,
  sha256,
  ...saidOf(said),
});

/** What the table's conditions look at; a document would be copied whole for each question. */
function accessPart({ owner, editors, organisation, state, scope, audienceKeys }: OwnResource) {
  return { owner, editors: [...editors], organisation, state, scope, audienceKeys: [...audienceKeys] };
}
