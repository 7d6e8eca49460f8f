import { z } from 'zod';
import { endpoint, Text } from '../http/contract.ts';

export const health = endpoint({
  method: 'get',
  path: '/healthz',
  summary: 'Answers as long as the process lives.',
  asks: 'anyone',
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
  summary: 'Names each engine and whether it can be used; 503 when requests cannot be served.',
  asks: 'anyone',
  answers: { 200: Readiness, 503: Readiness },
});

export const metrics = endpoint({
  method: 'get',
  path: '/metrics',
  summary:
    'Figures for Prometheus, on this machine or with METRICS_TOKEN: requests by endpoint, jobs, the process.',
  asks: 'anyone',
  answers: { 200: Text },
  problems: ['operations/metrics-closed'],
});
