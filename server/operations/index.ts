import type { Feature } from '../feature.ts';
import { handle, handleRaw } from '../http/index.ts';
import * as contract from './contract.ts';
import type { Metrics } from './metrics.ts';
import { type Engine, readinessOf } from './readiness.ts';

export { type Metrics, openMetrics } from './metrics.ts';
export type { Engine } from './readiness.ts';

/** What those who run the product ask it: does it live, can it serve, how is it doing. */
export function createOperations(engines: readonly Engine[], metrics: Metrics): Feature {
  const routes = [
    handle(contract.health, async () => ({ status: 'alive' as const })),
    handleRaw(contract.readiness, async ({ res }) => {
      const readiness = await readinessOf(engines);
      res.setHeader('Cache-Control', 'no-store');
      res.status(readiness.status === 'unavailable' ? 503 : 200).json(readiness);
    }),
    handleRaw(contract.metrics, async ({ res }) => {
      const text = await metrics.text();
      res.setHeader('Content-Type', metrics.mediaType);
      res.send(text);
    }),
  ];
  return { name: 'operations', routes };
}
