import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { limitRecords } from '../../http/index.ts';
import type { Platform } from '../../platform.ts';
import { badStatement } from '../problems.ts';
import { dropDocument, getDocument, type Kind, keepDocument } from './documents.ts';
import { letIn, trade } from './let-in.ts';
import { activityId, assertOwnAgent } from './request.ts';
import { getStatements, postStatements, putStatement } from './statements.ts';

const version = '1.0.3';
/** Of one request: a statement or a document, or a handful of statements. */
const largest = '256kb';

/**
 * The learning record store (xAPI 1.0.3) as far as cmi5 needs it, on the content origin. It knows no members and no
 * cookies: a token lets a unit into the one registration of the one member that it was launched for, as long as the
 * session lasts. Units have no origin that could be named, so any may ask.
 */
export function recordStore(platform: Platform): RequestHandler {
  const router = Router();
  router.use((req, res, next) => {
    req.url = req.url.replace(/^\/{2,}/, '/'); // units put a slash between the endpoint and what they ask for
    setHeaders(res);
    if (req.method === 'OPTIONS') res.status(204).end();
    else next();
  });
  router.use(...limitRecords(platform.config), express.raw({ type: () => true, limit: largest }));
  router.get('/about', (_req, res) => void res.json({ version: ['1.0.0', '1.0.1', '1.0.2', version] }));
  router.post('/fetch/:registration/:key', async (req, res) => {
    res.status(200).json(await trade(platform, req.params.registration, req.params.key));
  });
  router.use((req, _res, next) => {
    const asked = req.get('X-Experience-API-Version');
    next(
      /^1\.0(\.\d+)?$/.test(asked ?? '') ? undefined : badStatement({ reason: 'X-Experience-API-Version' }),
    );
  });
  router.put('/statements', async (req, res) => putStatement(platform, req, res));
  router.post('/statements', async (req, res) => postStatements(platform, req, res));
  router.get('/statements', async (req, res) => getStatements(platform, req, res));
  const rooms: Record<string, Kind> = {
    '/activities/state': 'state',
    '/activities/profile': 'activity-profile',
    '/agents/profile': 'agent-profile',
  };
  for (const [path, kind] of Object.entries(rooms)) {
    router.get(path, async (req, res) => getDocument(platform, req, res, kind));
    router.put(path, async (req, res) => keepDocument(platform, req, res, kind));
    router.post(path, async (req, res) => keepDocument(platform, req, res, kind));
    router.delete(path, async (req, res) => dropDocument(platform, req, res, kind));
  }
  router.get('/activities', async (req, res) => {
    await letIn(platform, req);
    res.json({ objectType: 'Activity', id: activityId(req) });
  });
  router.get('/agents', async (req: Request, res: Response) => {
    const open = await letIn(platform, req);
    assertOwnAgent(req, open);
    res.json({ objectType: 'Person', account: [open.actor.account] });
  });
  return router;
}

function setHeaders(res: Response): void {
  res.setHeader('Access-Control-Allow-Origin', '*');
  res.setHeader('Access-Control-Allow-Methods', 'GET, HEAD, PUT, POST, DELETE');
  res.setHeader(
    'Access-Control-Allow-Headers',
    'Authorization, Content-Type, X-Experience-API-Version, If-Match, If-None-Match, Accept-Language',
  );
  res.setHeader(
    'Access-Control-Expose-Headers',
    'ETag, Last-Modified, X-Experience-API-Version, X-Experience-API-Consistent-Through, Retry-After',
  );
  res.setHeader('Access-Control-Max-Age', '86400');
  res.setHeader('X-Experience-API-Version', version);
  res.setHeader('Cache-Control', 'no-store');
}
