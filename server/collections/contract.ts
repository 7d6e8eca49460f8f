import { z } from 'zod';
import { Audience } from '../access/contract.ts';
import { endpoint, Id, line, Moment, Nothing, Paging, pageOf, prose, type Said } from '../http/contract.ts';
import { ResourceCard } from '../resources/contract.ts';

/**
 * Collections, which curators build for many, and shelves, which every member keeps: ordered sets of resources in
 * sections, with notes. They differ in who may do what, so both have the same endpoints under their own address.
 */

const SectionId = z.string().regex(/^[a-z0-9-]{1,40}$/, { error: 'section' });

const Section = z.strictObject({
  /** Given by the caller, unique in the set, so that items can name it at once. */
  id: SectionId,
  title: line(120, 1),
  note: prose(2000).default(''),
});

export const Item = z.object({
  resource: z.string(),
  /** Null: before the first section. */
  section: z.string().nullable(),
  note: z.string(),
  /** Null when the resource is gone or out of the member's reach; told only to those who edit the set. */
  card: ResourceCard.nullable(),
  /** Some of those whom the set is for cannot see it; told only to those who edit the set. */
  isHiddenFromSome: z.boolean(),
});

const Summary = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  owner: z.string(),
  organisation: z.string(),
  audience: Audience,
  itemCount: z.number().int(),
  /** The resource whose thumbnail stands for the set. */
  cover: z.string().nullable(),
  revision: z.number().int(),
  createdAt: Moment,
  updatedAt: Moment,
  can: z.array(z.enum(['edit'])),
});

export const ResourceSet = Summary.extend({
  sections: z.array(z.object({ id: z.string(), title: z.string(), note: z.string() })),
  items: z.array(Item),
  /** Told to visitors: members of the group see more of it than they do. */
  membersSeeMore: z.boolean(),
});

const changeable = {
  title: line(120, 1),
  summary: prose(2000),
  audience: Audience,
  cover: Id.nullable(),
  sections: z
    .array(Section)
    .max(50)
    .refine((sections) => new Set(sections.map(({ id }) => id)).size === sections.length, {
      error: 'repeated',
    }),
};

const one = z.object({ id: Id });
const oneItem = z.object({ id: Id, resource: Id });
const before = Id.optional();

export const listCollections = endpoint({
  method: 'get',
  path: '/api/collections',
  summary: {
    'zh-CN': '列出成员可见的专题，最近修改的在前；空专题只有策展人可见。',
    en: 'Lists the collections that the member may see, changed last first; empty ones are for curators alone.',
  },
  asks: 'anyone',
  query: Paging.extend({ mine: z.stringbool().default(false), resource: Id.optional() }),
  answers: { 200: pageOf(Summary) },
});

export const listShelves = endpoint({
  method: 'get',
  path: '/api/shelves',
  summary: {
    'zh-CN': '列出成员自己的书架，最近修改的在前；带 `resource` 时只列出收有该资源的。',
    en: "Lists the member's own shelves, changed last first; with `resource`, those that hold it.",
  },
  asks: 'signed-in',
  query: Paging.extend({ resource: Id.optional() }),
  answers: { 200: pageOf(Summary) },
});

/** What can be done to a set, under the address of collections or of shelves. */
function endpointsUnder<const Base extends 'collections' | 'shelves'>(
  base: Base,
  subject: 'collection' | 'shelf',
  { 'zh-CN': zh, en }: Said,
) {
  const path = `/api/${base}` as const;
  const item = `/api/${base}/{id}/items/{resource}` as const;
  return {
    create: endpoint({
      method: 'post',
      path,
      summary: { 'zh-CN': `新建${zh}。`, en: `Makes a ${en}.` },
      asks: { action: 'create', subject },
      body: z.strictObject(changeable).partial().required({ title: true }).omit({ cover: true }),
      answers: { 201: ResourceSet },
      problems: ['collections/too-many', 'members/unknown-organisations'],
    }),
    get: endpoint({
      method: 'get',
      path: `${path}/{id}`,
      summary: {
        'zh-CN': `读取${zh}及其中成员可见的内容。`,
        en: `Reads a ${en}, with what the member may see of it.`,
      },
      asks: { action: 'read', subject },
      params: one,
      answers: { 200: ResourceSet },
    }),
    update: endpoint({
      method: 'patch',
      path: `${path}/{id}`,
      summary: {
        'zh-CN': `修改${zh}。未再列出的栏目中的资源移到第一个栏目之前。`,
        en: `Changes a ${en}. Items of a section that is left out move before the first section.`,
      },
      asks: { action: 'edit', subject },
      params: one,
      body: z.strictObject(changeable).partial(),
      answers: { 200: ResourceSet },
      problems: ['collections/not-in-it', 'members/unknown-organisations', 'http/changed-meanwhile'],
    }),
    remove: endpoint({
      method: 'delete',
      path: `${path}/{id}`,
      summary: { 'zh-CN': `删除${zh}，其中的资源保留。`, en: `Removes a ${en}; its resources stay.` },
      asks: { action: 'edit', subject },
      params: one,
      answers: { 204: Nothing },
      problems: ['http/changed-meanwhile'],
    }),
    addItem: endpoint({
      method: 'post',
      path: `${path}/{id}/items`,
      summary: {
        'zh-CN': `把资源加入${zh}，放在另一个资源之前或最后。`,
        en: `Puts a resource into a ${en}, before another or last.`,
      },
      asks: { action: 'edit', subject },
      params: one,
      body: z.strictObject({
        resource: Id,
        before,
        section: SectionId.nullable().default(null),
        note: prose(500).default(''),
      }),
      answers: { 200: ResourceSet },
      problems: [
        'collections/already-collected',
        'collections/no-such-section',
        'collections/full',
        'http/changed-meanwhile',
      ],
    }),
    changeItem: endpoint({
      method: 'patch',
      path: item,
      summary: {
        'zh-CN': `移动${zh}中的资源，或修改其备注。`,
        en: `Moves a resource in a ${en}, or changes its note.`,
      },
      asks: { action: 'edit', subject },
      params: oneItem,
      body: z.strictObject({
        /** The item that it comes to stand before; null: last. Left out, it stays where it is. */
        before: Id.nullable().optional(),
        section: SectionId.nullable().optional(),
        note: prose(500).optional(),
      }),
      answers: { 200: ResourceSet },
      problems: ['collections/not-in-it', 'collections/no-such-section', 'http/changed-meanwhile'],
    }),
    removeItem: endpoint({
      method: 'delete',
      path: item,
      summary: { 'zh-CN': `把资源移出${zh}。`, en: `Takes a resource out of a ${en}.` },
      asks: { action: 'edit', subject },
      params: oneItem,
      answers: { 200: ResourceSet },
      problems: ['collections/not-in-it', 'http/changed-meanwhile'],
    }),
  };
}

export const collectionEndpoints = endpointsUnder('collections', 'collection', {
  'zh-CN': '专题',
  en: 'collection',
});
export const shelfEndpoints = endpointsUnder('shelves', 'shelf', { 'zh-CN': '书架', en: 'shelf' });
export type SetEndpoints = typeof collectionEndpoints | typeof shelfEndpoints;
