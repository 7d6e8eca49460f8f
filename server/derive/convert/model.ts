import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GLTF, NodeIO } from '@gltf-transform/core';
import { most, weighed } from '../model-limits.ts';
import { isCad } from '../recipes.ts';
import { bounded, type Made, NotConvertible, type Task } from './conversion.ts';
import { glbOf } from './model-document.ts';
import { faultsOf } from './model-faults.ts';
import { assertFewParts, loadOf } from './model-load.ts';
import { namesOf } from './model-names.ts';

type Model = GLTF.IGLTF;
type Matrix = readonly number[];

/** What a trainer wants to know before a model is opened (glTF 2.0), and the model as one file when it is to be. */
export async function convertModel(task: Task): Promise<Made> {
  const bytes = await glbOf(task);
  const { json, resources } = await open(bytes);
  assertFewParts(json);
  const model = {
    ...weighed(await loadOf(json, resources)),
    materials: json.materials?.length ?? 0,
    textures: json.images?.length ?? 0,
    animations: (json.animations ?? [])
      .map(({ name }, index) => (name ?? `${index + 1}`).slice(0, 100))
      .slice(0, 200),
    extensions: (json.extensionsUsed ?? []).slice(0, 100),
    size: sizeOf(json),
    ...(isGltf(task) && bytes.length <= largestChecked && { faults: await faultsOf(bytes) }),
  };
  const facts = { model };
  const words = { passages: bounded(namesOf(json)) };
  if (!task.packs) return { facts, ...words };
  // The words of a zip or of a glTF in text are read with its other text.
  const file = join(task.folder, 'packed.glb');
  await writeFile(file, bytes);
  return {
    facts,
    files: [{ name: 'packed', file, mediaType: 'model/gltf-binary' }],
    ...(isCad(task.mediaType) && words),
  };
}

const isGltf = ({ mediaType }: Task) => mediaType.startsWith('model/gltf');

/** Beyond this the validator, which is a translated program, takes too long. */
const largestChecked = 100 * 1024 * 1024;
async function open(bytes: Uint8Array) {
  try {
    return await new NodeIO().binaryToJSON(bytes);
  } catch {
    throw new NotConvertible('damaged');
  }
}

/** What stands for 1 in whole numbers, by component type (section 3.6.2.2). */
const largest: Record<number, number> = { 5120: 127, 5121: 255, 5122: 32767, 5123: 65535 };

/** Extent of the default scene in metres, from the bounds of its meshes. */
function sizeOf(json: Model): { x: number; y: number; z: number } {
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = low.map((value) => -value);
  const scene = json.scenes?.[json.scene ?? 0];
  const waiting = (scene?.nodes ?? []).map((index) => ({ index, parent: identity as Matrix }));
  for (let visited = 0; waiting.length > 0 && visited < most.computer.parts; visited++) {
    const { index, parent } = waiting.pop() ?? { index: -1, parent: identity };
    const node = json.nodes?.[index];
    if (!node) continue;
    const matrix = multiply(parent, matrixOf(node));
    for (const child of node.children ?? []) waiting.push({ index: child, parent: matrix });
    const mesh = node.mesh === undefined ? undefined : json.meshes?.[node.mesh];
    for (const { attributes } of mesh?.primitives ?? []) {
      const bounds = json.accessors?.[attributes.POSITION ?? -1];
      const scale = bounds?.normalized ? (largest[bounds.componentType] ?? 1) : 1;
      for (const corner of cornersOf(bounds?.min, bounds?.max)) {
        const point = transform(
          matrix,
          corner.map((value) => value / scale),
        );
        for (const axis of [0, 1, 2]) {
          low[axis] = Math.min(low[axis] ?? 0, point[axis] ?? 0);
          high[axis] = Math.max(high[axis] ?? 0, point[axis] ?? 0);
        }
      }
    }
  }
  const [x = 0, y = 0, z = 0] = high.map((value, axis) => {
    const extent = value - (low[axis] ?? 0);
    return Number.isFinite(extent) ? Number(extent.toPrecision(6)) : 0;
  });
  return { x, y, z };
}

function cornersOf(min: number[] | undefined, max: number[] | undefined): number[][] {
  if (min?.length !== 3 || max?.length !== 3) return [];
  return Array.from({ length: 8 }, (_, corner) =>
    [0, 1, 2].map((axis) => (((corner >> axis) & 1) === 0 ? min[axis] : max[axis]) ?? 0),
  );
}

const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

/** Column-major, as glTF has it (section 3.5.3). */
function matrixOf({
  matrix,
  translation = [0, 0, 0],
  rotation = [0, 0, 0, 1],
  scale = [1, 1, 1],
}: GLTF.INode): Matrix {
  if (matrix) return matrix;
  const [x = 0, y = 0, z = 0, w = 1] = rotation;
  const [sx = 1, sy = 1, sz = 1] = scale;
  const [tx = 0, ty = 0, tz = 0] = translation;
  return [
    (1 - 2 * (y * y + z * z)) * sx,
    2 * (x * y + z * w) * sx,
    2 * (x * z - y * w) * sx,
    0,
    2 * (x * y - z * w) * sy,
    (1 - 2 * (x * x + z * z)) * sy,
    2 * (y * z + x * w) * sy,
    0,
    2 * (x * z + y * w) * sz,
    2 * (y * z - x * w) * sz,
    (1 - 2 * (x * x + y * y)) * sz,
    0,
    tx,
    ty,
    tz,
    1,
  ];
}

function multiply(a: Matrix, b: Matrix): Matrix {
  return Array.from({ length: 16 }, (_, at) => {
    const [column, row] = [Math.floor(at / 4), at % 4];
    return [0, 1, 2, 3].reduce((sum, k) => sum + (a[k * 4 + row] ?? 0) * (b[column * 4 + k] ?? 0), 0);
  });
}

function transform(matrix: Matrix, point: readonly number[]): number[] {
  return [0, 1, 2].map((row) =>
    [0, 1, 2].reduce((sum, k) => sum + (matrix[k * 4 + row] ?? 0) * (point[k] ?? 0), matrix[12 + row] ?? 0),
  );
}
