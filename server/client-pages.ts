import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import express, { type Request, type RequestHandler, Router } from 'express';

const folder = fileURLToPath(new URL('../public', import.meta.url));

/** Elements for the head of the page at an address, for programs that read pages; empty for most. */
export type HeadOf = (req: Request) => Promise<string>;

/** The built client: files with a hash in their name for ever, the page itself for every address of the client. */
export function clientPages(headOf: HeadOf): RequestHandler {
  const router = Router();
  router.use(
    express.static(folder, {
      index: false,
      setHeaders: (res, path) =>
        res.setHeader(
          'Cache-Control',
          path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        ),
    }),
  );
  const servePage: RequestHandler = async (req, res, next) => {
    if (!req.accepts('html') || !existsSync(`${folder}/index.html`)) return next();
    res.setHeader('Cache-Control', 'no-cache');
    const head = await headOf(req);
    if (head === '') return res.sendFile('index.html', { root: folder });
    const page = await readFile(`${folder}/index.html`, 'utf8');
    res.type('html').send(page.replace('</head>', () => `${head}</head>`));
  };
  router.get('/*path', servePage);
  router.get('/', servePage);
  return router;
}
