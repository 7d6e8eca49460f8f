import type { Logger } from 'pino';
import type { ObjectStore } from '../storage/objects/store.ts';
import type { SearchEngine } from '../storage/search/search-index.ts';
import type { Config } from './config.ts';
import type { Jobs } from './jobs/index.ts';

/** What a feature is handed at start: the ports, and the things that tests want to set. */
export interface Platform {
  readonly config: Config;
  readonly log: Logger;
  readonly clock: () => Date;
  readonly objects: ObjectStore;
  readonly search: SearchEngine;
  readonly jobs: Jobs;
}
