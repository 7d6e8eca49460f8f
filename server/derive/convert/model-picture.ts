import type { Document, Material, Node, Primitive } from '@gltf-transform/core';
import sharp from 'sharp';
import { type Made, NotConvertible, type Task } from './conversion.ts';
import { openModel } from './model-document.ts';
import { paintOf } from './model-paint.ts';
import { scale } from './picture.ts';
import { type Paint, Raster } from './raster.ts';

/** Drawn larger than it is shown, so that edges become smooth when it is made smaller. */
const picture = { width: 1920, height: 1440 };
const background = [238, 240, 240] as const;
/** Beyond these a picture would take too long: seen from afar, not every corner counts. */
const mostTriangles = 3_000_000;
const triangles = 4;

/** A picture of a model from the front, above and to the right. */
export async function pictureOfModel(task: Task): Promise<Made> {
  const document = await openModel(task);
  const parts = await partsOf(document);
  const view = viewOf(parts);
  if (!view) throw new NotConvertible('nothing-to-show');
  const raster = new Raster(picture.width, picture.height, background);
  for (const { points, uv, indices, paint } of parts) {
    const corners = new Float64Array(9);
    const corner = new Float64Array(6);
    for (let at = 0; at + 2 < indices.length; at += 3) {
      for (const k of [0, 1, 2]) {
        const index = indices[at + k] as number;
        view(points, index * 3, corners, k * 3);
        if (uv) corner.set([uv[index * 2] ?? 0, uv[index * 2 + 1] ?? 0], k * 2);
      }
      raster.draw({ corners, paint, ...(uv && { uv: corner }) });
    }
  }
  const { width, height, pixels } = raster;
  const drawn = sharp(pixels, { raw: { width, height, channels: 3 } });
  return { facts: {}, files: await scale(drawn, task.folder) };
}

interface Part {
  /** metres, three numbers a corner */
  points: Float64Array;
  uv?: ArrayLike<number> | undefined;
  indices: ArrayLike<number>;
  paint: Paint;
}

async function partsOf(document: Document): Promise<Part[]> {
  const root = document.getRoot();
  const scene = root.getDefaultScene() ?? root.listScenes()[0];
  const paints = new Map<Material | null, Paint>();
  const parts: Part[] = [];
  const waiting: Node[] = scene ? scene.listChildren() : [];
  let count = 0;
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    waiting.push(...node.listChildren());
    const matrix = node.getWorldMatrix();
    for (const primitive of node.getMesh()?.listPrimitives() ?? []) {
      const material = primitive.getMaterial();
      if (primitive.getMode() !== triangles || material?.getAlpha() === 0) continue;
      const paint = paints.get(material) ?? (await paintOf(material));
      paints.set(material, paint);
      const part = partOf(primitive, matrix, paint);
      if (!part) continue;
      count += part.indices.length / 3;
      if (count > mostTriangles) throw new NotConvertible('too-large');
      parts.push(part);
    }
  }
  return parts;
}

function partOf(primitive: Primitive, matrix: readonly number[], paint: Paint): Part | undefined {
  const positions = primitive.getAttribute('POSITION');
  if (!positions) return undefined;
  const points = new Float64Array(positions.getCount() * 3);
  const point: number[] = [0, 0, 0];
  for (let index = 0; index < positions.getCount(); index++) {
    const [x = 0, y = 0, z = 0] = positions.getElement(index, point);
    for (const row of [0, 1, 2])
      points[index * 3 + row] =
        (matrix[row] ?? 0) * x +
        (matrix[4 + row] ?? 0) * y +
        (matrix[8 + row] ?? 0) * z +
        (matrix[12 + row] ?? 0);
  }
  const indices =
    primitive.getIndices()?.getArray() ?? Uint32Array.from({ length: positions.getCount() }, (_, at) => at);
  const texture = paint.texture && primitive.getAttribute('TEXCOORD_0');
  return { points, indices, paint, ...(texture && { uv: numbersOf(texture) }) };
}

function numbersOf(accessor: NonNullable<ReturnType<Primitive['getAttribute']>>): Float64Array {
  const numbers = new Float64Array(accessor.getCount() * 2);
  const pair: number[] = [0, 0];
  for (let index = 0; index < accessor.getCount(); index++)
    numbers.set(accessor.getElement(index, pair), index * 2);
  return numbers;
}

type View = (from: Float64Array, at: number, to: Float64Array, into: number) => void;

/** Half a turn of the head: from 30° to the right and 25° above. */
const [right, above] = [Math.PI / 6, (25 * Math.PI) / 180];

/** A camera that sees all of it; undefined when there is nothing. Parallel, as drawings of parts are. */
function viewOf(parts: readonly Part[]): View | undefined {
  const [cosine, sine] = [Math.cos(right), Math.sin(right)];
  const [cosineUp, sineUp] = [Math.cos(above), Math.sin(above)];
  const turn: View = (from, at, to, into) => {
    const [x, y, z] = [from[at] as number, from[at + 1] as number, from[at + 2] as number];
    const depth = z * cosine + x * sine;
    to[into] = x * cosine - z * sine;
    to[into + 1] = y * cosineUp - depth * sineUp;
    to[into + 2] = depth * cosineUp + y * sineUp;
  };
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = low.map((value) => -value);
  const seen = new Float64Array(3);
  for (const { points } of parts)
    for (let at = 0; at < points.length; at += 3) {
      turn(points, at, seen, 0);
      for (const axis of [0, 1, 2]) {
        low[axis] = Math.min(low[axis] as number, seen[axis] as number);
        high[axis] = Math.max(high[axis] as number, seen[axis] as number);
      }
    }
  const middle = low.map((value, axis) => (value + (high[axis] as number)) / 2);
  const [wide = 0, tall = 0] = high.map((value, axis) => value - (low[axis] as number));
  const extent = Math.max(tall, (wide * picture.height) / picture.width);
  if (!(extent > 0 && Number.isFinite(extent))) return undefined;
  const zoom = 1.76 / extent;
  return (from, at, to, into) => {
    turn(from, at, to, into);
    for (const axis of [0, 1, 2])
      to[into + axis] = ((to[into + axis] as number) - (middle[axis] as number)) * zoom;
  };
}
