import { Document, NodeIO, type Primitive } from '@gltf-transform/core';
import { KHRMaterialsVariants } from '@gltf-transform/extensions';
import type { Page } from 'playwright-core';
import sharp from 'sharp';

/** Real files for the browser to open, made on the spot. */

/** A document of some pages, each with its number as a heading and a line of Chinese text; printed by the browser itself. */
export async function pdf(page: Page, pages: number, line: string): Promise<Buffer> {
  const body = Array.from(
    { length: pages },
    (_, index) =>
      `<section style="page-break-after: always"><h1>第 ${index + 1} 页</h1><p>${line}</p></section>`,
  );
  await page.setContent(`<body style="font-family: sans-serif">${body.join('')}</body>`);
  return page.pdf({ format: 'A4', outline: true, tagged: true });
}

/** A picture of one strong colour. */
export const png = (): Promise<Buffer> =>
  sharp({ create: { width: 640, height: 400, channels: 3, background: '#c0392b' } })
    .png()
    .toBuffer();

/** A model of one triangle, a metre wide. */
export async function glb(): Promise<Buffer> {
  const document = new Document();
  const buffer = document.createBuffer();
  const corners = document
    .createAccessor()
    .setType('VEC3')
    .setArray(new Float32Array([-0.5, 0, 0, 0.5, 0, 0, 0, 0.9, 0]))
    .setBuffer(buffer);
  const paint = document.createMaterial().setBaseColorFactor([0.8, 0.1, 0.1, 1]).setDoubleSided(true);
  const triangle = document.createPrimitive().setAttribute('POSITION', corners).setMaterial(paint);
  document
    .createScene()
    .addChild(document.createNode().setMesh(document.createMesh().addPrimitive(triangle)));
  return Buffer.from(await new NodeIO().writeBinary(document));
}

function wearGreen(document: Document, looks: KHRMaterialsVariants, part: Primitive): void {
  const green = document.createMaterial().setBaseColorFactor([0.1, 0.8, 0.1, 1]).setDoubleSided(true);
  const mapping = looks.createMapping().setMaterial(green).addVariant(looks.createVariant('绿漆'));
  part.setExtension('KHR_materials_variants', looks.createMappingList().addMapping(mapping));
}

/** A model of two parts, a red square and a blue one below it, each half a metre wide. */
export async function assembly({ hasVariants = false } = {}): Promise<Buffer> {
  const document = new Document();
  const looks = hasVariants ? document.createExtension(KHRMaterialsVariants) : undefined;
  const buffer = document.createBuffer();
  const scene = document.createScene();
  for (const [name, low, colour] of [
    ['底座', 0, [0.1, 0.2, 0.8, 1]],
    ['主轴', 0.5, [0.8, 0.1, 0.1, 1]],
  ] as const) {
    const high = low + 0.5;
    const corners = [
      -0.25,
      low,
      0,
      0.25,
      low,
      0,
      0.25,
      high,
      0,
      -0.25,
      low,
      0,
      0.25,
      high,
      0,
      -0.25,
      high,
      0,
    ];
    const positions = document
      .createAccessor()
      .setType('VEC3')
      .setArray(new Float32Array(corners))
      .setBuffer(buffer);
    const paint = document
      .createMaterial()
      .setBaseColorFactor([...colour])
      .setDoubleSided(true);
    const square = document.createPrimitive().setAttribute('POSITION', positions).setMaterial(paint);
    if (looks && name === '主轴') wearGreen(document, looks, square);
    scene.addChild(document.createNode(name).setMesh(document.createMesh(name).addPrimitive(square)));
  }
  return Buffer.from(await new NodeIO().registerExtensions([KHRMaterialsVariants]).writeBinary(document));
}

/** Silence of some seconds, as PCM: 8,000 bytes a second. */
export function wav(seconds: number): Buffer {
  const rate = 8000;
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + seconds * rate, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(seconds * rate, 40);
  return Buffer.concat([head, Buffer.alloc(seconds * rate, 128)]);
}
