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

/** Four bytes a pixel, or one of KTX2, which stays packed; and a third more for the smaller copies that cards make. */
async function textureMemory(
  json: Model,
  resources: Record<string, Uint8Array>,
  image: GLTF.IImage,
): Promise<number> {
  const bytes = bytesOf(json, resources, image);
  if (!bytes) return 0;
  const { width, height, perPixel } = ktx2SizeOf(bytes) ?? { ...(await sizeOf(bytes)), perPixel: 4 };
  return Math.round((width * height * perPixel * 4) / 3);
}

function bytesOf(
  { bufferViews = [] }: Model,
  resources: Record<string, Uint8Array>,
  { bufferView, uri }: GLTF.IImage,
): Uint8Array | undefined {
  if (uri !== undefined) return resources[uri]; // out of a data URI
  const view = bufferViews[bufferView ?? -1];
  const buffer = view && (Object.values(resources)[view.buffer] ?? Object.values(resources)[0]);
  const start = view?.byteOffset ?? 0;
  return buffer?.subarray(start, start + (view?.byteLength ?? 0));
}

async function sizeOf(bytes: Uint8Array): Promise<{ width: number; height: number }> {
  const { width = 0, height = 0 } = await sharp(bytes)
    .metadata()
    .catch(() => ({ width: 0, height: 0 })); // a damaged one counts nothing
  return { width, height };
}

/** What is unpacked into a format of the graphics card's own: BC7, ASTC 4×4 or ETC2 with transparency. */
const universal = 0;

/** By how it begins (KTX File Format 2.0, section 3.1). */
export const isKtx2 = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0, 7)).toString('latin1') === '\xabKTX 20';

/** By its header (KTX File Format 2.0, section 3). */
function ktx2SizeOf(bytes: Uint8Array): { width: number; height: number; perPixel: number } | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 28));
  if (head.length < 28 || !isKtx2(head)) return undefined;
  const [format, width, height] = [head.readUInt32LE(12), head.readUInt32LE(20), head.readUInt32LE(24)];
  return { width, height, perPixel: format === universal ? 1 : 4 };
}
