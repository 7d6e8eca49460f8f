import type { Express, RequestHandler } from 'express';
import type { Feature } from '../feature.ts';
import type { ContentOrigin } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { secretFor } from '../secret.ts';
import { addressFor, type Signing } from './address.ts';
import { routes } from './routes.ts';
import { type ApplicationOrigin, contentServer } from './server.ts';

const signing = ({ config }: Platform): Signing => ({
  key: secretFor(config, 'content addresses'),
  seconds: config.CONTENT_ADDRESS_SECONDS,
});

/** Shows files in place: addresses on the content origin, and pictures that stand for resources. */
export const createContent = (platform: Platform, contentOrigin: ContentOrigin): Feature => ({
  name: 'content',
  routes: routes(platform, signing(platform), contentOrigin),
});

/** What answers on the content origin. `records` is the store of learning records, which speaks for itself. */
export const createContentServer = (
  platform: Platform,
  applicationOrigin: ApplicationOrigin,
  records: RequestHandler,
): Express => contentServer(platform, signing(platform), applicationOrigin, records);

export { embedDiscovery } from './embedding.ts';

/** The path on the content origin behind which a stored package runs; ends with a slash, works for a teaching day. */
export const packageAddress = (platform: Platform, sha256: string): string =>
  addressFor(signing(platform), { sha256, what: 'play', name: '' }, platform.clock());
