import type { Request, Response } from 'express';
import multer, { MulterError, type StorageEngine } from 'multer';
import type { Member } from '../access/index.ts';
import { takeIn, tooLarge } from '../blobs/index.ts';
import { wantDerivatives } from '../derive/index.ts';
import { Problem } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { assertTakesFiles, attachFiles, FilePath, type StoredFile, TakenWay } from '../resources/index.ts';
import { Arrivals } from './arrivals.ts';
import { mostInForm } from './contract.ts';
import { badForm, brokenOff, type FormFault, nothingSent, tooManyInForm, unsafePath } from './problems.ts';
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
 * @throws what takeIn and attachFiles throw; badForm, tooManyInForm, brokenOff, nothingSent, unsafePath
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
    const { paths, taken } = await read(platform, room, req, res, arrivals);
    const files = (await arrivals.end()).flatMap(({ name, ingested }, index) => {
      if (!ingested) return [];
      const { sha256, size, crc32, mediaType } = ingested;
      return [{ path: safePath(paths[index] || name, `paths.${index}`), size, mediaType, sha256, crc32 }];
    });
    if (files.length === 0) throw nothingSent({});
    const attached = await attachFiles(platform, member, resource, files, taken);
    await wantDerivatives(platform, files, organisation);
    return attached;
  } catch (error) {
    await arrivals.takeBack();
    throw asProblem(error, platform.config.MAX_FILE_SIZE);
  } finally {
    await room.release();
  }
}

/** What comes with the files of a form. */
interface Said {
  /** In the order of the files. */
  paths: string[];
  taken: TakenWay;
}

/**
 * Reads the whole form; resolves with what is said of its files.
 * @throws what takeIn throws, unsafePath, badForm, and the errors of multer
 */
async function read(
  platform: Platform,
  room: Room,
  req: Request,
  res: Response,
  arrivals: Arrivals,
): Promise<Said> {
  const taking: Promise<void>[] = [];
  const storage: StorageEngine = {
    _handleFile(_req, { stream, originalname, mimetype }, done) {
      const name = lastPartOf(originalname);
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
    preservePath: true, // otherwise a file called `..` is passed over as if none had come
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
  const { paths = [], taken, ...others } = (req.body ?? {}) as Record<string, unknown>;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw badForm({ fault: 'unknown-field', field: unknown });
  const way = TakenWay.default('replace').safeParse(taken);
  if (!way.success) throw badForm({ fault: 'unknown-field', field: 'taken' });
  return {
    paths: [paths].flat().map((path) => {
      if (typeof path === 'string') return path;
      throw badForm({ fault: 'unknown-field', field: 'paths' });
    }),
    taken: way.data,
  };
}

const lastPartOf = (path: string) => path.split(/[/\\]/).at(-1) ?? '';

/** @throws unsafePath that names the field */
export function safePath(path: string, field: string): string {
  const result = FilePath.safeParse(path);
  if (result.success) return result.data;
  throw unsafePath({ field });
}

/** What multer and the parser below it find wrong with a form, by their codes and words. */
const formFaults: readonly [RegExp, FormFault][] = [
  [
    /^(LIMIT_UNEXPECTED_FILE|INVALID_FIELD_NAME|MISSING_FIELD_NAME|LIMIT_FIELD_(NESTING|ARRAY_INDEX))$/,
    'unknown-field',
  ],
  [/^LIMIT_/, 'too-much'],
  [/Boundary not found/, 'boundary'],
  [/^Unexpected end of form/, 'cut-off'],
  [/^(Multipart:|Malformed|Unsupported content type|Missing Content-Type)/, 'malformed'],
];

function asProblem(error: unknown, limit: number): unknown {
  if (error instanceof Problem || !(error instanceof Error)) return error;
  const { code, field } = error instanceof MulterError ? error : {};
  if (code === 'LIMIT_FILE_SIZE') {
    const name = 'filename' in error ? lastPartOf(String(error.filename)) : '';
    return tooLarge({ name, limit });
  }
  if (code === 'LIMIT_FILE_COUNT') return tooManyInForm({ most: mostInForm });
  const [, fault] = formFaults.find(([words]) => words.test(code ?? error.message)) ?? [];
  if (fault) return badForm({ fault, field });
  if (/^Request (aborted|closed|error)|aborted|ECONNRESET/.test(error.message)) return brokenOff({});
  return error;
}
