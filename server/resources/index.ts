import type { Feature } from '../feature.ts';
import type { Platform } from '../platform.ts';
import { defineRenamedJob } from './renamed.ts';
import { routes } from './routes.ts';
import { defineTermJobs } from './terms.ts';

/** Resources: drafts, versions, files, and the way from one to the other. */
export const createResources = (platform: Platform): Feature => ({
  name: 'resources',
  routes: routes(platform),
  start: async () => {
    defineTermJobs(platform);
    defineRenamedJob(platform);
  },
});

export { checkDescription } from './description/check.ts';
export { type Changed, onChange, onView } from './events.ts';
export { EntryPath, FilePath, TakenWay } from './files/contract.ts';
export { lookUpDerivativesBy } from './files/derivatives.ts';
export { pathsOfBlobs, placesOf, publishedTwins } from './files/places.ts';
export { saidOf } from './files/rules.ts';
export { assertTakesFiles, attachFiles } from './files/service.ts';
export {
  countPublished,
  type Indexable,
  markIndexed,
  publishedRevisions,
  reindexBlobs,
  reindexResources,
  resourceForIndex,
  type Stale,
  staleResources,
  usesOfBlobs,
} from './index-feed.ts';
export {
  openAmong,
  openToAllOf,
  organisationsOf,
  readableByIds,
  readableByTitle,
  submissionsFor,
} from './list.ts';
export { resourceNumbers } from './numbers.ts';
export { presentCard, presentSubmission } from './present.ts';
export { noSuchFile } from './problems.ts';
export { assertReadable, createResource, factsFor, isAllowed } from './service.ts';
export type { Content, StoredFile } from './stored.ts';
export { contentFor, type FilePlace, fileFor, type Given } from './versions.ts';
