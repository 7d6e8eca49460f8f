import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { type Packed, sendPacked } from './packed.ts';
import type { Representation } from './send-bytes.ts';

const folder = fileURLToPath(new URL('../../public', import.meta.url));

/** What the build of the client lists: type, digest and sizes in bytes by path. */
const Listed = z.record(
  z.string(),
  z.object({
    mediaType: z.string(),
    tag: z.string(),
    plain: z.number().int(),
    br: z.number().int().optional(),
    gzip: z.number().int().optional(),
  }),
);

/** The files of the built client by path, such as `/index.html`; none where it was not built. */
export function builtFiles(): ReadonlyMap<string, Packed> {
  const list = `${folder}/.files.json`;
  if (!existsSync(list)) return new Map();
  const files = Object.entries(Listed.parse(JSON.parse(readFileSync(list, 'utf8'))));
  return new Map(
    files.map(([path, { mediaType, tag, ...sizes }]) => {
      const form = (ending: string, size: number): Representation => ({
        size,
        tag: tag + ending,
        mediaType,
        open: async (range) =>
          createReadStream(folder + path + ending, { start: range?.first, end: range?.last }),
      });
      return [
        path,
        {
          plain: form('', sizes.plain),
          br: sizes.br === undefined ? undefined : form('.br', sizes.br),
          gzip: sizes.gzip === undefined ? undefined : form('.gzip', sizes.gzip),
        },
      ];
    }),
  );
}

/** Answers GET and HEAD with those files, below a folder of theirs; leaves everything else to who comes next. */
export function serveBuiltFiles(
  files: ReadonlyMap<string, Packed>,
  headersOf: (path: string) => Record<string, string>,
  below = '',
): RequestHandler {
  return async (req, res, next) => {
    const path = below + req.path;
    const file = req.method === 'GET' || req.method === 'HEAD' ? files.get(path) : undefined;
    if (file) await sendPacked(req, res, file, headersOf(path));
    else next();
  };
}
