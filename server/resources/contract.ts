import { z } from 'zod';
import { endpoint, Id, line, Moment, Nothing, Paging, pageOf, prose } from '../http/contract.ts';
import { TermCode, VocabularyKey } from '../vocabularies/contract.ts';
import { Annotations } from './annotations/contract.ts';
import { DescriptionChange, kinds, NewResource, states } from './description/contract.ts';
import { FilePath, fileViews, Look } from './files/contract.ts';
import { Version } from './lifecycle/contract.ts';
import { Change, ListedCard, Resource, VersionInFull } from './shapes/contract.ts';

export * from './annotations/contract.ts';
export * from './description/contract.ts';
export * from './files/contract.ts';
export * from './lifecycle/contract.ts';
export * from './shapes/contract.ts';

const one = z.object({ id: Id });

export const createResource = endpoint({
  method: 'post',
  path: '/api/resources',
  summary: { 'zh-CN': '新建资源及其第一份草稿。', en: 'Begins a resource: its first draft.' },
  asks: { action: 'create', subject: 'resource' },
  body: NewResource,
  answers: { 201: Resource },
  problems: ['resources/unknown-terms', 'resources/other-kind', 'members/unknown-organisations'],
});

export const listResources = endpoint({
  method: 'get',
  path: '/api/resources',
  summary: {
    'zh-CN': '列出可见的资源，最近修改的在前。',
    en: 'Lists what the member may see, changed last first.',
  },
  asks: 'anyone',
  query: Paging.extend({
    /** Only what the member owns or edits. */
    mine: z.stringbool().default(false),
    /** Part of the title. */
    q: line(120).optional(),
    state: z.enum(states).optional(),
    kind: z.enum(kinds).optional(),
    organisation: Id.optional(),
  }),
  answers: { 200: pageOf(ListedCard) },
});

export const getResource = endpoint({
  method: 'get',
  path: '/api/resources/{id}',
  summary: {
    'zh-CN': '读取资源已发布的内容；带 view=draft 时读取草稿。',
    en: 'Reads a resource: what is published of it or, with view=draft, what is to come.',
  },
  asks: { action: 'read', subject: 'resource' },
  params: one,
  query: z.strictObject({ view: z.enum(['published', 'draft']).optional() }),
  answers: { 200: Resource },
  problems: ['resources/no-draft', 'resources/never-published'],
});

export const updateResource = endpoint({
  method: 'patch',
  path: '/api/resources/{id}',
  summary: {
    'zh-CN': '修改草稿的说明信息，未给出的字段保持不变；首个版本发布之前可以修改类别。',
    en: 'Describes the draft. Fields that are left out stay as they are; the kind can change until the first version.',
  },
  asks: { action: 'edit', subject: 'resource' },
  params: one,
  body: DescriptionChange,
  answers: { 200: Resource },
  problems: [
    'resources/no-draft',
    'resources/under-review',
    'resources/unknown-terms',
    'resources/other-kind',
    'resources/kind-stays',
    'members/unknown-organisations',
    'http/changed-meanwhile',
  ],
});

export const deleteResource = endpoint({
  method: 'delete',
  path: '/api/resources/{id}',
  summary: {
    'zh-CN': '从未发布的资源直接删除，发布过的则撤下。',
    en: 'Discards a resource that was never published; withdraws one that was.',
  },
  asks: { action: 'withdraw', subject: 'resource' },
  params: one,
  answers: { 204: Nothing },
  problems: ['resources/is-withdrawn', 'http/changed-meanwhile'],
});

export const shareResource = endpoint({
  method: 'put',
  path: '/api/resources/{id}/editors',
  summary: {
    'zh-CN': '指定一起编辑草稿的成员。',
    en: 'Names those who edit the draft together with the owner.',
  },
  asks: { action: 'share', subject: 'resource' },
  params: one,
  body: z.strictObject({ editors: z.array(Id).max(50) }),
  answers: { 200: Resource },
  problems: ['resources/is-withdrawn', 'members/unknown-members', 'http/changed-meanwhile'],
});

const step = ['resources/no-draft', 'resources/is-withdrawn', 'http/changed-meanwhile'] as const;

export const submitResource = endpoint({
  method: 'post',
  path: '/api/resources/{id}/submit',
  summary: { 'zh-CN': '把草稿提交审核。', en: 'Hands the draft to the reviewers.' },
  asks: { action: 'submit', subject: 'resource' },
  params: one,
  body: z.strictObject({}),
  answers: { 200: Resource },
  problems: [...step, 'resources/under-review', 'resources/incomplete', 'resources/infected-file'],
});

export const recallResource = endpoint({
  method: 'post',
  path: '/api/resources/{id}/recall',
  summary: { 'zh-CN': '撤回提交，以便继续编辑。', en: 'Takes a submission back, to edit it further.' },
  asks: { action: 'submit', subject: 'resource' },
  params: one,
  body: z.strictObject({}),
  answers: { 200: Resource },
  problems: [...step, 'resources/not-submitted'],
});

export const publishResource = endpoint({
  method: 'post',
  path: '/api/resources/{id}/publish',
  summary: {
    'zh-CN': '把草稿发布为下一个版本；由审核人调用时即为审核通过。',
    en: 'Publishes the draft as the next version; for a reviewer this approves it, too.',
  },
  asks: { action: 'publish', subject: 'resource' },
  params: one,
  body: z.strictObject({ note: prose(1000).default('') }),
  answers: { 200: z.object({ number: z.number().int(), publishedAt: Moment }) },
  problems: [...step, 'resources/incomplete', 'resources/infected-file', 'resources/still-scanned'],
});

export const returnResource = endpoint({
  method: 'post',
  path: '/api/resources/{id}/return',
  summary: {
    'zh-CN': '把提交的草稿退回修改，并附上给作者的意见。',
    en: 'Sends a submitted draft back with words for its author.',
  },
  asks: { action: 'return', subject: 'resource' },
  params: one,
  body: z.strictObject({
    comment: prose(2000).pipe(z.string().min(1)),
    fields: z
      .array(z.strictObject({ field: line(100, 1), comment: prose(1000) }))
      .max(50)
      .default([]),
  }),
  answers: { 200: Resource },
  problems: [...step, 'resources/not-submitted'],
});

export const withdrawResource = endpoint({
  method: 'post',
  path: '/api/resources/{id}/withdraw',
  summary: {
    'zh-CN': '撤下已发布的资源；保留一个页面，说明原因和替代资源。',
    en: 'Withdraws a published resource; a page with the reason, and with its successor, stays.',
  },
  asks: { action: 'withdraw', subject: 'resource' },
  params: one,
  body: z.strictObject({ reason: prose(1000).pipe(z.string().min(1)), successor: Id.optional() }),
  answers: { 200: Resource },
  problems: [
    'resources/never-published',
    'resources/is-withdrawn',
    'resources/no-successor',
    'http/changed-meanwhile',
  ],
});

export const startDraft = endpoint({
  method: 'post',
  path: '/api/resources/{id}/draft',
  summary: {
    'zh-CN': '从已发布的版本新建下一份草稿。',
    en: 'Starts the next draft from the published version.',
  },
  asks: { action: 'edit', subject: 'resource' },
  params: one,
  body: z.strictObject({}),
  answers: { 201: Resource },
  problems: ['resources/draft-exists', 'resources/is-withdrawn', 'http/changed-meanwhile'],
});

export const discardDraft = endpoint({
  method: 'delete',
  path: '/api/resources/{id}/draft',
  summary: {
    'zh-CN': '放弃下一份草稿，保留已发布的。',
    en: 'Discards the next draft; what is published stays.',
  },
  asks: { action: 'edit', subject: 'resource' },
  params: one,
  answers: { 200: Resource },
  problems: [...step, 'resources/under-review', 'resources/never-published'],
});

export const arrangeFiles = endpoint({
  method: 'patch',
  path: '/api/resources/{id}/files',
  summary: {
    'zh-CN': '重命名草稿中的文件并排序：`order` 中列出的排在前面。',
    en: 'Renames files of the draft and puts them in order: those named in `order` come first.',
  },
  asks: { action: 'edit', subject: 'resource' },
  params: one,
  body: z.strictObject({
    rename: z
      .array(z.strictObject({ from: FilePath, to: FilePath }))
      .max(2000)
      .default([]),
    order: z.array(FilePath).max(2000).default([]),
  }),
  answers: { 200: Resource },
  problems: [...step, 'resources/under-review', 'resources/no-such-file', 'resources/path-taken'],
});

export const removeFile = endpoint({
  method: 'delete',
  path: '/api/resources/{id}/files/{path+}',
  summary: {
    'zh-CN': '从草稿中删除文件，已发布的版本仍保留它。',
    en: 'Removes a file from the draft; published versions keep it.',
  },
  asks: { action: 'edit', subject: 'resource' },
  params: one.extend({ path: FilePath }),
  answers: { 200: Resource },
  problems: [...step, 'resources/under-review', 'resources/no-such-file'],
});

export const annotateFile = endpoint({
  method: 'put',
  path: '/api/resources/{id}/annotations/{path+}',
  summary: {
    'zh-CN': '为草稿中的三维模型或 360° 照片设置带编号的标注，替换原有的标注。',
    en: 'Puts numbered labels on a 3D model or in a 360° photo or video of the draft, in place of those that it has.',
  },
  asks: { action: 'edit', subject: 'resource' },
  params: one.extend({ path: FilePath }),
  body: z.strictObject({ annotations: Annotations }),
  answers: { 200: Resource },
  problems: [
    ...step,
    'resources/under-review',
    'resources/no-such-file',
    'resources/takes-no-label',
    'resources/no-such-picture',
    'resources/unknown-link',
    'resources/too-many-annotations',
  ],
});

export const chooseCover = endpoint({
  method: 'put',
  path: '/api/resources/{id}/cover',
  summary: {
    'zh-CN': '把草稿中某个文件的图片用作资源封面；为 null 时用第一个有图片的文件。',
    en: 'Lets the picture of a file of the draft stand for the resource; with null, the first that has one.',
  },
  asks: { action: 'edit', subject: 'resource' },
  params: one,
  body: z.strictObject({ path: FilePath.nullable() }),
  answers: { 200: Resource },
  problems: [...step, 'resources/under-review', 'resources/no-such-file', 'resources/no-picture-of'],
});

export const chooseView = endpoint({
  method: 'put',
  path: '/api/resources/{id}/view/{path+}',
  summary: {
    'zh-CN':
      '指定草稿中的图片或视频按 360° 环视还是平面显示，以及初始视角；为 null 时按图片自身的信息，未给出的保持不变。',
    en: 'Says how a picture or video of the draft is to be looked at: around in 360°, or flat, and where one looks first in it; with null, as the picture itself tells. What is left out stays.',
  },
  asks: { action: 'edit', subject: 'resource' },
  params: one.extend({ path: FilePath }),
  body: z.strictObject({ view: z.enum(fileViews).nullable().optional(), look: Look.nullable().optional() }),
  answers: { 200: Resource },
  problems: [...step, 'resources/under-review', 'resources/no-such-file', 'resources/not-a-picture'],
});

export const listVersions = endpoint({
  method: 'get',
  path: '/api/resources/{id}/versions',
  summary: { 'zh-CN': '列出已发布的版本，最新的在前。', en: 'Lists the published versions, newest first.' },
  asks: { action: 'read', subject: 'resource' },
  params: one,
  query: Paging,
  answers: { 200: pageOf(Version) },
  problems: ['resources/withdrawn'],
});

export const getVersion = endpoint({
  method: 'get',
  path: '/api/resources/{id}/versions/{number}',
  summary: {
    'zh-CN': '读取已发布的版本，其内容永不改变。',
    en: 'Reads a published version. It never changes.',
  },
  asks: { action: 'read', subject: 'resource' },
  params: one.extend({ number: z.coerce.number().int().min(1).max(1_000_000) }),
  answers: { 200: VersionInFull },
  problems: ['resources/withdrawn'],
});

export const listHistory = endpoint({
  method: 'get',
  path: '/api/resources/{id}/history',
  summary: {
    'zh-CN': '列出修改记录，最新的在前。',
    en: 'Lists every change, newest first: who, when, and what.',
  },
  asks: { action: 'preview', subject: 'resource' },
  params: one,
  query: Paging,
  answers: { 200: pageOf(Change) },
});

/** How many resources have a term: as published, and in drafts. */
const TermUses = z.object({ published: z.number().int(), drafts: z.number().int() });

export const countTermUses = endpoint({
  method: 'get',
  path: '/api/vocabularies/{key}/uses/{code}',
  summary: {
    'zh-CN': '返回带有某术语的资源数，含已发布的和草稿：即合并它时要转移的。',
    en: 'How many resources have a term, as published and in drafts: what merging it moves.',
  },
  asks: { action: 'edit', subject: 'vocabulary' },
  params: z.object({ key: VocabularyKey, code: TermCode }),
  answers: { 200: TermUses },
});

export const listTermUses = endpoint({
  method: 'get',
  path: '/api/vocabularies/{key}/uses',
  summary: {
    'zh-CN': '列出词表中已被使用的术语及资源数，含已发布的和草稿；与搜索筛选一样，计入下级术语。',
    en: 'How many resources have each term of a vocabulary that any has, as published and in drafts; what search finds by a term below counts, too.',
  },
  asks: { action: 'edit', subject: 'vocabulary' },
  params: z.object({ key: VocabularyKey }),
  answers: { 200: z.object({ items: z.array(TermUses.extend({ code: TermCode })) }) },
});
