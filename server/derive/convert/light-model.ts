import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Document } from '@gltf-transform/core';
import {
  dedup,
  getSceneVertexCount,
  meshopt,
  prune,
  simplify,
  textureCompress,
  VertexCountMethod,
  weld,
} from '@gltf-transform/functions';
import { MeshoptEncoder, MeshoptSimplifier } from 'meshoptimizer';
import sharp from 'sharp';
import { most, weighed } from '../model-limits.ts';
import { type Made, NotConvertible, type Task } from './conversion.ts';
import { glbOf, modelIO, openModel } from './model-document.ts';
import { loadOf } from './model-load.ts';

/** Texture side in pixels that is sharp on a phone. */
const side = 1024;
/** Beyond this a texture is not even read to be made smaller. */
const mostPixels = 268_402_689;
/** A copy that is hardly smaller is not worth its place. */
const worthwhile = 0.8;
/** How far a simpler surface may lie from the original, as shares of its part's extent: tried in this order. */
const deviations = [0.001, 0.01];

/**
 * A copy for phones: no part twice, no more triangles than they show smoothly as far as its form allows, corners packed
 * by Meshopt, textures as WebP of at most 1,024 pixels. Of an STL or a drawing, the model as glTF. The original stays as
 * it is. Textures are not made into KTX2: its encoders are programs of their own, and at this size WebP is smaller to
 * fetch and fits into a phone's memory; those that come as KTX2 stay so.
 * @throws NotConvertible
 */
export async function makeLight(task: Task): Promise<Made> {
  const { mediaType, folder } = task;
  const document = await openModel(task);
  const isGltf = /^model\/gltf/.test(mediaType);
  const before = isGltf ? (await glbOf(task)).length : 0;
  await MeshoptEncoder.ready;
  await makeTexturesSmall(document);
  await document.transform(dedup(), prune(), weld());
  const isSimpler = await makeSimpler(document);
  // Meshopt takes its place.
  document.getRoot().listExtensionsUsed().find(isDraco)?.dispose();
  await document.transform(meshopt({ encoder: MeshoptEncoder, level: 'medium' }));
  const io = (await modelIO()).registerDependencies({ 'meshopt.encoder': MeshoptEncoder });
  const bytes = await io.writeBinary(document);
  if (isGltf && !isSimpler && bytes.length > before * worthwhile) return { facts: {} };
  const { json, resources } = await io.binaryToJSON(bytes);
  const file = join(folder, 'light.glb');
  await writeFile(file, bytes);
  return {
    facts: { light: weighed(await loadOf(json, resources)) },
    files: [{ name: 'light', file, mediaType: 'model/gltf-binary' }],
  };
}

const isDraco = ({ extensionName }: { extensionName: string }) =>
  extensionName === 'KHR_draco_mesh_compression';

/** First of all: what comes after it unpacks whole pictures. */
async function makeTexturesSmall(document: Document): Promise<void> {
  for (const texture of document.getRoot().listTextures()) {
    const [width = 0, height = 0] = texture.getSize() ?? [];
    if (width * height > mostPixels) throw new NotConvertible('too-many-pixels');
  }
  await document.transform(textureCompress({ encoder: sharp, targetFormat: 'webp', resize: [side, side] }));
}

/** Takes triangles away until phones show it smoothly, or it would no longer look the same. Whether any were taken. */
async function makeSimpler(document: Document): Promise<boolean> {
  const before = trianglesOf(document);
  for (const error of deviations) {
    const ratio = most.phone.triangles / trianglesOf(document);
    if (ratio < 1) await document.transform(simplify({ simplifier: MeshoptSimplifier, ratio, error }));
  }
  return trianglesOf(document) < before;
}

/** As they are drawn: a mesh in several places counts for each. */
function trianglesOf(document: Document): number {
  const scenes = document.getRoot().listScenes();
  return scenes.reduce((sum, scene) => sum + getSceneVertexCount(scene, VertexCountMethod.RENDER) / 3, 0);
}
