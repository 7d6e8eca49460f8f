import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Document, NodeIO } from '@gltf-transform/core';
import {
  dedup,
  getSceneVertexCount,
  meshopt,
  prune,
  simplify,
  VertexCountMethod,
  weld,
} from '@gltf-transform/functions';
import { MeshoptEncoder, MeshoptSimplifier } from 'meshoptimizer';
import { type Load, most, weighed } from '../model-limits.ts';
import type { Made, Task } from './conversion.ts';
import { glbOf, modelIO, openModel } from './model-document.ts';
import { loadOf } from './model-load.ts';
import { makeTexturesSmall } from './model-textures.ts';

/** A copy that is hardly smaller is not worth its place, unless its textures take half the memory at most. */
const worthwhile = { size: 0.8, textureMemory: 0.5 };
/** How far a simpler surface may lie from the original, as shares of its part's extent: tried in this order. */
const deviations = [0.001, 0.01];

/**
 * A copy for phones: no part twice, no more triangles than they show smoothly as far as its form allows, corners packed
 * by Meshopt, small textures. Of an STL or a drawing, the model as glTF. The original stays as it is.
 * @throws NotConvertible
 */
export async function makeLight(task: Task): Promise<Made> {
  const { mediaType, folder } = task;
  const document = await openModel(task);
  const isGltf = /^model\/gltf/.test(mediaType);
  const before = isGltf ? await weightOf(await glbOf(task)) : undefined;
  await MeshoptEncoder.ready;
  await makeTexturesSmall(document);
  await document.transform(dedup(), prune(), weld());
  const isSimpler = await makeSimpler(document);
  // Meshopt takes its place.
  document.getRoot().listExtensionsUsed().find(isDraco)?.dispose();
  await document.transform(meshopt({ encoder: MeshoptEncoder, level: 'medium' }));
  const io = (await modelIO()).registerDependencies({ 'meshopt.encoder': MeshoptEncoder });
  const bytes = await io.writeBinary(document);
  const after = await weightOf(bytes);
  const isLighter =
    !before ||
    after.size <= before.size * worthwhile.size ||
    after.load.textureMemory < before.load.textureMemory * worthwhile.textureMemory;
  if (!isSimpler && !isLighter) return { facts: {} };
  const file = join(folder, 'light.glb');
  await writeFile(file, bytes);
  return {
    facts: { light: weighed(after.load) },
    files: [{ name: 'light', file, mediaType: 'model/gltf-binary' }],
  };
}

const isDraco = ({ extensionName }: { extensionName: string }) =>
  extensionName === 'KHR_draco_mesh_compression';

async function weightOf(glb: Uint8Array): Promise<{ size: number; load: Load }> {
  const { json, resources } = await new NodeIO().binaryToJSON(glb);
  return { size: glb.length, load: await loadOf(json, resources) };
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
