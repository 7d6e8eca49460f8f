import { createHash } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, type Options, type RateLimitInfo, rateLimit } from 'express-rate-limit';
import { isVisitor } from '../access/member.ts';
import type { Config } from '../config.ts';
import type { Authenticate } from './handle.ts';
import { tooManyRequests } from './problems.ts';

const minute = 60_000;
const isChange = (req: Request) => !['GET', 'HEAD', 'OPTIONS'].includes(req.method);
/** Chunks of one resumable upload: many, and limited by their bytes already. */
const isChunk = (req: Request) => req.method === 'PATCH' && req.path.startsWith('/api/uploads/');
/** Limited by failures, for all processes together, where the password is looked at: a whole school signs in at eight. */
const isSignIn = (req: Request) => req.path === '/api/auth/sign-in/email';
const addressOf = (req: Request) => ipKeyGenerator(req.ip ?? '');

/**
 * At most 600 changes a minute by one member, and 60 from one address by people who have not signed in. Each process
 * counts for itself.
 * @throws tooManyRequests
 */
export function limitWrites(config: Pick<Config, 'RATE_LIMITS'>, authenticate: Authenticate): RequestHandler {
  const byMembers = limiter(config, {
    windowMs: minute,
    limit: 600,
    keyGenerator: (_req, res) => res.locals.memberId,
  });
  const byVisitors = limiter(config, { windowMs: minute, limit: 60, keyGenerator: addressOf });
  return async (req, res, next) => {
    if (!isChange(req) || isChunk(req) || isSignIn(req)) return next();
    const member = await authenticate(req);
    res.locals.memberId = member.id;
    return (isVisitor(member) ? byVisitors : byMembers)(req, res, next);
  };
}

/**
 * For units that record what is learnt: at most 600 requests a minute with one token, and 12,000 from one address,
 * behind which a whole school may learn.
 */
export function limitRecords(config: Pick<Config, 'RATE_LIMITS'>): RequestHandler[] {
  return [
    limiter(config, { windowMs: minute, limit: 12_000, keyGenerator: addressOf }),
    limiter(config, {
      windowMs: minute,
      limit: 600,
      keyGenerator: (req) =>
        createHash('sha256')
          .update(req.headers.authorization ?? '')
          .digest('base64'),
      skip: (req) => req.headers.authorization === undefined,
    }),
  ];
}

function limiter({ RATE_LIMITS }: Pick<Config, 'RATE_LIMITS'>, options: Partial<Options>): RequestHandler {
  if (!RATE_LIMITS) return (_req, _res, next) => next();
  return rateLimit({
    ...options,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (req, _res, next, { windowMs }) => {
      const reset = (req as Request & { rateLimit?: RateLimitInfo }).rateLimit?.resetTime;
      const wait = reset ? reset.getTime() - Date.now() : windowMs;
      next(tooManyRequests({ seconds: Math.max(1, Math.ceil(wait / 1000)) }));
    },
  });
}
