import { z } from 'zod';
import { endpoint, Id, line, Moment, Nothing, Paging, pageOf } from '../http/contract.ts';

/** Where a job stands; somebody has stopped one that is `stopped`. One that is done once and went well is gone. */
export const jobStates = ['waiting', 'running', 'failed', 'stopped'] as const;

export const Job = z.object({
  id: Id,
  name: z.string(),
  state: z.enum(jobStates),
  /** What the job works on: identifiers, never secrets. */
  data: z.record(z.string(), z.unknown()),
  /** The file that it works on, where that stands; missing when it works on none, or on one that stands nowhere. */
  file: z.object({ resource: Id, title: z.string(), path: z.string() }).optional(),
  /** How often it has failed since it last went well. */
  failures: z.number().int(),
  /** Why it failed last. */
  reason: z.string().optional(),
  /** When it is due; missing on a job that runs or has been given up. */
  dueAt: Moment.optional(),
  /** When it was taken up last. */
  startedAt: Moment.optional(),
  failedAt: Moment.optional(),
  /** Only on a job that runs again and again, for example `5 minutes`. */
  every: z.string().optional(),
  /** How much of a running job is done, from 0 to 1, when it tells; such a job can be cancelled. */
  progress: z.number().optional(),
  /** Whether it was asked to stop, and has not yet. */
  isStopping: z.literal(true).optional(),
  can: z.array(z.enum(['edit'])),
});

const asks = { action: 'edit', subject: 'job' } as const;

export const listJobs = endpoint({
  method: 'get',
  path: '/api/jobs',
  summary: {
    'zh-CN': '列出等待中、运行中、失败和被停止的后台任务，最新的在前，并给出各自的数量。',
    en: 'Lists the jobs that wait, run, have failed or were stopped, newest first, with the number of each.',
  },
  asks: { action: 'read', subject: 'job' },
  query: Paging.extend({ state: z.enum(jobStates).optional(), name: line(100, 1).optional() }),
  answers: {
    200: pageOf(Job).extend({
      counts: z.record(z.enum(jobStates), z.number().int()),
    }),
  },
  problems: ['http/bad-cursor'],
});

export const retryJob = endpoint({
  method: 'post',
  path: '/api/jobs/{id}/retry',
  summary: {
    'zh-CN': '立即运行失败、被停止或等待中的后台任务，并重新计算尝试次数。',
    en: 'Runs a failed, stopped or waiting job now, with all its attempts before it.',
  },
  asks,
  params: z.object({ id: Id }),
  answers: { 200: Job },
  problems: ['jobs/running'],
});

export const retryFailedJobs = endpoint({
  method: 'post',
  path: '/api/jobs/retry',
  summary: {
    'zh-CN': '立即重新运行所有失败的后台任务（不含被停止的），并给出其数量。',
    en: 'Runs all failed jobs again now, not those that were stopped, and tells how many they are.',
  },
  asks,
  answers: { 200: z.object({ retried: z.number().int() }) },
  problems: [],
});

export const removeJob = endpoint({
  method: 'delete',
  path: '/api/jobs/{id}',
  summary: {
    'zh-CN': '把失败、被停止或等待中的后台任务移出队列。',
    en: 'Takes a failed, stopped or waiting job out of the queue.',
  },
  asks,
  params: z.object({ id: Id }),
  answers: { 204: Nothing },
  problems: ['jobs/running', 'jobs/repeating'],
});

export const cancelJob = endpoint({
  method: 'post',
  path: '/api/jobs/{id}/cancel',
  summary: {
    'zh-CN': '停止可报告进度的、运行中的后台任务；它会留下，可以重新运行。',
    en: 'Stops a running job that tells how far it is. It is kept as stopped, and can be run again.',
  },
  asks,
  params: z.object({ id: Id }),
  answers: { 200: Job },
  problems: ['jobs/not-stoppable'],
});
