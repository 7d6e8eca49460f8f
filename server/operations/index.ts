import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import type { Config } from '../config.ts';
import type { Feature } from '../feature.ts';
import { handleOpen, isFromThisMachine } from '../http/index.ts';
import * as contract from './contract.ts';
import type { Metrics } from './metrics.ts';
import { metricsClosed } from './problems.ts';
import { type Engine, readinessOf } from './readiness.ts';

export { type Metrics, openMetrics } from './metrics.ts';
export type { Engine } from './readiness.ts';

/** What those who run the product ask it: does it live, can it serve, how is it doing. */
export function createOperations(
  { METRICS_TOKEN }: Pick<Config, 'METRICS_TOKEN'>,
  engines: readonly Engine[],
  metrics: Metrics,
): Feature {
  const routes = [
    handleOpen(contract.health, async ({ res }) => void res.json({ status: 'alive' })),
    handleOpen(contract.readiness, async ({ res }) => {
      const readiness = await readinessOf(engines);
      res.setHeader('Cache-Control', 'no-store');
      res.status(readiness.status === 'unavailable' ? 503 : 200).json(readiness);
    }),
    handleOpen(contract.metrics, async ({ req, res }) => {
      if (!mayReadMetrics(req, METRICS_TOKEN)) throw metricsClosed({});
      const text = await metrics.text();
      res.setHeader('Content-Type', metrics.mediaType);
      res.send(text);
    }),
  ];
  return { name: 'operations', routes };
}

function mayReadMetrics(req: Request, token: string | undefined): boolean {
  if (token === undefined) return isFromThisMachine(req);
  const [given, right] = [req.headers.authorization ?? '', `Bearer ${token}`].map((text) =>
    createHash('sha256').update(text).digest(),
  );
  return given !== undefined && right !== undefined && timingSafeEqual(given, right);
}
