import { z } from 'zod';
import { Csv, endpoint, Id, line, Moment, Paging, pageOf, whole } from '../http/contract.ts';
import { FilePath, Which } from '../resources/contract.ts';

/** A part of a package that is learnt on its own: the identifier in its manifest. */
const Item = whole().max(2000).default('');

/** How far a learner has come: SCORM's words, the same for both of its versions. */
export const progressStates = ['not-started', 'incomplete', 'completed', 'passed', 'failed'] as const;

/** What a package has noted of a learner, to go on from later. */
export const Attempt = z.object({
  item: z.string(),
  /** The data model as the package left it: `cmi` of SCORM 1.2 or 2004. */
  cmi: z.record(z.string(), z.unknown()),
  progress: z.enum(progressStates),
  /** Points as the package counts them, for the most part out of 100; null before there are any. */
  score: z.number().nullable(),
  /** When it was noted last; null when nothing has been. */
  updatedAt: Moment.nullable(),
});
export type Attempt = z.infer<typeof Attempt>;

const params = z.object({ id: Id, version: Which, path: FilePath });
const asks = { action: 'read', subject: 'resource' } as const;
const path = '/api/resources/{id}/versions/{version}/attempts/{path+}';
const problems = ['resources/no-draft', 'resources/withdrawn', 'resources/no-such-file'] as const;

export const getAttempt = endpoint({
  method: 'get',
  path,
  summary: {
    'zh-CN': '返回成员在课件或其中某一部分的学习进度。',
    en: 'Tells how far the member has come with a package, or with a part of it.',
  },
  asks,
  params,
  query: z.strictObject({ item: Item }),
  answers: { 200: Attempt },
  problems: [...problems],
});

export const keepAttempt = endpoint({
  method: 'put',
  path,
  summary: {
    'zh-CN': '保存课件为成员记下的学习数据；访客的数据不保存。',
    en: 'Keeps what a package has noted of the member. Of a visitor nothing is kept.',
  },
  asks,
  params,
  body: z.strictObject({
    item: Item,
    cmi: z.record(whole().max(100), z.unknown()),
    /** Names this opening of the package, so that openings can be counted. */
    opening: whole().max(64).default(''),
  }),
  answers: { 200: Attempt },
  problems: [...problems, 'attempts/too-large'],
});

/** SCORM 2004 and cmi5 tell both apart; of SCORM 1.2 they are taken from its one word. */
export const completions = ['incomplete', 'completed'] as const;
export const successes = ['unknown', 'passed', 'failed'] as const;

/** What a member has reached with a package, or with a part of it that is learnt on its own. */
export const Reached = z.object({
  /** How often it was opened. */
  openings: z.number().int(),
  completion: z.enum(completions),
  success: z.enum(successes),
  /** The best one, in points as the package counts them; null before there are any. */
  score: z.number().nullable(),
  /** Time spent with it, over all openings. */
  seconds: z.number(),
});
export type Reached = z.infer<typeof Reached>;

const Result = Reached.extend({
  id: Id,
  /** Where the package stands in the resource; empty when no version has it any more. */
  file: z.string(),
  item: z.string(),
  /** Title of the part in the package; empty when it has none. */
  title: z.string(),
  startedAt: Moment,
  /** When the package told of the member last. */
  updatedAt: Moment,
});

export const ownResults = endpoint({
  method: 'get',
  path: '/api/resources/{id}/versions/{version}/results/{path+}',
  summary: {
    'zh-CN': '返回成员在课件各部分取得的学习结果；访客的数据不保存。',
    en: 'What the member has reached with a package, part by part. Of a visitor nothing is kept.',
  },
  asks,
  params,
  answers: { 200: z.object({ items: z.array(Result) }) },
  problems: [...problems],
});

const MemberResult = Result.extend({
  /** The name is empty when there is no such member any more. */
  member: z.object({ id: z.string(), name: z.string() }),
  organisation: z.object({ id: z.string(), name: z.string() }),
});

/** What a list of results is narrowed to: one of the two words that tell how far somebody has come. */
export const resultStates = ['incomplete', 'completed', 'passed', 'failed'] as const;
/** By the last activity, by score (where there is none, last either way), by name as Chinese lists go. */
export const resultOrders = ['latest', 'earliest', 'highest', 'lowest', 'name', 'name-descending'] as const;

const narrowed = {
  /** Part of the member's name, of its pinyin or initials. */
  q: line(80).optional(),
  state: z.enum(resultStates).optional(),
  /** Only members of this organisation. */
  organisation: Id.optional(),
  sort: z.enum(resultOrders).default('latest'),
};

const assesses = { action: 'assess', subject: 'resource' } as const;

export const listResults = endpoint({
  method: 'get',
  path: '/api/resources/{id}/results',
  summary: {
    'zh-CN':
      '供资源负责人查看成员学习其课件的结果：每名成员的每一部分一行，可筛选和排序。第一页同时列出学习过的成员单位。',
    en: 'What members have reached with the packages of a resource, for those in charge of it: a row for each member and part, narrowed and ordered as wanted. The first page names the organisations that have learnt with it.',
  },
  asks: assesses,
  params: z.object({ id: Id }),
  query: Paging.extend(narrowed),
  answers: {
    200: pageOf(MemberResult).extend({
      /** Of whom there are results at all, by name; on the first page. */
      organisations: z.array(z.object({ id: Id, name: z.string() })).optional(),
    }),
  },
  problems: ['http/bad-cursor'],
});

export const exportResults = endpoint({
  method: 'get',
  path: '/api/resources/{id}/results.csv',
  summary: {
    'zh-CN': '以 CSV 导出全部学习结果，语言随请求者；时间为北京时间（UTC+8）。',
    en: 'The same as CSV, every row of it, in the language of the caller. Moments are those of China (UTC+8).',
  },
  asks: assesses,
  params: z.object({ id: Id }),
  query: z.strictObject(narrowed),
  answers: { 200: Csv },
  answerHeaders: { 200: { 'Content-Disposition': 'always' } },
});
