import type { EndpointDefinition } from './http/contract.ts';
import type { Route } from './http/index.ts';

/** What a feature's `index.ts` hands to `app.ts`. */
export interface Feature {
  readonly name: string;
  readonly routes: readonly Route[];
  /** Run once the documents are open, before requests come: seeds, jobs, sweeps. */
  readonly start?: () => Promise<void>;
  /** Run when no more requests come, while the engines are still open. */
  readonly stop?: () => Promise<void>;
}

/** The endpoints of a feature. */
export const endpointsOf = (feature: Feature): EndpointDefinition[] =>
  feature.routes.map((r) => r.definition);
