import type { Feature } from '../feature.ts';
import type { Platform } from '../platform.ts';
import { routes } from './routes.ts';

/** Takes files home: one, or all of a version as a zip. */
export const createDownloads = (platform: Platform): Feature => ({
  name: 'downloads',
  routes: routes(platform),
});
