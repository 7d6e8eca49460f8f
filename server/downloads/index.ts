import type { Feature } from '../feature.ts';
import type { Platform } from '../platform.ts';
import { routes } from './routes.ts';

/** Takes files home: one, or all of a version as a zip. */
export const createDownloads = (platform: Platform): Feature => ({
  name: 'downloads',
  routes: routes(platform),
});

export { filesOf } from './bundle.ts';
export { sendAttachment } from './routes.ts';
export { fileName, type Work, worksFor } from './works.ts';
export { writtenPart, type ZipPart, zipOf } from './zip.ts';
