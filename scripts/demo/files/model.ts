import { Document, type Material, NodeIO } from '@gltf-transform/core';
import type { ModelName } from '../content.ts';
import { assemblies, type Finish, type Part } from './parts.ts';

const finishes: Record<
  Finish,
  { colour: [number, number, number, number]; metallic: number; roughness: number }
> = {
  steel: { colour: [0.72, 0.74, 0.76, 1], metallic: 0.9, roughness: 0.35 },
  cast: { colour: [0.42, 0.45, 0.47, 1], metallic: 0.5, roughness: 0.75 },
  brass: { colour: [0.83, 0.66, 0.32, 1], metallic: 0.85, roughness: 0.35 },
  paint: { colour: [0.06, 0.43, 0.52, 1], metallic: 0.1, roughness: 0.5 },
  dark: { colour: [0.16, 0.18, 0.19, 1], metallic: 0.6, roughness: 0.5 },
  weld: { colour: [0.87, 0.45, 0.16, 1], metallic: 0.4, roughness: 0.55 },
  glass: { colour: [0.93, 0.93, 0.9, 1], metallic: 0, roughness: 0.6 },
};

/** An assembly as GLB (glTF 2.0): one named node a part, in metres, as the standard asks (section 3.4). */
export async function model(name: ModelName): Promise<Uint8Array> {
  const document = new Document();
  const buffer = document.createBuffer();
  const scene = document.createScene(name);
  const materials = new Map<Finish, Material>();
  const materialOf = (finish: Finish) => {
    const { colour, metallic, roughness } = finishes[finish];
    const made =
      materials.get(finish) ??
      document
        .createMaterial(finish)
        .setBaseColorFactor(colour)
        .setMetallicFactor(metallic)
        .setRoughnessFactor(roughness);
    materials.set(finish, made);
    return made;
  };
  for (const part of assemblies[name]()) {
    const { positions, normals, indices } = part.body;
    const data = (type: 'VEC3' | 'SCALAR', array: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>) =>
      document.createAccessor().setType(type).setArray(array).setBuffer(buffer);
    const primitive = document
      .createPrimitive()
      .setAttribute('POSITION', data('VEC3', new Float32Array(positions.map((mm) => mm / 1000))))
      .setAttribute('NORMAL', data('VEC3', new Float32Array(normals)))
      .setIndices(data('SCALAR', new Uint32Array(indices)))
      .setMaterial(materialOf(part.finish));
    const mesh = document.createMesh(part.name).addPrimitive(primitive);
    scene.addChild(
      document
        .createNode(part.name)
        .setMesh(mesh)
        .setTranslation(placeOf(part))
        .setRotation(quaternionOf(part.turn ?? [0, 0, 0])),
    );
  }
  return new NodeIO().writeBinary(document);
}

function placeOf({ at = [0, 0, 0] }: Part): [number, number, number] {
  return [at[0] / 1000, at[1] / 1000, at[2] / 1000];
}

/** Turns around x, then y, then z, in degrees, as a quaternion. */
function quaternionOf(turn: readonly [number, number, number]): [number, number, number, number] {
  const [x, y, z] = turn.map((degrees) => (degrees * Math.PI) / 360) as [number, number, number];
  const [cx, sx, cy, sy, cz, sz] = [
    Math.cos(x),
    Math.sin(x),
    Math.cos(y),
    Math.sin(y),
    Math.cos(z),
    Math.sin(z),
  ];
  return [
    sx * cy * cz - cx * sy * sz,
    cx * sy * cz + sx * cy * sz,
    cx * cy * sz - sx * sy * cz,
    cx * cy * cz + sx * sy * sz,
  ];
}
