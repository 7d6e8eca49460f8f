import express, { type Express, type RequestHandler, Router } from 'express';
import type { Feature } from './feature.ts';
import type { EndpointDefinition } from './http/contract.ts';
import {
  type Authenticate,
  type ContentOrigin,
  errorHandler,
  limitWrites,
  methodNotAllowed,
  noSuchAddress,
  type Route,
  refuseBadHost,
  refuseForeignPages,
  requestLog,
  securityHeaders,
} from './http/index.ts';
import { clientPages, type HeadOf } from './pages/index.ts';
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
  app.use(refuseOtherMethods(features.flatMap(({ routes }) => routes)));
  app.use('/api', refuseUnknown);
  app.use(clientPages(headOf));
  app.use(refuseUnknown);
  app.use(errorHandler(log));
  return app;
}

function mount(app: Express, { definition, serve }: Route, authenticate: Authenticate): void {
  app[definition.method](pathOf(definition), serve(authenticate));
}

/** Contract paths have `{id}` where Express has `:id`, and `{path+}` for the rest of the path. */
const pathOf = ({ path }: EndpointDefinition) =>
  path.replace(/\{(\w+)\+\}/g, '*$1').replace(/\{(\w+)\}/g, ':$1');

/**
 * Names the methods of an address of the API: to who asks for them (OPTIONS), and to who sends another. Pages of the
 * client, which are asked for more often, do not come by here.
 * @throws methodNotAllowed
 */
function refuseOtherMethods(routes: readonly Route[]): RequestHandler {
  const methods = new Map<string, string[]>();
  for (const { definition } of routes) {
    const path = pathOf(definition);
    const also = definition.method === 'get' ? ['GET', 'HEAD'] : [definition.method.toUpperCase()];
    methods.set(path, [...(methods.get(path) ?? []), ...also]);
  }
  const known = Router();
  for (const [path, some] of methods)
    known.all(path, (_req, res, next) => {
      res.locals.allowed = [...new Set([...(res.locals.allowed ?? []), ...some])].sort();
      next();
    });
  known.use((req, res, next) => {
    const { allowed } = res.locals;
    if (!allowed) return next();
    if (req.method !== 'OPTIONS') throw methodNotAllowed({ method: req.method, allowed });
    res.setHeader('Allow', allowed.join(', '));
    res.status(204).end();
  });
  return (req, res, next) => (req.path.startsWith('/api/') ? known(req, res, next) : next());
}
