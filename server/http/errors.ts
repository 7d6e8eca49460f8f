import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import { preferredLanguage } from './language.ts';
import { Problem } from './problem.ts';
import {
  badAddress,
  bodyTooLarge,
  changedMeanwhile,
  diskFull,
  existsAlready,
  unavailable,
  unexpected,
  unreadableBody,
} from './problems.ts';

/** MongoDB's codes: a value that a unique index has already, and no room for a change. */
const DUPLICATE_KEY = 11000;
const OUT_OF_DISK_SPACE = 14031;

/**
 * The one place where an error becomes a response: a declared problem as it is, what the frameworks throw as the
 * problem that it means, everything else as `http/unexpected` with the request id, logged and not told. What fails
 * because the caller has hung up, an upload broken off, is no fault of ours.
 */
export function errorHandler(log: Logger): ErrorRequestHandler {
  return (error: unknown, req, res, _next) => {
    const problem = asProblem(error);
    const hasLeft = res.closed && !res.writableFinished;
    if (hasLeft) {
      log.info({ err: error, requestId: res.locals.requestId }, 'caller left before the answer');
      return;
    }
    if (problem.status >= 500) log.error({ err: error, requestId: res.locals.requestId }, 'request failed');
    if (res.headersSent) {
      res.destroy(); // cut off, so that nobody takes what came for all of it
      return;
    }
    // RFC 9110, section 11.6.1. Named everywhere: Basic, by which units report, would open the browser's own dialog.
    if (problem.status === 401) res.setHeader('WWW-Authenticate', 'Bearer');
    if (problem.status === 405) res.setHeader('Allow', [problem.values.allowed].flat().join(', '));
    if (problem.status === 429) res.setHeader('Retry-After', String(problem.values.seconds));
    res
      .status(problem.status)
      .type('application/problem+json')
      .setHeader('Cache-Control', 'no-store')
      .send(JSON.stringify({ ...problem.toBody(preferredLanguage(req)), requestId: res.locals.requestId }));
  };
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (!(error instanceof Error)) return unexpected({});
  if (error.name === 'VersionError') return changedMeanwhile({ revision: -1 });
  if (error.name === 'MongoServerSelectionError' || error.name === 'MongoNetworkError')
    return unavailable({ engine: 'MongoDB' });
  if ('code' in error && error.code === DUPLICATE_KEY) return existsAlready({});
  if ('code' in error && error.code === OUT_OF_DISK_SPACE) return diskFull({});
  const type = 'type' in error ? error.type : undefined;
  if (type === 'entity.too.large' || type === 'parameters.too.many') return bodyTooLarge({});
  if (type === 'entity.parse.failed' || type === 'charset.unsupported' || type === 'encoding.unsupported')
    return unreadableBody({});
  if (type === 'request.aborted' || type === 'request.size.invalid') return unreadableBody({});
  if (error instanceof URIError) return badAddress({});
  return unexpected({});
}
