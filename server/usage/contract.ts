import { z } from 'zod';
import { endpoint, Id, Nothing, whole } from '../http/contract.ts';

/** Uses that are counted: the page was read, a file opened in place or taken, the resource put to use or embedded. */
export const useKinds = ['view', 'preview', 'download', 'adopt', 'embed'] as const;
export type UseKind = (typeof useKinds)[number];

const Day = z.iso.date();

const Counts = z.object({
  view: z.number().int(),
  preview: z.number().int(),
  download: z.number().int(),
  adopt: z.number().int(),
  embed: z.number().int(),
});

const Period = z
  .strictObject({
    /** First and last day, both included. */
    from: Day.optional(),
    to: Day.optional(),
    /** So many days up to the last one, which is today unless told, when no first day is given. */
    days: z.coerce.number().int().min(1).max(3660).default(30),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    error: 'period',
  });

export const recordUse = endpoint({
  method: 'post',
  path: '/api/usage/events',
  summary: {
    'zh-CN': '上报资源被在线打开、采用或嵌入；浏览和下载会自动计数。',
    en: 'Tells that a resource was opened in place, put to use or embedded. Views and downloads count by themselves.',
  },
  asks: 'anyone',
  body: z.strictObject({
    resource: Id,
    kind: z.enum(['preview', 'adopt', 'embed']),
    file: whole().max(1000).optional(),
  }),
  answers: { 204: Nothing },
});

export const resourceUsage = endpoint({
  method: 'get',
  path: '/api/usage/resources/{id}',
  summary: {
    'zh-CN': '返回资源在一段时间内的使用次数，含总数和每日数。',
    en: 'Uses of a resource in a period, in total and by day.',
  },
  asks: { action: 'read', subject: 'usage' },
  params: z.object({ id: Id }),
  query: Period,
  answers: {
    200: z.object({
      from: Day,
      to: Day,
      total: Counts,
      /** Different people a day, summed. */
      unique: Counts,
      /** Uses by members of other organisations. */
      elsewhere: z.number().int(),
      days: z.array(Counts.extend({ day: Day })),
    }),
  },
});

export const usageSummary = endpoint({
  method: 'get',
  path: '/api/usage/summary',
  summary: {
    'zh-CN': '返回成员单位或集团上报所需的统计数字。',
    en: 'The numbers that an organisation or the group has to report.',
  },
  asks: { action: 'report', subject: 'usage' },
  query: Period.extend({ organisation: Id.optional() }),
  answers: {
    200: z.object({
      from: Day,
      to: Day,
      resources: z.object({
        total: z.number().int(),
        bytes: z.number(),
        byKind: z.record(z.string(), z.number().int()),
        byMaterialType: z.record(z.string(), z.number().int()),
        byOrganisation: z.record(z.string(), z.number().int()),
      }),
      /** Shares are between 0 and 1; null when there is nothing to divide by. */
      shares: z.object({
        /** Used at least once in the period ÷ all. */
        used: z.number().nullable(),
        /** New or updated in the 12 months before the end of the period ÷ all. */
        renewed: z.number().nullable(),
        /** Uses by members of another organisation than the resource's ÷ all uses by members. */
        crossOrganisation: z.number().nullable(),
      }),
      uses: Counts,
      /** Different people who used something. */
      people: z.number().int(),
      days: z.array(Counts.extend({ day: Day })),
      organisations: z.array(z.object({ id: z.string(), name: z.string(), uses: z.number().int() })),
      top: z.array(z.object({ resource: z.string(), title: z.string(), uses: z.number().int() })),
    }),
  },
});
