import type { z } from 'zod';
import type { Readiness } from './contract.ts';

/** An engine as readiness sees it. */
export interface Engine {
  readonly keeps: 'documents' | 'objects' | 'search';
  readonly name: string;
  /** Resolves when it can be used. */
  check(): Promise<unknown>;
}

/** Milliseconds after which an engine that does not answer counts as unavailable. */
const patience = 2000;

/** Asks all engines at once. Without search the product still serves; without the other two it does not. */
export async function readinessOf(engines: readonly Engine[]): Promise<z.output<typeof Readiness>> {
  const states = await Promise.all(engines.map(stateOf));
  const missing = states.filter(({ state }) => state === 'unavailable');
  if (missing.length === 0) return { status: 'ready', engines: states };
  const isServing = missing.every(({ keeps }) => keeps === 'search');
  return { status: isServing ? 'degraded' : 'unavailable', engines: states };
}

async function stateOf({ keeps, name, check }: Engine) {
  const began = performance.now();
  let alarm: NodeJS.Timeout | undefined;
  const overdue = new Promise<false>((resolve) => {
    alarm = setTimeout(resolve, patience, false);
  });
  const answers = check().then(
    () => true,
    () => false, // Why is told by the log of whoever needed the engine; here only whether counts
  );
  const isReady = await Promise.race([answers, overdue]);
  clearTimeout(alarm);
  const milliseconds = Math.round(performance.now() - began);
  return { keeps, engine: name, state: isReady ? 'ready' : 'unavailable', milliseconds } as const;
}
