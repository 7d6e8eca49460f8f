import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { thumbnailSizes } from '../contract.ts';
import { type Made, type MadeFile, NotConvertible, type Task } from './conversion.ts';
import { sphereOf } from './sphere.ts';

/** 256 megapixels: larger drawings are for deep zoom, and bombs are for nobody. */
const mostPixels = 256_000_000;

/** More effort makes them a tenth smaller and takes seven times as long. */
const quick = { webp: { quality: 80, effort: 0 }, avif: { quality: 50, effort: 0 } };

sharp.cache(false);
sharp.concurrency(1);

/** A picture as sharp reads it: only the first frame or page, never more pixels than we allow. */
export function readPicture(source: string | Buffer): Sharp {
  return sharp(source, { limitInputPixels: mostPixels, failOn: 'error', pages: 1 });
}

/** Thumbnails of a picture in three sizes, turned upright, never enlarged. */
export async function thumbnailsOf(source: string | Buffer, folder: string): Promise<Made> {
  try {
    const { width = 0, height = 0, orientation = 1 } = await readPicture(source).metadata();
    const isTurned = orientation >= 5;
    const picture = isTurned ? { width: height, height: width } : { width, height };
    return { facts: { picture }, files: await scale(readPicture(source).rotate(), folder) };
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    throw new NotConvertible(/pixel limit/.test(message) ? 'too-many-pixels' : 'damaged');
  }
}

/** Writes the three sizes, each as WebP for every browser and as AVIF, which is smaller, for those that read it. */
export async function scale(picture: Sharp, folder: string): Promise<MadeFile[]> {
  const made: MadeFile[] = [];
  const { large } = thumbnailSizes;
  const base = await picture
    .resize({ width: large, height: large, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { width: base.info.width, height: base.info.height, channels: base.info.channels };
  for (const [name, longest] of Object.entries(thumbnailSizes)) {
    const small = sharp(base.data, { raw }).resize({
      width: longest,
      height: longest,
      fit: 'inside',
      withoutEnlargement: true,
    });
    const [webp, avif] = [join(folder, `${name}.webp`), join(folder, `${name}.avif`)];
    const { width, height } = await small.clone().webp(quick.webp).toFile(webp);
    await small.avif(quick.avif).toFile(avif);
    made.push({ name, file: webp, mediaType: 'image/webp', width, height });
    made.push({ name: `${name}-avif`, file: avif, mediaType: 'image/avif', width, height });
  }
  return made;
}

/** Thumbnails of a file that is a picture, and how it lies on a sphere, when it does. */
export async function convertPicture({ source, folder }: Task): Promise<Made> {
  const made = await thumbnailsOf(source, folder);
  const { xmpAsString } = await readPicture(source).metadata();
  const sphere = made.facts.picture && sphereOf(made.facts.picture, xmpAsString);
  return { ...made, facts: { ...made.facts, ...(sphere && { sphere }) } };
}
