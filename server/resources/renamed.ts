import { ORGANISATION_RENAMED, type OrganisationRenamed } from '../members/index.ts';
import type { Platform } from '../platform.ts';
import { reindexOwned } from './index-feed.ts';

/** The job that has the index take up the new name of an organisation. */
export function defineRenamedJob({ jobs }: Platform): void {
  jobs.define<OrganisationRenamed>(ORGANISATION_RENAMED, { attempts: 5 }, ({ organisation }) =>
    reindexOwned(organisation),
  );
}
