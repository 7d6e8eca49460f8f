import type { Feature } from '../feature.ts';
import { routes } from './routes.ts';

export { type JobObserver, openJobs } from './agenda.ts';
export { findFilesOfJobsBy } from './files.ts';
export { type CompanyWork, JobGivenUp, type JobOptions, type Jobs, type Work } from './jobs.ts';
export { countJobs } from './service.ts';

/** What an administrator may see of the queue, and do to it. */
export const jobsFeature: Feature = { name: 'jobs', routes };
