import type { Material, Texture } from '@gltf-transform/core';
import sharp, { type Sharp } from 'sharp';
import { mostPixels, unpackKtx2 } from './ktx2.ts';
import { isKtx2 } from './model-load.ts';
import type { Paint } from './raster.ts';

/** Seen from afar, finer ones look the same. */
const textureSide = 512;

/** What parts of this material look like, without light. */
export async function paintOf(material: Material | null): Promise<Paint> {
  const [red = 0.8, green = 0.8, blue = 0.8] = material?.getBaseColorFactor() ?? [];
  const texture = await pixelsOf(material?.getBaseColorTexture() ?? null);
  return { colour: [red, green, blue], ...(texture && { texture }) };
}

async function pixelsOf(texture: Texture | null): Promise<Paint['texture']> {
  const image = texture?.getImage();
  if (!image) return undefined;
  const opened = await opening(image);
  if (!opened) return undefined;
  const read = opened
    .resize({ width: textureSide, height: textureSide, fit: 'inside', withoutEnlargement: true })
    .removeAlpha()
    .toColourspace('srgb')
    .raw();
  try {
    const { data, info } = await read.toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, pixels: data };
  } catch {
    return undefined; // damaged: the part is drawn in its colour
  }
}

async function opening(image: Uint8Array): Promise<Sharp | undefined> {
  if (!isKtx2(image)) return sharp(image, { limitInputPixels: mostPixels });
  const unpacked = await unpackKtx2(image, textureSide);
  return unpacked && sharp(unpacked.data, { raw: { ...unpacked, channels: 4 } });
}
