import type { Request, RequestHandler, Response } from 'express';
import { entryMediaType } from '../archives/index.ts';
import { builtFiles, inMemory, type Representation, serveBuiltFiles } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { fileInPackage } from './package.ts';

/** Where the built client has scripts of ours that run inside of packages. */
const folder = '/viewers/player';
/** They are no secret, and a sandboxed page asks for them as from a foreign site. */
const headers = { 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'public, max-age=3600' };

/** Hands out those scripts. */
export const playerFiles = (): RequestHandler => serveBuiltFiles(builtFiles(), () => headers, folder);

/** Set by the page around a package in a frame whose cookies are its own, see `client/player/frame.ts`. */
const joined = /(?:^|;\s*)courseyard-joined=1(?:;|$)/;

/**
 * Lets a package run scripts in a sandbox, without cookies and storage that last, the application or another package.
 * It reaches its own files, by their address, and our player. Each of its pages has an origin of its own; where the
 * browser keeps the whole package apart, its pages share one. The application alone may put those into a frame.
 */
export function allowToRun(
  { config }: Platform,
  req: Request,
  res: Response,
  { entry, application }: { entry: string; application: string },
): void {
  const origin = config.CONTENT_URL ?? `${req.protocol}://${req.get('host')}`;
  const own = `${origin}${req.path.split('/').slice(0, 5).join('/')}/`;
  const sources = `${own} ${origin}/player/ ${origin}/lrs/ data: blob:`;
  const isJoined = entry === framePage || joined.test(req.headers.cookie ?? '');
  res.vary('Cookie');
  res.setHeader(
    'Content-Security-Policy',
    [
      `sandbox allow-scripts allow-forms allow-modals allow-pointer-lock${isJoined ? ' allow-same-origin' : ''}`,
      ...(isJoined ? [`frame-ancestors ${application} ${origin}`] : []),
      // Of the page of ours that may have this origin anywhere, no script runs but ours.
      ...(entry === framePage
        ? [`default-src 'none'`, `script-src ${origin}/player/`, `style-src 'unsafe-inline'`]
        : [`default-src ${sources} 'unsafe-inline' 'unsafe-eval'`]),
      // Pages that we have not served lack our bridge.
      `frame-src ${own}`,
      `object-src ${own}`,
      `base-uri ${own}`,
      `form-action ${own}`,
    ].join('; '),
  );
  // What the policy above knows nothing of: WebRTC, name look-ups, connections made ahead, the
  // first packets of a navigation that is then refused. Browsers without it have the bridge, which takes WebRTC away.
  res.setHeader('Connection-Allowlist', '(response-origin)');
  res.setHeader('X-DNS-Prefetch-Control', 'off');
  // Its requests come from no origin that could be named. They carry no cookies; the address is the permission.
  res.setHeader('Access-Control-Allow-Origin', '*');
  res.removeHeader('X-Frame-Options');
}

/** Pages of ours stand in a folder that no package has: around a package, what plays H5P, where a unit of cmi5 returns to. */
const framePage = '.courseyard/frame.html';
const h5pPage = '.courseyard/h5p.html';
const returnedPage = '.courseyard/returned.html';
const bridge = '<script src="/player/bridge.js"></script>';
/** Tells the player that the unit is done; in a window of its own, the learner. */
const returned =
  '<!doctype html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Courseyard</title></head><body style="font-family:system-ui,sans-serif;text-align:center;padding:3rem 1rem"><p lang="zh-CN">本单元已结束，可以关闭此窗口。</p><p lang="en">This unit has ended. You may close this window.</p><script>parent.postMessage({courseyard:{returned:true}},"*")</script></body></html>';
const largestPage = 5 * 1024 * 1024;

/** A file of a package that runs: pages get our bridge before their first script, unless they are to stand still. */
export async function played(
  platform: Platform,
  sha256: string,
  path: string,
  isStill: boolean,
): Promise<Representation> {
  if (path === framePage) return ownPage('frame');
  if (path === h5pPage) return ownPage('h5p');
  if (path === returnedPage) return inMemory(Buffer.from(returned), 'returned', html);
  const file = await fileInPackage(platform, sha256, path);
  const packed = packingOf(path);
  if (packed) return { ...file, mediaType: packed.mediaType };
  if (isStill || !/^(text\/html|application\/xhtml\+xml)/.test(file.mediaType) || file.size > largestPage)
    return file;
  const bytes = Buffer.concat(await (await file.open()).toArray());
  const isXml = file.mediaType.startsWith('application/xhtml+xml');
  return inMemory(withBridge(bytes, isXml), `${file.tag}.c`, file.mediaType);
}

/** Unity builds lie packed in the zip: the browser unpacks them, when it is told (`x.wasm.br`). */
export function packingOf(path: string): { encoding: 'br' | 'gzip'; mediaType: string } | undefined {
  const [, inner, ending] = /^(.*\.(?:wasm|js|data|json|symbols))\.(br|gz)$/.exec(path) ?? [];
  if (inner === undefined) return undefined;
  return { encoding: ending === 'br' ? 'br' : 'gzip', mediaType: entryMediaType(inner) };
}

const html = 'text/html; charset=utf-8';

/** A page of ours that is made by a script of ours. */
const ownPage = (name: 'frame' | 'h5p') =>
  inMemory(
    Buffer.from(
      `<!doctype html><html style="height:100%"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${bridge}</head><body style="margin:0;height:100%"><script src="/player/${name}.js"></script></body></html>`,
    ),
    name,
    html,
  );

/**
 * What stands before the first element, and no more: a mark further on could lie in a comment or in a value, and a
 * script before it would run without the bridge. HTML moves what comes early into its head by itself.
 */
const beforeHtml =
  /^(?:\xef\xbb\xbf)?(?:\s|<\?[^>]*>|<!--(?!-?>)(?:(?!--!?>)[\s\S])*-->)*(?:<!doctype\s[^>]*>)?/i;
const toHtmlElement = /^[\s\S]*?<html(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*>/;

/** Whatever the encoding, the marks that we look for are ASCII; the bytes around them stay as they are. */
export function withBridge(bytes: Buffer, isXml = false): Buffer {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf16) return bytes;
  const text = bytes.toString('latin1');
  const [before] = (isXml ? toHtmlElement : beforeHtml).exec(text) ?? [];
  if (before === undefined) return bytes;
  return Buffer.from(before + bridge + text.slice(before.length), 'latin1');
}
