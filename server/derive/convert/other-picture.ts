import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { readBmp } from './bmp.ts';
import type { Made, Task } from './conversion.ts';
import { readable, readPicture, scale } from './picture.ts';
import { runProgram } from './program.ts';

/** Thumbnails of pictures that sharp does not read: BMP, and HEIC as phones take it, by libheif's program. @throws NotConvertible */
export const convertOtherPicture = (task: Task): Promise<Made> =>
  task.mediaType === 'image/bmp' ? convertBmp(task) : convertHeif(task);

async function convertBmp({ source, folder }: Task): Promise<Made> {
  const { width, height, data } = readBmp(await readFile(source));
  const files = await scale(sharp(data, { raw: { width, height, channels: 3 } }), folder);
  return { facts: { picture: { width, height } }, files };
}

/** Puts a HEIC photo into the folder as a PNG, by libheif's program. @throws NotConvertible */
export async function unpackHeif({ source, folder }: Task): Promise<string> {
  const file = join(folder, 'picture.png');
  await runProgram('heif-convert', [source, file], 'heif-missing');
  return file;
}

async function convertHeif(task: Task): Promise<Made> {
  const { folder } = task;
  const file = await unpackHeif(task);
  return readable(file, async (upright) => {
    const { autoOrient: picture } = await readPicture(file).metadata();
    return { facts: { picture }, files: await scale(upright, folder) };
  });
}
