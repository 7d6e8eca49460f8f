import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { type Accessor, Document, type Material, type Mesh, type Node } from '@gltf-transform/core';
import { z } from 'zod';
import { cadReaderFolder } from '../../config.ts';
import { NotConvertible } from './conversion.ts';

/** Red, green and blue, linear, as OpenCASCADE keeps them. */
const Colour = z.tuple([z.number(), z.number(), z.number()]);
type Colour = z.infer<typeof Colour>;
/** Not looked at one by one: there are millions. */
const Numbers = z.object({ array: z.custom<readonly number[]>(Array.isArray) });

const Part = z.object({
  name: z.string().default(''),
  color: Colour.nullish(),
  /** Faces of the drawing, as the first and the last of their triangles. */
  brep_faces: z
    .array(z.object({ first: z.number().int(), last: z.number().int(), color: Colour.nullish() }))
    .default([]),
  attributes: z.object({ position: Numbers, normal: Numbers.optional() }),
  index: Numbers,
});
type Part = z.infer<typeof Part>;

const Branch = z.object({
  name: z.string().default(''),
  meshes: z.array(z.number().int()).default([]),
  get children() {
    return z.array(Branch).default([]);
  },
});
type Branch = z.infer<typeof Branch>;

const Told = z.union([
  z.object({ success: z.literal(true), root: Branch, meshes: z.array(Part) }),
  z.object({ success: z.literal(false) }),
]);

/** What we ask of occt-import-js 0.0.23 (LGPL-2.1), which operators install beside us. */
type Read = (content: Uint8Array, params: { linearUnit: 'meter' }) => unknown;
interface Reader {
  ReadStepFile: Read;
  ReadIgesFile: Read;
  ReadBrepFile: Read;
}

const readers: Record<string, keyof Reader> = {
  'model/step': 'ReadStepFile',
  'model/iges': 'ReadIgesFile',
  'model/x-brep': 'ReadBrepFile',
};

const mostTriangles = 5_000_000;
/** A BREP names no unit; drawing programs mean millimetres. Of the others metres are asked for. */
const metre: Record<string, number> = { 'model/x-brep': 0.001 };

let reader: Promise<Reader> | undefined;

/** @throws NotConvertible when it is not installed */
function openReader(): Promise<Reader> {
  reader ??= (async () => {
    const folder = cadReaderFolder();
    const require = createRequire(import.meta.url);
    try {
      const open = require(
        folder === undefined ? 'occt-import-js' : resolve(folder),
      ) as () => Promise<Reader>;
      return await open();
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';
      throw isMissing ? new NotConvertible('cad-missing') : error;
    }
  })();
  return reader;
}

/**
 * A STEP, IGES or BREP drawing as a model of triangles in metres: its assembly as nodes with their names, its colours
 * as materials, turned so that up is up. @throws NotConvertible
 */
export async function readCad(source: string, mediaType: string): Promise<Document> {
  const { [readers[mediaType] ?? 'ReadStepFile']: read } = await openReader();
  const told = Told.parse(read(await readFile(source), { linearUnit: 'meter' }));
  if (!told.success || told.meshes.length === 0) throw new NotConvertible('damaged');
  const triangles = told.meshes.reduce((sum, { index }) => sum + index.array.length / 3, 0);
  if (triangles === 0) throw new NotConvertible('damaged');
  if (triangles > mostTriangles) throw new NotConvertible('too-large');
  const document = new Document();
  document.createBuffer();
  const scale = metre[mediaType] ?? 1;
  const paint = painter(document);
  const meshes = told.meshes.map((part) => meshOf(document, part, scale, paint));
  document.createScene().addChild(nodeOf(document, told.root, told.meshes, meshes));
  return document;
}

function nodeOf(document: Document, branch: Branch, parts: readonly Part[], meshes: readonly Mesh[]): Node {
  const node = document.createNode(branch.name);
  const [only, another] = branch.meshes;
  if (only !== undefined && another === undefined && branch.children.length === 0)
    return node.setMesh(meshes[only] ?? null);
  for (const at of branch.meshes)
    node.addChild(document.createNode(parts[at]?.name ?? '').setMesh(meshes[at] ?? null));
  for (const child of branch.children) node.addChild(nodeOf(document, child, parts, meshes));
  return node;
}

/** A material for each colour, grey like steel where a drawing has none. */
function painter(document: Document): (colour: Colour | undefined) => Material {
  const materials = new Map<string, Material>();
  return (colour = [0.35, 0.39, 0.41]) => {
    const key = colour.join(' ');
    const known = materials.get(key);
    if (known) return known;
    const [red, green, blue] = colour.map((value) => Math.min(1, Math.max(0, value))) as Colour;
    const made = document
      .createMaterial()
      .setBaseColorFactor([red, green, blue, 1])
      .setMetallicFactor(0.2)
      .setRoughnessFactor(0.6)
      .setDoubleSided(true);
    materials.set(key, made);
    return made;
  };
}

function meshOf(
  document: Document,
  { name, color, brep_faces: faces, attributes, index }: Part,
  scale: number,
  paint: (colour: Colour | undefined) => Material,
): Mesh {
  const buffer = document.getRoot().listBuffers()[0] ?? null;
  const vectors = (numbers: readonly number[], factor: number): Accessor =>
    document.createAccessor().setType('VEC3').setArray(upright(numbers, factor)).setBuffer(buffer);
  const positions = vectors(attributes.position.array, scale);
  const normals = attributes.normal && vectors(attributes.normal.array, 1);
  const mesh = document.createMesh(name);
  for (const [material, corners] of byColour(index.array, faces, (face) =>
    paint(face ?? color ?? undefined),
  )) {
    const primitive = document
      .createPrimitive()
      .setAttribute('POSITION', positions)
      .setIndices(
        document.createAccessor().setType('SCALAR').setArray(Uint32Array.from(corners)).setBuffer(buffer),
      )
      .setMaterial(material);
    if (normals) primitive.setAttribute('NORMAL', normals);
    mesh.addPrimitive(primitive);
  }
  return mesh;
}

/** The corners of the triangles, by the material of their face. */
function byColour(
  corners: readonly number[],
  faces: Part['brep_faces'],
  materialOf: (colour: Colour | null | undefined) => Material,
): Map<Material, number[]> {
  const found = new Map<Material, number[]>();
  const put = (material: Material, from: number, to: number) => {
    const list = found.get(material) ?? [];
    for (let at = from; at < to && at < corners.length; at++) list.push(corners[at] as number);
    if (list.length > 0) found.set(material, list);
  };
  if (faces.every(({ color }) => !color)) put(materialOf(undefined), 0, corners.length);
  else for (const { first, last, color } of faces) put(materialOf(color), first * 3, last * 3 + 3);
  return found;
}

/** In drawings z is up, in glTF y is (section 3.4). */
function upright(numbers: readonly number[], factor: number): Float32Array<ArrayBuffer> {
  const turned = new Float32Array(numbers.length);
  for (let at = 0; at + 2 < numbers.length; at += 3) {
    turned[at] = (numbers[at] as number) * factor;
    turned[at + 1] = (numbers[at + 2] as number) * factor;
    turned[at + 2] = -(numbers[at + 1] as number) * factor;
  }
  return turned;
}
