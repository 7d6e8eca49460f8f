import type { Made, Task } from './conversion.ts';
import { onWhite, type Pixels, read, readable, readPicture, sizesOf, write } from './picture.ts';
import { wordsOfPicture } from './picture-words.ts';
import { sphereOf } from './sphere.ts';

/**
 * Thumbnails of a file that is a picture, and how it lies on a sphere, when it does. Only WebP: pictures come by the
 * hundred, and AVIF, which takes three times as long, follows when nobody waits for anything. What is written about it
 * comes with them when it is wanted, since the picture is open.
 */
export async function convertPicture({ source, mediaType, folder, wanted = [] }: Task): Promise<Made> {
  return readable(source, async (upright) => {
    const metadata = await readPicture(source).metadata();
    const { width = 0, height = 0, orientation = 1, xmpAsString } = metadata;
    const picture = orientation >= 5 ? { width: height, height: width } : { width, height };
    const sizes = await sizesOf(upright);
    const files = await write(sizes, 'webp', folder);
    const sphere = sphereOf(picture, xmpAsString);
    const isAsked = wanted.includes('text') && mediaType !== 'image/svg+xml';
    const copy = () => opaque(sizes.get('small') as Pixels);
    // What goes wrong there has no part in this: it is asked for on its own again, and says why it cannot be.
    const text = isAsked ? await wordsOfPicture(metadata, copy).catch(() => undefined) : undefined;
    return { facts: { picture, ...(sphere && { sphere }) }, files, ...(text && { also: { text } }) };
  });
}

const opaque = async (pixels: Pixels): Promise<Pixels> =>
  pixels.raw.channels % 2 === 1 ? pixels : onWhite(read(pixels));
