import type { GLTF } from '@gltf-transform/core';
import sharp from 'sharp';
import { type Load, most } from '../model-limits.ts';
import { NotConvertible } from './conversion.ts';

type Model = GLTF.IGLTF;

const triangles = 4;

/** What an unpacked model asks of the device that shows it. */
export async function loadOf(json: Model, resources: Record<string, Uint8Array>): Promise<Load> {
  const textures = await Promise.all(
    (json.images ?? []).map((image) => textureMemory(json, resources, image)),
  );
  return {
    parts: partCount(json),
    triangles: triangleCount(json),
    textureMemory: textures.reduce((sum, bytes) => sum + bytes, 0),
  };
}

/** Programs that read models, ours and browsers, stand still over too many parts. @throws NotConvertible */
export function assertFewParts(json: Model): void {
  if (partCount(json) > most.computer.parts) throw new NotConvertible('too-many-parts');
}

function partCount({ meshes = [], nodes = [] }: Model): number {
  return nodes.reduce(
    (sum, { mesh }) => sum + Math.max(1, (mesh !== undefined && meshes[mesh]?.primitives.length) || 0),
    0,
  );
}

function triangleCount({ meshes = [], accessors = [], nodes = [] }: Model): number {
  const perMesh = meshes.map(({ primitives }) =>
    primitives.reduce((sum, { mode = triangles, indices, attributes }) => {
      const count = accessors[indices ?? attributes.POSITION ?? -1]?.count ?? 0;
      if (mode === triangles) return sum + Math.floor(count / 3);
      return mode > triangles ? sum + Math.max(0, count - 2) : sum;
    }, 0),
  );
  return nodes.reduce((sum, { mesh }) => sum + (mesh === undefined ? 0 : (perMesh[mesh] ?? 0)), 0);
}

/** Four bytes a pixel, and a third more for the smaller copies that graphics cards make. */
async function textureMemory(
  json: Model,
  resources: Record<string, Uint8Array>,
  { bufferView, uri }: GLTF.IImage,
): Promise<number> {
  const view = bufferView === undefined ? undefined : json.bufferViews?.[bufferView];
  const buffer = view && (Object.values(resources)[view.buffer] ?? Object.values(resources)[0]);
  if (!view || !buffer || uri) return 0;
  const start = view.byteOffset ?? 0;
  const { width = 0, height = 0 } = await sharp(buffer.subarray(start, start + view.byteLength))
    .metadata()
    .catch(() => ({ width: 0, height: 0 })); // KTX2 and damaged ones count nothing
  return Math.round((width * height * 4 * 4) / 3);
}
