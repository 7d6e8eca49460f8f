import type { Request, Response } from 'express';
import multer, { MulterError, type StorageEngine } from 'multer';
import type { Member } from '../access/index.ts';
import { takeIn, tooLarge } from '../blobs/index.ts';
import { wantDerivatives } from '../derive/index.ts';
import { invalidRequest, Problem } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { assertTakesFiles, attachFiles, FilePath, type StoredFile } from '../resources/index.ts';
import { Arrivals } from './arrivals.ts';
import { mostInForm } from './contract.ts';
import { badForm, brokenOff, nothingSent, tooManyInForm } from './problems.ts';
import { Room } from './room.ts';

const limits = {
  files: mostInForm,
  fields: mostInForm,
  parts: 2 * mostInForm,
  fieldNameSize: 100,
  fieldSize: 4000,
  headerPairs: 20,
  fieldNestingDepth: 1,
  fieldArrayIndexLimit: mostInForm,
} as const;

/**
 * Takes the files of a form into a draft: streamed to the object store as they come, and attached when all of them
 * have arrived well. When one is refused, none is attached.
 * @throws what takeIn and attachFiles throw; badForm, tooManyInForm, brokenOff, nothingSent, invalidRequest
 */
export async function takeForm(
  platform: Platform,
  member: Member,
  resource: string,
  req: Request,
  res: Response,
): Promise<StoredFile[]> {
  const { organisation } = await assertTakesFiles(member, resource);
  const room = await Room.for(platform, organisation, Number(req.headers['content-length'] ?? 0));
  const arrivals = new Arrivals(platform, organisation);
  try {
    const paths = await read(platform, room, req, res, arrivals);
    const files = (await arrivals.end()).flatMap(({ name, ingested }, index) => {
      if (!ingested) return [];
      const { sha256, size, crc32, mediaType } = ingested;
      return [{ path: safePath(paths[index] || name, `paths.${index}`), size, mediaType, sha256, crc32 }];
    });
    if (files.length === 0) throw nothingSent({});
    const attached = await attachFiles(platform, member, resource, files);
    await wantDerivatives(platform, files, organisation);
    return attached;
  } catch (error) {
    await arrivals.takeBack();
    throw asProblem(error, platform.config.MAX_FILE_SIZE);
  } finally {
    await room.release();
  }
}

/**
 * Reads the whole form; resolves with the paths that came with it, in the order of the files.
 * @throws what takeIn throws, invalidRequest, and the errors of multer
 */
async function read(
  platform: Platform,
  room: Room,
  req: Request,
  res: Response,
  arrivals: Arrivals,
): Promise<string[]> {
  const taking: Promise<void>[] = [];
  const storage: StorageEngine = {
    _handleFile(_req, { stream, originalname, mimetype }, done) {
      const name = originalname.split(/[/\\]/).at(-1) ?? '';
      const file = arrivals.begin(name);
      const take = async () => {
        safePath(name, 'files');
        const claims = { name, mediaType: mimetype };
        await arrivals.add(file, await takeIn(platform, room.metered(stream), claims));
      };
      const taken = take();
      taking.push(taken);
      taken.then(() => done(null, {}), done);
    },
    _removeFile(_req, _file, done) {
      done(null); // what has arrived is taken back by takeForm
    },
  };
  const parse = multer({
    storage,
    limits: { ...limits, fileSize: platform.config.MAX_FILE_SIZE },
    defParamCharset: 'utf8',
  }).array('files', limits.files);
  try {
    await new Promise<void>((resolve, reject) => {
      parse(req, res, (error: unknown) => (error ? reject(error) : resolve()));
    });
  } catch (error) {
    // Who refuses a file in the middle lets go of its stream: multer hears of that alone, and before the refusal.
    if (error instanceof Error && error.name === 'AbortError') await Promise.all(taking);
    throw error;
  }
  const { paths } = (req.body ?? {}) as { paths?: unknown };
  const given = paths === undefined ? [] : Array.isArray(paths) ? paths : [paths];
  return given.map(String);
}

/** @throws invalidRequest that names the field */
export function safePath(path: string, field: string): string {
  const result = FilePath.safeParse(path);
  if (result.success) return result.data;
  throw invalidRequest({ errors: [{ in: 'body', field, message: 'path' }] });
}

function asProblem(error: unknown, limit: number): unknown {
  if (error instanceof Problem) return error;
  if (error instanceof MulterError) {
    if (error.code === 'LIMIT_FILE_SIZE')
      return tooLarge({ name: 'filename' in error ? String(error.filename) : '', limit });
    if (error.code === 'LIMIT_FILE_COUNT') return tooManyInForm({ most: mostInForm });
    return badForm({ reason: error.message });
  }
  if (!(error instanceof Error)) return error;
  if (/^Request (aborted|closed|error)|aborted|ECONNRESET/.test(error.message)) return brokenOff({});
  if (
    /^(Multipart:|Malformed|Unexpected end of form|Unsupported content type|Missing Content-Type)/.test(
      error.message,
    )
  )
    return badForm({ reason: error.message });
  return error;
}
