import type { ErrorRequestHandler } from 'express';
import { escapeHtml, Problem, preferredLanguage } from '../http/index.ts';

/**
 * What stands in a frame, or in a window, in place of content that cannot be shown: the problem as a small page in the
 * reader's language. Programs get the problem itself, by the handler behind this one.
 */
export const errorPage: ErrorRequestHandler = (error: unknown, req, res, next) => {
  const asksForPage = (req.headers.accept ?? '').includes('text/html');
  if (!(error instanceof Problem) || !asksForPage || res.headersSent) {
    next(error);
    return;
  }
  const language = preferredLanguage(req);
  const { title, detail } = error.toBody(language);
  res.status(error.status).setHeader('Cache-Control', 'no-store');
  res.setHeader('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  res.type('html').send(`<!doctype html><html lang="${language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>
:root { color-scheme: light dark }
body { margin: 0; min-height: 100vh; display: grid; place-content: center; padding: 24px; box-sizing: border-box;
  font: 16px/1.6 -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif; text-align: center }
h1 { font-size: 20px; margin: 0 0 8px } p { margin: 0; max-width: 38em; overflow-wrap: anywhere }
</style></head><body><main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(detail)}</p></main></body></html>`);
};
