import { z } from 'zod';
import { fileArchiveProblems } from '../archives/contract.ts';
import { progressStates } from '../attempts/contract.ts';
import { endpoint, Id, whole } from '../http/contract.ts';
import { FilePath, Which } from '../resources/contract.ts';

const params = z.object({ id: Id, version: Which, path: FilePath });
const asks = { action: 'read', subject: 'resource' } as const;
const path = '/api/resources/{id}/versions/{version}/cmi5/{path+}';
const problems = [...fileArchiveProblems, 'cmi5/no-course'] as const;

/** A part of a course, in its order: a block, or a unit that is learnt on its own. */
const Part = z.object({
  kind: z.enum(['block', 'unit']),
  /** The publisher's identifier. */
  id: z.string(),
  title: z.string(),
  description: z.string(),
  /** How many blocks it stands in. */
  depth: z.number().int(),
  /** Whether the learner has done what the course asks of it. */
  isSatisfied: z.boolean(),
  unit: z
    .object({
      progress: z.enum(progressStates),
      /** Points out of 100; null before there are any. */
      score: z.number().nullable(),
      /** Points out of 100 from which on it is passed; null when the course names none. */
      masteryScore: z.number().nullable(),
      /** Whether it wants a window of its own. */
      needsWindow: z.boolean(),
      /** Whether it lies in the package: those on other sites are not opened. */
      isHere: z.boolean(),
    })
    .optional(),
});

export const Cmi5Course = z.object({
  title: z.string(),
  description: z.string(),
  isSatisfied: z.boolean(),
  /** Whether the member has begun. */
  isBegun: z.boolean(),
  parts: z.array(Part),
});

export const getCourse = endpoint({
  method: 'get',
  path,
  summary: {
    'zh-CN': '返回 cmi5 课件的组成，以及成员在各部分的进度。',
    en: 'Tells what a cmi5 package consists of, and how far the member has come with each part.',
  },
  asks,
  params,
  answers: { 200: Cmi5Course },
  problems: [...problems],
});

export const launchUnit = endpoint({
  method: 'post',
  path,
  summary: {
    'zh-CN':
      '启动 cmi5 课件的一个单元（cmi5 Quartz 第 8 节）：返回的地址只用于一次会话，其间单元把成员的学习过程记入内容服务上的学习记录库；访客的数据不保存。',
    en: 'Launches a unit of a cmi5 package (cmi5 Quartz, section 8): the address lets it in for one session, in which it records with the record store on the content origin what the member does. Of a visitor nothing is kept.',
  },
  asks,
  params,
  body: z.strictObject({
    /** The publisher's identifier of the unit. */
    unit: whole().min(1).max(2000),
    /** Whether the whole course is begun anew. */
    anew: z.boolean().default(false),
  }),
  answers: {
    201: z.object({
      /** On the content origin; it works once. */
      url: z.string(),
      mode: z.enum(['Normal', 'Browse', 'Review']),
      needsWindow: z.boolean(),
    }),
  },
  problems: [...problems, 'cmi5/no-such-unit', 'cmi5/unit-elsewhere'],
});
