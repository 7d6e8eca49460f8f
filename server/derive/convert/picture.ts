import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { type ThumbnailSize, thumbnailSizes } from '../contract.ts';
import { type Made, type MadeFile, NotConvertible, type Task } from './conversion.ts';

/** A0 at 600 dots an inch; they are read line by line. What needs more memory than it may have is stopped for that. */
const mostPixels = 600_000_000;

/**
 * More effort makes them a tenth smaller and takes several times as long. Colours of half the resolution, which WebP
 * always has, take a quarter less time and are not seen.
 */
const formats = {
  webp: { quality: 75, effort: 0 },
  avif: { quality: 50, effort: 0, chromaSubsampling: '4:2:0' },
} as const;
type Format = keyof typeof formats;

/** Catmull-Rom: as sharp to the eye as what sharp does unless told, and a tenth quicker. */
const kernel = 'cubic';

sharp.cache(false);
sharp.concurrency(1);

/** A picture as sharp reads it: only the first frame or page, never more pixels than we allow. */
export function readPicture(source: string | Buffer): Sharp {
  return sharp(source, { limitInputPixels: mostPixels, failOn: 'error', pages: 1 });
}

/** Writes the three sizes, each as WebP for every browser and as AVIF, which is smaller, for those that read it. */
export async function scale(picture: Sharp, folder: string): Promise<MadeFile[]> {
  const sizes = await sizesOf(picture);
  return [...(await write(sizes, 'webp', folder)), ...(await write(sizes, 'avif', folder))];
}

/** The pixels of a size. */
export interface Pixels {
  data: Buffer;
  raw: { width: number; height: number; channels: 1 | 2 | 3 | 4 };
}

const largestFirst = (Object.entries(thumbnailSizes) as [ThumbnailSize, number][]).toSorted(
  ([, one], [, other]) => other - one,
);

/** The sizes of a picture, each made from the next larger one; never enlarged. */
export async function sizesOf(picture: Sharp): Promise<Map<ThumbnailSize, Pixels>> {
  const [, most] = largestFirst[0] ?? [];
  const inside = { width: most, height: most, fit: 'inside', withoutEnlargement: true, kernel } as const;
  const largest = await pixelsOf(picture.resize(inside).toColourspace('srgb'));
  const { width, height } = largest.raw;
  const sizes = new Map<ThumbnailSize, Pixels>();
  let larger = largest;
  for (const [name, longest] of largestFirst) {
    const share = Math.min(1, longest / Math.max(width, height));
    const side = (pixels: number) => Math.max(1, Math.round(pixels * share));
    const goal = { width: side(width), height: side(height), fit: 'fill', kernel } as const;
    if (goal.width !== larger.raw.width || goal.height !== larger.raw.height)
      larger = await pixelsOf(read(larger).resize(goal));
    sizes.set(name, larger);
  }
  return sizes;
}

async function pixelsOf(picture: Sharp): Promise<Pixels> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  return { data, raw: { width: info.width, height: info.height, channels: info.channels } };
}

/** What is seen of a picture on white paper. */
export const onWhite = (picture: Sharp): Promise<Pixels> =>
  pixelsOf(picture.flatten({ background: 'white' }).toColourspace('srgb'));

export const read = ({ data, raw }: Pixels): Sharp => sharp(data, { raw });

/** Writes each size in a format; sizes that are the same, of a small picture, share a file. */
export async function write(
  sizes: ReadonlyMap<ThumbnailSize, Pixels>,
  format: Format,
  folder: string,
): Promise<MadeFile[]> {
  const files = new Map<Pixels, string>();
  const made: MadeFile[] = [];
  for (const [size, pixels] of sizes) {
    const known = files.get(pixels);
    const file = known ?? join(folder, `${size}.${format}`);
    files.set(pixels, file);
    if (!known) await read(pixels).toFormat(format, formats[format]).toFile(file);
    const { width, height } = pixels.raw;
    const name = format === 'avif' ? `${size}-avif` : size;
    made.unshift({ name, file, mediaType: `image/${format}`, width, height });
  }
  return made;
}

/** Turned upright, as its camera was held. @throws NotConvertible */
export async function readable<T>(source: string | Buffer, use: (picture: Sharp) => Promise<T>): Promise<T> {
  try {
    return await use(readPicture(source).rotate());
  } catch (error) {
    throw refusalOf(error);
  }
}

/** Why a picture cannot be read, by what sharp says. */
export function refusalOf(error: unknown): NotConvertible {
  const message = error instanceof Error ? error.message : '';
  return new NotConvertible(/pixel limit/.test(message) ? 'too-many-pixels' : 'damaged');
}

/** Thumbnails in both formats of a picture that stands for something else. @throws NotConvertible */
export const thumbnailsOf = (source: string | Buffer, folder: string): Promise<MadeFile[]> =>
  readable(source, (upright) => scale(upright, folder));

/** Thumbnails of a picture as AVIF. */
export async function convertPictureToAvif({ source, folder }: Task): Promise<Made> {
  return readable(source, async (upright) => ({
    facts: {},
    files: await write(await sizesOf(upright), 'avif', folder),
  }));
}
