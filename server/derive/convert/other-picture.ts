import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { readBmp } from './bmp.ts';
import { type Made, NotConvertible, type Task } from './conversion.ts';
import { readable, readPicture, scale } from './picture.ts';

const run = promisify(execFile);

/** Thumbnails of pictures that sharp does not read: BMP, and HEIC as phones take it, by libheif's program. @throws NotConvertible */
export const convertOtherPicture = (task: Task): Promise<Made> =>
  task.mediaType === 'image/bmp' ? convertBmp(task) : convertHeif(task);

async function convertBmp({ source, folder }: Task): Promise<Made> {
  const { width, height, data } = readBmp(await readFile(source));
  const files = await scale(sharp(data, { raw: { width, height, channels: 3 } }), folder);
  return { facts: { picture: { width, height } }, files };
}

async function convertHeif({ source, folder }: Task): Promise<Made> {
  const file = join(folder, 'picture.png');
  try {
    await run('heif-convert', [source, file]);
  } catch (error) {
    const { code, signal } = error as { code?: unknown; signal?: unknown };
    if (signal) throw error; // it was killed, or crashed
    throw new NotConvertible(code === 'ENOENT' ? 'heif-missing' : 'damaged');
  }
  return readable(file, async (upright) => {
    const { autoOrient: picture } = await readPicture(file).metadata();
    return { facts: { picture }, files: await scale(upright, folder) };
  });
}
