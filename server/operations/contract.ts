import { z } from 'zod';
import { endpoint, Text } from '../http/contract.ts';

/** Probes and load balancers append what they like, to get past caches for example: it says nothing to us. */
const query = z.looseObject({});

export const health = endpoint({
  method: 'get',
  path: '/healthz',
  summary: { 'zh-CN': '只要进程在运行就应答。', en: 'Answers as long as the process lives.' },
  asks: 'anyone',
  query,
  answers: { 200: z.object({ status: z.literal('alive') }) },
});

const EngineState = z.object({
  /** What it keeps. */
  keeps: z.enum(['documents', 'objects', 'search']),
  /** Which engine it is, for example `embedded` or `s3`. */
  engine: z.string(),
  state: z.enum(['ready', 'unavailable']),
  /** How long it took to answer. */
  milliseconds: z.number(),
});

/** `degraded`: everything works but search, which catches up by itself. */
export const Readiness = z.object({
  status: z.enum(['ready', 'degraded', 'unavailable']),
  engines: z.array(EngineState),
});

export const readiness = endpoint({
  method: 'get',
  path: '/readyz',
  summary: {
    'zh-CN': '逐一返回各引擎是否可用；不能处理请求时返回 503。',
    en: 'Names each engine and whether it can be used; 503 when requests cannot be served.',
  },
  asks: 'anyone',
  query,
  answers: { 200: Readiness, 503: Readiness },
});

export const metrics = endpoint({
  method: 'get',
  path: '/metrics',
  summary: {
    'zh-CN': '供 Prometheus 采集的指标，限本机或凭 METRICS_TOKEN 访问：各接口的请求、后台任务和进程状况。',
    en: 'Figures for Prometheus, on this machine or with METRICS_TOKEN: requests by endpoint, jobs, the process.',
  },
  asks: 'anyone',
  query,
  answers: { 200: Text },
  problems: ['operations/metrics-closed'],
});
