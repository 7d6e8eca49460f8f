import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { JobObserver } from '../jobs/index.ts';

/** The figures of this process. */
export interface Metrics {
  /** Times every request by the endpoint that answered it, never by its address. */
  readonly timeRequests: RequestHandler;
  readonly timeJob: JobObserver;
  /** In the text format of Prometheus. */
  text(): Promise<string>;
  readonly mediaType: string;
}

const unknown = { waiting: Number.NaN, running: Number.NaN, failed: Number.NaN, stopped: Number.NaN };

/** @param countJobs how many jobs stand in which state, in the whole queue */
export function openMetrics(countJobs: () => Promise<Record<string, number>>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to the end of its answer.',
    labelNames: ['method', 'endpoint', 'status'] as const,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });
  const jobs = new Histogram({
    name: 'job_duration_seconds',
    help: 'Time that a job ran, once for each attempt.',
    labelNames: ['job', 'outcome'] as const,
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 600],
    registers,
  });
  new Gauge({
    name: 'jobs',
    help: 'Jobs in the queue, by state.',
    labelNames: ['state'] as const,
    registers,
    async collect() {
      // While the database cannot be reached the other figures are wanted all the more: unknown is NaN to Prometheus.
      const counts = await countJobs().catch(() => unknown);
      for (const [state, count] of Object.entries(counts)) this.set({ state }, count);
    },
  });
  return {
    timeRequests: (req, res, next) => {
      const began = performance.now();
      res.once('finish', () => {
        const endpoint = String(req.route?.path ?? 'other');
        const labels = { method: req.method, endpoint, status: String(res.statusCode) };
        requests.observe(labels, (performance.now() - began) / 1000);
      });
      next();
    },
    timeJob: (job, seconds, outcome) => jobs.observe({ job, outcome }, seconds),
    text: () => registry.metrics(),
    mediaType: registry.contentType,
  };
}
