import { join } from 'node:path';
import type { Made, Task } from './conversion.ts';
import { unpackHeif } from './other-picture.ts';
import { readPicture, refusalOf } from './picture.ts';

/** Large enough that a screen takes a dozen, small enough to come quickly. */
const tileSize = 512;

/**
 * A large picture in tiles of every size, as static files of IIIF Image API 3.0, turned upright, in one zip:
 * `tiles/info.json` and `tiles/{region}/{size}/0/default.jpg`. They lie in it unpacked, so each is read where it lies.
 */
export async function cutIntoTiles(task: Task): Promise<Made> {
  const { mediaType, source, folder } = task;
  const file = join(folder, 'tiles.zip');
  const picture = /^image\/hei[cf]$/.test(mediaType) ? await unpackHeif(task) : source;
  try {
    await readPicture(picture)
      .rotate()
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .jpeg({ quality: 85 })
      .tile({ size: tileSize, layout: 'iiif3', container: 'zip' })
      .toFile(file);
  } catch (error) {
    throw refusalOf(error);
  }
  return { facts: {}, files: [{ name: 'tiles', file, mediaType: 'application/zip' }] };
}
