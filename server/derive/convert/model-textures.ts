import type { Document, Texture } from '@gltf-transform/core';
import { KHRTextureBasisu } from '@gltf-transform/extensions';
import { getTextureColorSpace, listTextureSlots, textureCompress } from '@gltf-transform/functions';
import { encodeToKTX2 } from 'ktx2-encoder';
import sharp from 'sharp';
import { NotConvertible } from './conversion.ts';

/** Texture side in pixels that is sharp on a phone. */
const side = 1024;
/** Up to this side a texture takes so little graphics memory that KTX2 gains nothing. */
const smallSide = 512;
/** Beyond this a texture is not even read to be made smaller. */
const mostPixels = 268_402_689;
/** Milliseconds after which no further texture is begun: those that are left become WebP, which is quick. */
const patience = 60_000;

/**
 * Makes the textures of a model small for phones: at most 1,024 pixels, those of more than 512 as KTX2, all others as
 * WebP. KTX2 stays packed in graphics memory, where it takes a quarter of WebP's bytes, or an
 * eighth without transparency and normals; to fetch, it is larger: 80 kB to WebP's 15 for the colours of a controller,
 * 300 kB and more for normals. Of 1,024² it takes half a second to a whole one and 150 MB. First of all steps of a copy:
 * what comes after it unpacks whole pictures.
 * @throws NotConvertible
 */
export async function makeTexturesSmall(document: Document): Promise<void> {
  const textures = document.getRoot().listTextures();
  for (const texture of textures) {
    const [width = 0, height = 0] = texture.getSize() ?? [];
    if (width * height > mostPixels) throw new NotConvertible('too-many-pixels');
  }
  const end = performance.now() + patience;
  for (const texture of textures.filter(isLarge)) {
    if (performance.now() > end) break;
    texture.setImage(await ktx2Of(texture)).setMimeType('image/ktx2');
    document.createExtension(KHRTextureBasisu).setRequired(true);
  }
  await document.transform(textureCompress({ encoder: sharp, targetFormat: 'webp', resize: [side, side] }));
}

function isLarge(texture: Texture): boolean {
  const isPicture = /^image\/(png|jpeg|webp|avif)$/.test(texture.getMimeType());
  return isPicture && Math.max(...(texture.getSize() ?? [0])) > smallSide;
}

/** As KTX 2.0 with smaller copies of itself; its sides are made multiples of four, as glTF wants it (KHR_texture_basisu). */
async function ktx2Of(texture: Texture): Promise<Uint8Array<ArrayBuffer>> {
  const [width = side, height = side] = texture.getSize() ?? [];
  const share = Math.min(1, side / Math.max(width, height));
  const inFours = (pixels: number) => Math.max(4, Math.round((pixels * share) / 4) * 4);
  const { data, info } = await sharp(texture.getImage() ?? undefined)
    .resize({ width: inFours(width), height: inFours(height), fit: 'fill' })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const isNormals = listTextureSlots(texture).some((slot) => /normal/i.test(slot));
  const isColour = getTextureColorSpace(texture) === 'srgb';
  const packed = await encodeToKTX2(new Uint8Array(), {
    // The few colours of ETC1S's blocks would show in reflections.
    isUASTC: isNormals,
    qualityLevel: 200,
    compressionLevel: 1,
    uastcLDRQualityLevel: 0,
    needSupercompression: true,
    generateMipmap: true,
    isNormalMap: isNormals,
    isPerceptual: isColour,
    isSetKTX2SRGBTransferFunc: isColour,
    imageDecoder: async () => ({ data: new Uint8Array(data), width: info.width, height: info.height }),
  });
  return new Uint8Array(packed);
}
