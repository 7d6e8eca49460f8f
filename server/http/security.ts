import type { Request, RequestHandler } from 'express';
import helmet from 'helmet';
import type { Config } from '../config.ts';
import { CLIENT_HEADER } from './contract.ts';
import { badHost, foreignOrigin } from './problems.ts';

/** Where uploaded bytes come from, for the browser that asks: an origin such as `http://192.168.1.8:3001`. */
export type ContentOrigin = (req: Request) => string;

/** Content origins whose headers are kept; every `Host` that a caller makes up is another. */
const mostOrigins = 100;

/**
 * The headers that tell a browser what our pages may load: nothing foreign, no script but ours, and uploaded content
 * only as pictures, media, data and sandboxed frames from its own origin.
 */
export function securityHeaders(config: Config, contentOrigin: ContentOrigin): RequestHandler {
  // A policy that is a fixed text costs nothing: one of each kind for every origin that pages are asked for at.
  const made = new Map<string, RequestHandler>();
  return (req, res, next) => {
    const content = contentOrigin(req);
    const embeds = isEmbed(req);
    const key = `${embeds} ${content}`;
    let set = made.get(key);
    if (!set) {
      set = headersFor(config, content, embeds);
      if (made.size >= mostOrigins) made.clear();
      made.set(key, set);
    }
    res.setHeader('Permissions-Policy', 'geolocation=(), payment=(), usb=(), xr-spatial-tracking=(self)');
    set(req, res, next);
  };
}

function headersFor(config: Config, content: string, embeds: boolean): RequestHandler {
  const isSecure = config.PUBLIC_URL?.startsWith('https:') ?? false;
  const storage =
    config.S3_DOWNLOADS === 'redirect' && config.S3_ENDPOINT ? [new URL(config.S3_ENDPOINT).origin] : [];
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // WebAssembly: the Draco, Meshopt and Basis decoders of the model viewer, and the PDF viewer's.
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        // The component library writes its styles while it runs.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:', content, ...storage],
        mediaSrc: ["'self'", 'blob:', content, ...storage],
        frameSrc: ["'self'", content],
        connectSrc: ["'self'", 'data:', 'blob:', content, ...storage],
        workerSrc: ["'self'", 'blob:'],
        fontSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: [embeds ? '*' : "'self'"],
        ...(isSecure && { upgradeInsecureRequests: [] }),
      },
    },
    xFrameOptions: !embeds,
    // Browsers obey these two on https only, and complain about them elsewhere.
    crossOriginOpenerPolicy: isSecure && { policy: 'same-origin' },
    originAgentCluster: isSecure,
    strictTransportSecurity: isSecure && { maxAge: 180 * 24 * 3600, includeSubDomains: false },
    referrerPolicy: { policy: 'same-origin' },
  });
}

/** A page that others may put into theirs: it only shows, and there it has no session. */
const isEmbed = (req: Request) => req.path.startsWith('/embed/');

const host = /^(?:[\w.-]+|\[[\da-f:.]+\])$/i;

/** A host is a name or an address; what is neither must be refused (RFC 9112, section 3.2). @throws badHost */
export const refuseBadHost: RequestHandler = (req, _res, next) =>
  next(req.hostname === undefined || host.test(req.hostname) ? undefined : badHost({}));

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses changes that a foreign page makes a member's browser send. A browser says where a request comes from, and
 * only our own pages can add our header. Programs send neither, and no cookie that somebody else could misuse.
 * @throws foreignOrigin
 */
export function refuseForeignPages({ PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>): RequestHandler {
  const publicOrigin = PUBLIC_URL === undefined ? undefined : new URL(PUBLIC_URL).origin;
  return (req, _res, next) => {
    if (safeMethods.has(req.method) || /^Bearer /i.test(req.headers.authorization ?? '')) return next();
    const site = req.headers['sec-fetch-site'];
    const { origin } = req.headers;
    if (site === undefined && origin === undefined) return next();
    const isOurs =
      site === undefined
        ? origin === (publicOrigin ?? `${req.protocol}://${req.headers.host}`)
        : site === 'same-origin';
    next(isOurs && req.get(CLIENT_HEADER.name) === CLIENT_HEADER.value ? undefined : foreignOrigin({}));
  };
}
