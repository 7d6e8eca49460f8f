import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import { type Blob, blobsOf, handOver, mediaTypeFor, readBlob } from '../blobs/index.ts';
import { isThumbnail } from '../derive/contract.ts';
import { outputOf, readOutput } from '../derive/index.ts';
import {
  dispositionFor,
  errorHandler,
  type Representation,
  refuseBadHost,
  requestLog,
  sendBytes,
  withoutSignature,
} from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { type Capability, readAddress, type Signing } from './address.ts';
import { errorPage } from './error-page.ts';
import { context, imageInformation } from './iiif.ts';
import { fileInPackage } from './package.ts';
import { allowToRun, packingOf, played, playerFiles } from './play.ts';
import { playlistOf } from './playlist.ts';
import { addressExpired, noSuchContent, readOnly } from './problems.ts';
import { imageOf, tilesOf, tilesRoot } from './tiles.ts';

/** Origin of the application as the browser sees it, which alone may read content by script and put it into frames. */
export type ApplicationOrigin = (req: Request) => string;

/**
 * Answers on the content origin: uploaded bytes and what was made of them, to whoever has an address that we signed.
 * It knows no members and no cookies; nothing that it serves runs scripts of its own or reaches the application.
 */
export function contentServer(
  platform: Platform,
  signing: Signing,
  applicationOrigin: ApplicationOrigin,
  records: RequestHandler,
): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', platform.config.TRUSTED_PROXIES);
  app.use(requestLog(platform.log, withoutSignature), refuseBadHost);
  app.use((req, res, next) => {
    setHeaders(req, res, applicationOrigin(req));
    next();
  });
  app.use('/player', playerFiles());
  app.use('/lrs', records);
  app.use(async (req, res) => answer(platform, signing, applicationOrigin(req), req, res));
  app.use(errorPage, errorHandler(platform.log));
  return app;
}

function setHeaders(req: Request, res: Response, origin: string): void {
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('Referrer-Policy', 'no-referrer');
  res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  res.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()');
  res.setHeader(
    'Content-Security-Policy',
    `default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'unsafe-inline'; font-src data:; sandbox; frame-ancestors ${origin}`,
  );
  res.setHeader('Vary', 'Origin, Accept');
  if (req.headers.origin !== origin) return;
  res.setHeader('Access-Control-Allow-Origin', origin);
  res.setHeader(
    'Access-Control-Expose-Headers',
    'Accept-Ranges, Content-Length, Content-Range, ETag, X-Request-Id',
  );
}

async function answer(
  platform: Platform,
  signing: Signing,
  application: string,
  req: Request,
  res: Response,
): Promise<void> {
  if (req.method === 'OPTIONS') {
    res.setHeader('Access-Control-Allow-Methods', 'GET, HEAD');
    res.setHeader('Access-Control-Allow-Headers', 'Range, If-Range, If-None-Match');
    res.setHeader('Access-Control-Max-Age', '86400');
    res.status(204).end();
    return;
  }
  if (req.method !== 'GET' && req.method !== 'HEAD') throw readOnly({});
  // A service worker could answer with pages that lack our policies.
  if (req.headers['service-worker'] !== undefined) throw noSuchContent({});
  const reading = readAddress(signing.key, req.path, platform.clock());
  if (reading === 'unknown') throw noSuchContent({});
  if (reading === 'expired') throw addressExpired({});
  const { capability, entry, secondsLeft } = reading;
  const caching = `private, max-age=${secondsLeft}, immutable`;
  const headers = { 'Cache-Control': caching };
  if (capability.what === 'play') {
    allowToRun(platform, req, res, { entry, application });
    const packed = packingOf(entry);
    const also = packed ? { ...headers, 'Content-Encoding': packed.encoding } : headers;
    await sendBytes(req, res, await played(platform, capability.sha256, entry, 'still' in req.query), also);
    return;
  }
  if (capability.what === 'package') {
    await sendBytes(req, res, await fileInPackage(platform, capability.sha256, entry), headers);
    return;
  }
  if (capability.what === 'tiles') {
    await answerImage(platform, req, res, { capability, entry, headers });
    return;
  }
  if (capability.what === 'hls') {
    res.setHeader('Cache-Control', caching);
    const list = await playlistOf(platform, signing, capability);
    res.type('application/vnd.apple.mpegurl').send(list);
    return;
  }
  const found = await find(platform, capability, readsAvif(req));
  if (!found) throw noSuchContent({});
  const { blob, bytes } = found;
  const disposition = dispositionFor(capability.name, 'inline');
  const wishes = { mediaType: bytes.mediaType, disposition, caching, seconds: secondsLeft };
  const mayLoseHeaders = inert.test(bytes.mediaType);
  if (blob && (await handOver(platform, res, blob, { ...wishes, mayLoseHeaders }))) return;
  await sendBytes(req, res, bytes, { 'Cache-Control': caching, 'Content-Disposition': disposition });
}

/**
 * A picture in tiles, as an image of IIIF Image API 3.0 (sections 4, 5 and 7): its base leads to what tells of it.
 * @throws noSuchContent, noSuchImage
 */
async function answerImage(
  platform: Platform,
  req: Request,
  res: Response,
  { capability, entry, headers }: { capability: Capability; entry: string; headers: Record<string, string> },
): Promise<void> {
  const [root, ...rest] = entry.split('/');
  if (root !== tilesRoot) throw noSuchContent({});
  res.setHeader('Access-Control-Allow-Origin', '*'); // viewers of others read it by script: who has the address may
  const base = req.path.split('/').slice(0, lengthOfBase).join('/');
  const asked = rest.join('/');
  if (asked === '') return res.redirect(303, `${base}/info.json`);
  const tiles = await tilesOf(platform, capability.sha256);
  if (asked !== 'info.json')
    return void (await sendBytes(req, res, await imageOf(platform, tiles, asked), headers));
  const linked = req.accepts(['application/json', linkedData]) === linkedData;
  res.set(headers).type(linked ? `${linkedData};profile="${context}"` : 'application/json');
  res.send(JSON.stringify(imageInformation(`${req.protocol}://${req.get('host')}${base}`, tiles.picture)));
}

/** Browsers name AVIF when they read it; a program that takes anything gets WebP. */
const readsAvif = (req: Request) => /\bimage\/avif\b/.test(req.headers.accept ?? '');

/** `/{expires}/{signature}/{sha256}/tiles/` and the root of the tiles. */
const lengthOfBase = 6;
const linkedData = 'application/ld+json';

/** Types that no browser runs anything of, whatever the headers are. */
const inert = /^(video|audio|model)\/|^image\/(?!svg)/;

interface Found {
  /** missing for what was made of a blob */
  blob?: Blob;
  bytes: Representation;
}

async function find(
  platform: Platform,
  { sha256, what, name }: Capability,
  avif: boolean,
): Promise<Found | undefined> {
  if (what === 'file') {
    const blob = (await blobsOf([sha256])).get(sha256);
    return blob && { blob, bytes: representationOf(platform, blob, name) };
  }
  const smaller = avif && isThumbnail(what) ? await outputOf(sha256, `${what}-avif`) : undefined;
  const output = smaller ?? (await outputOf(sha256, what));
  const source = (await blobsOf([sha256])).get(sha256);
  if (!output || source?.scan === 'infected') return undefined;
  const { size, mediaType, sha256: tag } = output;
  return { bytes: { size, tag, mediaType, open: (range) => readOutput(platform, output, range) } };
}

/** A blob under a file name. */
function representationOf(platform: Platform, blob: Blob, name: string): Representation {
  return {
    size: blob.size,
    tag: blob._id,
    mediaType: mediaTypeFor(name, blob),
    open: (range) => readBlob(platform, blob._id, range),
  };
}
