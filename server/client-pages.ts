import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express, { type RequestHandler, Router } from 'express';

const folder = fileURLToPath(new URL('../public', import.meta.url));

/** The built client: files with a hash in their name for ever, the page itself for every address of the client. */
export function clientPages(): RequestHandler {
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
  router.get('/*path', servePage);
  router.get('/', servePage);
  return router;
}

const servePage: RequestHandler = (req, res, next) => {
  if (!req.accepts('html') || !existsSync(`${folder}/index.html`)) return next();
  res.setHeader('Cache-Control', 'no-cache');
  res.sendFile('index.html', { root: folder });
};
