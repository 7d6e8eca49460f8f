import express, { type Express, type RequestHandler } from 'express';
import { clientPages, type HeadOf } from './client-pages.ts';
import type { Feature } from './feature.ts';
import {
  type Authenticate,
  type ContentOrigin,
  errorHandler,
  limitWrites,
  noSuchAddress,
  type Route,
  refuseBadHost,
  refuseForeignPages,
  requestLog,
  securityHeaders,
} from './http/index.ts';
import type { Platform } from './platform.ts';

interface Parts {
  platform: Platform;
  features: readonly Feature[];
  authenticate: Authenticate;
  timeRequests: RequestHandler;
  contentOrigin: ContentOrigin;
  headOf: HeadOf;
}

/** Puts the Express application together: what every request passes, the features, the pages, the errors. */
export function createApp({
  platform,
  features,
  authenticate,
  timeRequests,
  contentOrigin,
  headOf,
}: Parts): Express {
  const { config, log } = platform;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.TRUSTED_PROXIES);
  app.set('query parser', 'simple');
  app.use(
    requestLog(log),
    timeRequests,
    refuseBadHost,
    securityHeaders(config, contentOrigin),
    refuseForeignPages(config),
  );
  app.use(limitWrites(config, authenticate));
  app.use(express.json({ limit: '1mb', strict: true }));
  for (const { routes } of features) for (const route of routes) mount(app, route, authenticate);
  const refuseUnknown: RequestHandler = () => {
    throw noSuchAddress({});
  };
  app.use('/api', refuseUnknown);
  app.use(clientPages(headOf));
  app.use(refuseUnknown);
  app.use(errorHandler(log));
  return app;
}

/** Contract paths have `{id}` where Express has `:id`, and `{path+}` for the rest of the path. */
function mount(app: Express, { definition, serve }: Route, authenticate: Authenticate): void {
  const path = definition.path.replace(/\{(\w+)\+\}/g, '*$1').replace(/\{(\w+)\}/g, ':$1');
  app[definition.method](path, serve(authenticate));
}
