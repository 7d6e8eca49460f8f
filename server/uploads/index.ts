import { blobJobs, defineBlobHolder } from '../blobs/index.ts';
import type { Feature } from '../feature.ts';
import type { Platform } from '../platform.ts';
import { usesOfBlobs } from '../resources/index.ts';
import { routes } from './routes.ts';
import { arrivingKeys, expireUploads } from './service.ts';

/** How bytes get into drafts: forms, and uploads that can be taken up again (tus). */
export const createUploads = (platform: Platform): Feature => ({
  name: 'uploads',
  routes: routes(platform),
  start: async () => {
    defineBlobHolder({ name: 'resources', usesOf: usesOfBlobs });
    platform.jobs.define('uploads/expire', {}, async () => {
      await expireUploads(platform);
    });
    await platform.jobs.every('1 hour', 'uploads/expire');
    await blobJobs(platform, arrivingKeys);
  },
});
