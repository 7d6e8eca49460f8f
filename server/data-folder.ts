import { accessSync, constants, existsSync, lstatSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Config } from './config.ts';
import { keptSecret } from './secret.ts';
import { CannotStart } from './why-not-started.ts';

/** DATA_DIR cannot be worked in; the sentence names what of it, and says what to do. */
const badFolder = (sentence: string) => new CannotStart(`${sentence}; nothing has been changed.`);

/** Everything that we keep in DATA_DIR. */
const ours = ['documents', 'objects', 'search', 'copies', 'secret', 'instance.json', 'demo.json'];
/** What of it tells that a folder is ours, whatever else somebody has put there. */
const marks = [
  join('documents', 'documents.sqlite'),
  join('objects', '.incoming'),
  'secret',
  'instance.json',
];
/** What systems keep at the root of a disk; hidden files are no obstacle either. */
const ofTheDisk = ['lost+found', 'System Volume Information', '$RECYCLE.BIN'];

const readable = constants.R_OK;
const writable = constants.R_OK | constants.W_OK;
const enterable = writable | constants.X_OK;

const mebibyte = 1024 * 1024;
/** MiB that the first start writes, and some room to begin with. */
const firstStartNeeds = 16;

/**
 * Looks whether the product can work in DATA_DIR, before anything there is opened; makes and changes nothing.
 * @throws CannotStart; ConfigError when the file `secret` is damaged
 */
export function checkDataFolder(config: Config): void {
  const root = resolve(config.DATA_DIR);
  if (kindOf(root, root) === undefined) {
    checkAccess(nearestAbove(root), enterable, root);
    checkRoom(config, root);
    return;
  }
  checkContents(root);
  checkAccess(root, enterable, root);
  for (const part of openedParts(config)) checkPart(join(root, part), root);
  if (config.SECRET === undefined && kindOf(join(root, 'secret'), root)) {
    checkAccess(join(root, 'secret'), readable, root);
    keptSecret(config);
  }
  checkRoom(config, root);
}

/** The parts that this process opens: those of engines that are elsewhere are left as they are. */
function openedParts({ MONGODB_URL, S3_ENDPOINT, MEILI_URL }: Config): string[] {
  const elsewhere = { documents: MONGODB_URL, objects: S3_ENDPOINT, search: MEILI_URL };
  return Object.entries(elsewhere).flatMap(([part, address]) => (address ? [] : [part]));
}

/** Refuses a folder of somebody else's, which we would fill. */
function checkContents(root: string): void {
  const strange = namesIn(root, root).find(
    (name) => !name.startsWith('.') && !ours.includes(name) && !ofTheDisk.includes(name),
  );
  if (strange === undefined || marks.some((mark) => existsSync(join(root, mark)))) return;
  throw badFolder(
    `${root} is no folder of Courseyard and holds other things, such as ${strange}: name an empty or a new one as DATA_DIR`,
  );
}

/** A part and what lies directly in it; further below are the bytes of thousands of objects, too many to look at. */
function checkPart(folder: string, root: string): void {
  if (kindOf(folder, root) === undefined) return;
  const names = namesIn(folder, root);
  checkAccess(folder, enterable, root);
  for (const name of names) {
    const path = join(folder, name);
    const kind = kindOf(path, root);
    if (kind) checkAccess(path, kind === 'folder' ? enterable : writable, root);
  }
}

function checkAccess(path: string, mode: number, root: string): void {
  try {
    accessSync(path, mode);
  } catch (error) {
    throw unusable(path, error, root);
  }
}

function checkRoom(config: Config, root: string): void {
  if (config.MONGODB_URL || existsSync(join(root, 'documents', 'documents.sqlite'))) return;
  const { bavail, bsize } = statfsSync(existsSync(root) ? root : nearestAbove(root));
  const free = Math.floor((bavail * bsize) / mebibyte);
  if (free < firstStartNeeds)
    throw badFolder(
      `The disk of ${root} (DATA_DIR) has ${free} MiB free, and the first start needs ${firstStartNeeds}: make room there, or name a folder on another disk`,
    );
}

/** The folder that exists and in which this one is to be made. */
function nearestAbove(path: string): string {
  if (lstatSync(path, { throwIfNoEntry: false }))
    throw badFolder(`${path} (DATA_DIR) points to what is not there: mount or make that`);
  const above = dirname(path);
  return existsSync(above) ? above : nearestAbove(above);
}

/** What is at a path, if there is something. @throws CannotStart when that cannot be found out */
function kindOf(path: string, root: string): 'folder' | 'other' | undefined {
  try {
    const facts = statSync(path, { throwIfNoEntry: false });
    return facts && (facts.isDirectory() ? 'folder' : 'other');
  } catch (error) {
    throw unusable(path, error, root);
  }
}

/** @throws CannotStart when it is no folder, or may not be read */
function namesIn(folder: string, root: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw unusable(folder, error, root);
  }
}

function unusable(path: string, error: unknown, root: string): CannotStart {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EROFS')
    return badFolder(`${path} is on a disk that is mounted for reading alone: mount it for writing`);
  if (code === 'ENOTDIR')
    return badFolder(`${path} is not a folder: move it away, or name another folder as DATA_DIR`);
  if (code !== 'EACCES' && code !== 'EPERM')
    return badFolder(`${path} cannot be used (${message}): name another folder as DATA_DIR`);
  const who = process.getuid ? `user ${process.getuid()}` : 'this user';
  return badFolder(
    `${path} cannot be read and written by ${who}: give that user ${root} with everything in it (chown, chmod)`,
  );
}
