import type { Express } from 'express';
import type { Feature } from '../feature.ts';
import type { ContentOrigin } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { secretFor } from '../secret.ts';
import { routes } from './routes.ts';
import { type ApplicationOrigin, contentServer } from './server.ts';

const purpose = 'content addresses';

/** Shows files in place: addresses on the content origin, and pictures that stand for resources. */
export const createContent = (platform: Platform, contentOrigin: ContentOrigin): Feature => ({
  name: 'content',
  routes: routes(platform, secretFor(platform.config, purpose), contentOrigin),
});

/** What answers on the content origin. */
export const createContentServer = (platform: Platform, applicationOrigin: ApplicationOrigin): Express =>
  contentServer(platform, secretFor(platform.config, purpose), applicationOrigin);
