import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from '../config.ts';

/** Names of fields that never reach the log, wherever they stand. */
const secretFields = [
  'password',
  'newPassword',
  'currentPassword',
  'token',
  'secret',
  'authorization',
  'cookie',
];

/** The logger of this process: one JSON object a line, without secrets. */
export function openLog({ LOG_LEVEL }: Pick<Config, 'LOG_LEVEL'>, to?: DestinationStream): Logger {
  return pino(
    {
      level: LOG_LEVEL,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
        censor: '[secret]',
      },
    },
    to ?? pino.destination({ fd: 1, sync: false }),
  );
}

/** Asked so often, by machines, that they are of interest to nobody who reads a log. */
const pulses = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * Gives each request an id (or keeps the one that a proxy gave, in `X-Request-Id`), answers it in the same header, and
 * writes one line when the request has ended. The id stands in `res.locals.requestId`.
 * @param toldOf what the log is told of an address
 */
export function requestLog(log: Logger, toldOf = withoutSecrets): RequestHandler {
  return (req, res, next) => {
    const began = performance.now();
    const given = req.headers['x-request-id'];
    const requestId = typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
    res.locals.requestId = requestId;
    res.setHeader('X-Request-Id', requestId);
    const { method, originalUrl: url } = req;
    if (!pulses.has(url))
      res.once('close', () => {
        const status = res.statusCode;
        const level = status >= 500 ? 'error' : 'info';
        if (!log.isLevelEnabled(level)) return;
        const milliseconds = Math.round(performance.now() - began);
        const about = { requestId, req: { method, url: toldOf(url) }, res: { status }, milliseconds };
        log[level](about, res.writableFinished ? 'answered' : 'caller left');
      });
    next();
  };
}

const secretParameters = [...secretFields, 'key', 'signature', 'code', 'state', 'id_token'].join('|');
const secretParameter = new RegExp(`([?&](?:${secretParameters})=)[^&]*`, 'gi');

/** Signed addresses carry their secret in the query, invitations in the path. */
function withoutSecrets(url: string): string {
  return url.replace(/(\/invitations\/)[\w-]{40,}/g, '$1[secret]').replace(secretParameter, '$1[secret]');
}

/**
 * An address of content without what makes it one: its signature (32 characters), or the key by which a unit fetches
 * its token (43). Whoever read that in a log could use it.
 */
export function withoutSignature(url: string): string {
  return withoutSecrets(url.replace(/(?<=\/)(?:[\w-]{32}|[\w-]{43})(?=[/?]|$)/g, '[secret]'));
}
