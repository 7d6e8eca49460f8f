import { readFile } from 'node:fs/promises';
import { Document } from '@gltf-transform/core';
import { NotConvertible } from './conversion.ts';

const headSize = 84;
const triangleSize = 50;
const mostTriangles = 5_000_000;
/** STL names no unit; machines and drawing programs mean millimetres. glTF has metres (section 3.4). */
const metre = 0.001;

/** A model of triangles as drawing programs write it for printers, turned so that up is up. @throws NotConvertible */
export async function readStl(source: string): Promise<Document> {
  const bytes = await readFile(source);
  const corners = isBinary(bytes) ? binaryCorners(bytes) : asciiCorners(bytes.toString('latin1'));
  if (corners.length === 0) throw new NotConvertible('damaged');
  const document = new Document();
  const buffer = document.createBuffer();
  const positions = new Float32Array(corners.length);
  for (let at = 0; at < corners.length; at += 3) {
    positions[at] = (corners[at] as number) * metre;
    positions[at + 1] = (corners[at + 2] as number) * metre; // z is up in drawings
    positions[at + 2] = -(corners[at + 1] as number) * metre;
  }
  // Without normals, which viewers then make flat (section 3.7.2.1): corners that are one can be found.
  const places = document.createAccessor().setType('VEC3').setArray(positions).setBuffer(buffer);
  const steel = document
    .createMaterial()
    .setBaseColorFactor([0.62, 0.66, 0.68, 1])
    .setMetallicFactor(0.3)
    .setRoughnessFactor(0.6)
    .setDoubleSided(true);
  const primitive = document.createPrimitive().setAttribute('POSITION', places).setMaterial(steel);
  const node = document.createNode().setMesh(document.createMesh().addPrimitive(primitive));
  document.createScene().addChild(node);
  return document;
}

/** A text may begin like a binary file; only the length tells for sure. */
const isBinary = (bytes: Buffer): boolean =>
  bytes.length >= headSize && bytes.length === headSize + bytes.readUInt32LE(80) * triangleSize;

function binaryCorners(bytes: Buffer): Float32Array<ArrayBuffer> {
  const count = bytes.readUInt32LE(80);
  if (count > mostTriangles) throw new NotConvertible('too-large');
  const corners = new Float32Array(count * 9);
  for (let triangle = 0; triangle < count; triangle++)
    for (let value = 0; value < 9; value++)
      corners[triangle * 9 + value] = bytes.readFloatLE(headSize + triangle * triangleSize + 12 + value * 4);
  return corners;
}

function asciiCorners(text: string): Float32Array<ArrayBuffer> {
  const found: number[] = [];
  for (const [, x, y, z] of text.matchAll(/vertex\s+(\S+)\s+(\S+)\s+(\S+)/g)) {
    if (found.length > mostTriangles * 9) throw new NotConvertible('too-large');
    found.push(Number(x), Number(y), Number(z));
  }
  if (found.some((value) => !Number.isFinite(value))) throw new NotConvertible('damaged');
  return Float32Array.from(found.slice(0, found.length - (found.length % 9)));
}
