import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dedup, meshopt, prune, textureCompress, weld } from '@gltf-transform/functions';
import { MeshoptEncoder } from 'meshoptimizer';
import sharp from 'sharp';
import type { Made, Task } from './conversion.ts';
import { glbOf, modelIO, openModel } from './model-document.ts';

/** Texture side in pixels that is sharp on a phone. */
const side = 1024;
/** A copy that is hardly smaller is not worth its place. */
const worthwhile = 0.8;

/**
 * A copy for phones: no part twice, corners packed by Meshopt, textures as WebP of at most 1,024 pixels. Of an STL or a
 * drawing, the model as glTF. The original stays as it is.
 */
export async function makeLight(task: Task): Promise<Made> {
  const { mediaType, folder } = task;
  const document = await openModel(task);
  const isGltf = /^model\/gltf/.test(mediaType);
  const before = isGltf ? (await glbOf(task)).length : 0;
  await MeshoptEncoder.ready;
  await document.transform(
    dedup(),
    prune(),
    weld(),
    textureCompress({ encoder: sharp, targetFormat: 'webp', resize: [side, side] }),
    meshopt({ encoder: MeshoptEncoder, level: 'medium' }),
  );
  const io = (await modelIO()).registerDependencies({ 'meshopt.encoder': MeshoptEncoder });
  const bytes = await io.writeBinary(document);
  if (isGltf && bytes.length > before * worthwhile) return { facts: {} };
  const file = join(folder, 'light.glb');
  await writeFile(file, bytes);
  return { facts: {}, files: [{ name: 'light', file, mediaType: 'model/gltf-binary' }] };
}
