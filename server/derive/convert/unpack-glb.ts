import type { GLTF } from '@gltf-transform/core';
import { NotConvertible } from './conversion.ts';

const chunkTypes = { json: 0x4e4f534a, binary: 0x004e4942 };

/** What a binary glTF holds (section 4.4): the model, and the bytes that lie in it. @throws NotConvertible */
export function unpackGlb(glb: Buffer): { json: GLTF.IGLTF; binary: Uint8Array } {
  const start = 20;
  if (
    glb.length < start ||
    glb.toString('latin1', 0, 4) !== 'glTF' ||
    glb.readUInt32LE(16) !== chunkTypes.json
  )
    throw new NotConvertible('damaged');
  const end = start + glb.readUInt32LE(12);
  const hasBinary = glb.length >= end + 8 && glb.readUInt32LE(end + 4) === chunkTypes.binary;
  return {
    json: parsedGltf(glb.toString('utf8', start, end)),
    binary: hasBinary ? glb.subarray(end + 8, end + 8 + glb.readUInt32LE(end)) : new Uint8Array(),
  };
}

/** @throws NotConvertible for anything else */
export function parsedGltf(text: string): GLTF.IGLTF {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === 'object' && json !== null && 'asset' in json) return json as GLTF.IGLTF;
  } catch {
    // said below, with everything else that is no glTF
  }
  throw new NotConvertible('damaged');
}
