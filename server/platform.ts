import type { Logger } from 'pino';
import type { ObjectStore } from '../storage/objects/store.ts';
import type { SearchEngine } from '../storage/search/search-index.ts';
import type { Config } from './config.ts';
import type { Jobs } from './jobs/index.ts';

/** A second store; it is opened when it is needed, so that the product starts without it. */
export interface Mirror {
  /** tells one mirror from another, and nothing of its keys */
  readonly id: string;
  /** @throws StoreUnavailable */
  open(): Promise<ObjectStore>;
}

/** What a feature is handed at start: the ports, and the things that tests want to set. */
export interface Platform {
  readonly config: Config;
  readonly log: Logger;
  readonly clock: () => Date;
  readonly objects: ObjectStore;
  /** A second store for the bytes of blobs, when there is one. */
  readonly mirror?: Mirror | undefined;
  readonly search: SearchEngine;
  readonly jobs: Jobs;
}
