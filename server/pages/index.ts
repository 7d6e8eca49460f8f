import { text } from 'node:stream/consumers';
import { type Request, type RequestHandler, Router } from 'express';
import { builtFiles, packText, sendPacked, serveBuiltFiles } from '../http/index.ts';
import { pageAddresses } from './contract.ts';

/** Elements for the head of the page at an address, for programs that read pages; empty for most. */
export type HeadOf = (req: Request) => Promise<string>;

const forEver = { 'Cache-Control': 'public, max-age=31536000, immutable' };
const askAgain = { 'Cache-Control': 'no-cache' };

/** In a frame of another page there is no header of ours, not even while it starts. */
const bare = '<style>.starting { display: none; }</style>';

/**
 * The built client: files with a hash in their name for ever, the page itself for every address of the client; for
 * others, too, where it says that there is no such page, as 404.
 */
export function clientPages(headOf: HeadOf): RequestHandler {
  const files = builtFiles();
  const page = files.get('/index.html');
  const router = Router();
  router.use(serveBuiltFiles(files, (path) => (path.startsWith('/assets/') ? forEver : askAgain)));
  const servePage: RequestHandler = async (req, res, next) => {
    if (!page || !req.accepts('html')) return next();
    const head = (await headOf(req)) + (req.path.startsWith('/embed/') ? bare : '');
    if (head === '') return sendPacked(req, res, page, askAgain);
    const html = await text(await page.plain.open());
    const told = html.replace('</head>', () => `${head}</head>`);
    await sendPacked(req, res, await packText(told, page.plain.mediaType), askAgain);
  };
  const serveNotFound: RequestHandler = async (req, res, next) => {
    if (!page || !req.accepts('html')) return next();
    res.status(404).set(askAgain).type(page.plain.mediaType);
    res.send(await text(await page.plain.open()));
  };
  // A page of an earlier version asks for files that are gone; it is not to take the page itself for them.
  router.get('/assets/*path', (_req, _res, next) => next('router'));
  for (const address of Object.values(pageAddresses)) router.get(address, servePage);
  router.get('/*path', serveNotFound);
  return router;
}
