import { readFile } from 'node:fs/promises';
import { Document, NodeIO } from '@gltf-transform/core';
import { KHRTextureBasisu } from '@gltf-transform/extensions';
import { draco } from '@gltf-transform/functions';
import { describe, expect, test } from '@jest/globals';
import draco3d from 'draco3dgltf';
import sharp from 'sharp';
import { modelIO } from '../../../server/derive/convert/model-document.ts';
import { weighed } from '../../../server/derive/model-limits.ts';
import { casting } from './build-model.ts';
import { converting } from './converting.ts';

const { convert } = converting();

const glb = 'model/gltf-binary';

describe('what a model asks of a device', () => {
  const light = { parts: 10, triangles: 1000, textureMemory: 1000 };

  test.each([
    ['nothing much', {}, true, true],
    ['many parts', { parts: 6_000 }, false, true],
    ['many triangles', { triangles: 300_001 }, false, true],
    ['large textures', { textureMemory: 300 * 1024 * 1024 }, false, true],
    ['more triangles than any device carries', { triangles: 5_000_001 }, false, false],
  ])('%s', (_, more, runsOnPhones, runsOnComputers) => {
    expect(weighed({ ...light, ...more })).toMatchObject({ runsOnPhones, runsOnComputers });
  });

  test('is counted by node and by what is drawn of it, and beyond what browsers carry nothing is made', async () => {
    const document = new Document();
    const scene = document.createScene();
    for (let at = 0; at < 50_000; at++) scene.addChild(document.createNode());
    const carried = await new NodeIO().writeBinary(document);
    expect((await convert(carried, glb, 'model')).facts.model).toMatchObject({
      parts: 50_000,
      runsOnComputers: true,
    });
    scene.addChild(document.createNode());
    const tooMany = await new NodeIO().writeBinary(document);
    for (const recipe of ['model', 'thumbnails', 'light'] as const)
      await expect(convert(tooMany, glb, recipe)).rejects.toMatchObject({ reason: 'too-many-parts' });
  });
});

describe('the report', () => {
  test('counts KTX2 at a byte a pixel, by its header, and other textures unpacked', async () => {
    const ktx2 = Buffer.alloc(80);
    ktx2.write('\xabKTX 20\xbb\r\n\x1a\n', 'latin1');
    ktx2.writeUInt32LE(2048, 20);
    ktx2.writeUInt32LE(1024, 24);
    const document = await new NodeIO().readBinary(await casting(2));
    document.createExtension(KHRTextureBasisu);
    const texture = document.createTexture().setMimeType('image/ktx2').setImage(new Uint8Array(ktx2));
    document.getRoot().listMaterials()[0]?.setBaseColorTexture(texture);
    const io = new NodeIO().registerExtensions([KHRTextureBasisu]);
    const { facts } = await convert(await io.writeBinary(document), glb, 'model');
    expect(facts.model?.textureMemory).toBe(Math.round((2048 * 1024 * 4) / 3));
  });

  test('of an STL tells its size in metres and its triangles', async () => {
    const { facts } = await convert(await stlOf(await casting(10)), 'model/stl', 'model');
    expect(facts.model).toMatchObject({ triangles: 200, runsOnPhones: true });
    expect(facts.model?.size.x).toBeCloseTo(1, 4);
    expect(facts.model?.faults).toBeUndefined();
  });
});

describe('the light copy', () => {
  const glbOf = async (document: Document) => Buffer.from(await new NodeIO().writeBinary(document));

  test('of a model of too many triangles has as many as phones show, and the same form', async () => {
    const { facts, files = [] } = await convert(await casting(500), glb, 'light');
    expect(facts.light).toMatchObject({ runsOnPhones: true });
    expect(facts.light?.triangles).toBeLessThanOrEqual(300_000);
    expect(facts.light?.triangles).toBeGreaterThan(1_000);
    const { facts: copy } = await convert(await readFile(files[0]?.file ?? ''), glb, 'model');
    expect(copy.model?.triangles).toBe(facts.light?.triangles);
    expect(copy.model?.size.x).toBeCloseTo(1, 2);
    expect(copy.model?.size.y).toBeCloseTo(0.3, 2);
  });

  test('of an STL, whose triangles know nothing of each other, is simpler, too', async () => {
    const { facts } = await convert(await stlOf(await casting(400)), 'model/stl', 'light');
    expect(facts.light?.triangles).toBeLessThanOrEqual(300_000);
  });

  test('of a model that is packed by Draco is packed by Meshopt', async () => {
    const io = await modelIO();
    const document = await io.readBinary(await casting(400));
    await document.transform(draco());
    io.registerDependencies({ 'draco3d.encoder': await draco3d.createEncoderModule() });
    const packed = await io.writeBinary(document);
    const { files = [] } = await convert(packed, glb, 'light');
    const copy = await (await modelIO()).read(files[0]?.file ?? '');
    const names = copy
      .getRoot()
      .listExtensionsUsed()
      .map(({ extensionName }) => extensionName);
    expect(names).toContain('EXT_meshopt_compression');
    expect(names).not.toContain('KHR_draco_mesh_compression');
  });

  test('has small textures, however large they were', async () => {
    const picture = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: '#c0392b' } })
      .png()
      .toBuffer();
    const document = await new NodeIO().readBinary(await casting(10));
    const texture = document.createTexture().setMimeType('image/png').setImage(new Uint8Array(picture));
    document.getRoot().listMaterials()[0]?.setBaseColorTexture(texture).setBaseColorFactor([1, 1, 1, 1]);
    const { facts } = await convert(await glbOf(document), glb, 'model');
    expect(facts.model).toMatchObject({ runsOnPhones: false, runsOnComputers: true });
    const { facts: light } = await convert(await glbOf(document), glb, 'light');
    expect(light.light?.textureMemory).toBeLessThanOrEqual((1024 * 1024 * 16) / 3);
  });
});

describe('the textures of the light copy', () => {
  const noise = (width: number, height: number) =>
    sharp({
      create: {
        width,
        height,
        channels: 3,
        background: '#888',
        noise: { type: 'gaussian', mean: 128, sigma: 30 },
      },
    })
      .png()
      .toBuffer();

  test('are KTX2, in a quarter of the memory, and small ones WebP', async () => {
    const document = await new NodeIO().readBinary(await casting(10));
    const [material] = document.getRoot().listMaterials();
    const texture = async (width: number, height: number) =>
      document
        .createTexture()
        .setMimeType('image/png')
        .setImage(new Uint8Array(await noise(width, height)));
    material
      ?.setBaseColorTexture(await texture(1500, 1001))
      .setNormalTexture(await texture(1024, 1024))
      .setEmissiveTexture(await texture(256, 256));
    const { facts, files = [] } = await convert(await new NodeIO().writeBinary(document), glb, 'light');
    const copy = await (await modelIO()).read(files[0]?.file ?? '');
    const [paint] = copy.getRoot().listMaterials();
    const told = [paint?.getBaseColorTexture(), paint?.getNormalTexture(), paint?.getEmissiveTexture()];
    expect(told.map((one) => one?.getMimeType())).toEqual(['image/ktx2', 'image/ktx2', 'image/webp']);
    expect(told[0]?.getSize()).toEqual([1024, 684]); // a multiple of four
    const bytes = 1024 * 684 + 1024 * 1024 + 256 * 256 * 4;
    expect(facts.light?.textureMemory).toBeCloseTo((bytes * 4) / 3, -1);
  });

  test('are worth a copy that is larger to fetch, when they take half the memory', async () => {
    const side = 2048;
    const squares = Uint8Array.from({ length: side * side }, (_, at) =>
      ((Math.floor(at / side) ^ at) & 8) === 0 ? 255 : 0,
    );
    const tiny = await sharp(squares, { raw: { width: side, height: side, channels: 1 } })
      .png({ palette: true, colours: 2 })
      .toBuffer();
    const document = await new NodeIO().readBinary(await casting(2));
    const texture = document.createTexture().setMimeType('image/png').setImage(new Uint8Array(tiny));
    document.getRoot().listMaterials()[0]?.setBaseColorTexture(texture);
    const bytes = await new NodeIO().writeBinary(document);
    const { facts, files = [] } = await convert(bytes, glb, 'light');
    expect((await readFile(files[0]?.file ?? '')).length).toBeGreaterThan(bytes.length);
    expect(facts.light?.textureMemory).toBeLessThanOrEqual((1024 * 1024 * 16) / 3);
  });
});

describe('the picture', () => {
  /** A plate whose texture is this file. */
  async function plateWith(ktx2: Uint8Array): Promise<Uint8Array> {
    const document = await new NodeIO().readBinary(await casting(4));
    document.createExtension(KHRTextureBasisu).setRequired(true);
    const [plate] = document.getRoot().listMeshes()[0]?.listPrimitives() ?? [];
    const corners = plate?.getAttribute('POSITION')?.getCount() ?? 0;
    const places = document
      .createAccessor()
      .setType('VEC2')
      .setArray(new Float32Array(corners * 2).fill(0.5));
    plate?.setAttribute('TEXCOORD_0', places.setBuffer(document.getRoot().listBuffers()[0] ?? null));
    const texture = document.createTexture().setMimeType('image/ktx2').setImage(new Uint8Array(ktx2));
    plate?.getMaterial()?.setBaseColorTexture(texture).setBaseColorFactor([1, 1, 1, 1]);
    return new NodeIO().registerExtensions([KHRTextureBasisu]).writeBinary(document);
  }

  /** A green texture as light copies have it: that of colours as ETC1S, that of normals as UASTC. */
  async function ktx2Of(slot: 'colours' | 'normals'): Promise<Uint8Array> {
    const background = { r: 20, g: 160, b: 40 };
    const green = await sharp({ create: { width: 1024, height: 1024, channels: 3, background } })
      .png()
      .toBuffer();
    const document = await new NodeIO().readBinary(await casting(2));
    const texture = document.createTexture().setMimeType('image/png').setImage(new Uint8Array(green));
    const [paint] = document.getRoot().listMaterials();
    if (slot === 'colours') paint?.setBaseColorTexture(texture);
    else paint?.setNormalTexture(texture);
    const { files = [] } = await convert(await new NodeIO().writeBinary(document), glb, 'light');
    const copy = await (await modelIO()).read(files[0]?.file ?? '');
    const [made] = copy.getRoot().listTextures();
    expect(made?.getMimeType()).toBe('image/ktx2');
    return made?.getImage() ?? new Uint8Array();
  }

  async function greenness(model: Uint8Array): Promise<number> {
    const { files = [] } = await convert(model, glb, 'thumbnails');
    const file = files.find(({ name }) => name === 'medium')?.file;
    const { data } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    let green = 0;
    for (let at = 0; at < data.length; at += 3)
      if ((data[at + 1] ?? 0) > 2 * Math.max(data[at] ?? 0, data[at + 2] ?? 0)) green++;
    return green / (data.length / 3);
  }

  test.each(['colours', 'normals'] as const)(
    'of a model wears textures that are KTX2, as %s are packed',
    async (slot) => {
      expect(await greenness(await plateWith(await ktx2Of(slot)))).toBeGreaterThan(0.2);
    },
  );

  test('of one whose KTX2 is cut off or packed otherwise is drawn in its colour', async () => {
    const ktx2 = await ktx2Of('colours');
    expect(await greenness(await plateWith(ktx2.slice(0, 400)))).toBe(0);
    const other = Buffer.from(ktx2);
    other.writeUInt32LE(37, 12); // VK_FORMAT_R8G8B8A8_UNORM
    expect(await greenness(await plateWith(other))).toBe(0);
  });
});

/** The triangles of a model one by one, as a drawing program writes them. */
async function stlOf(file: Uint8Array): Promise<Buffer> {
  const [plate] = (await new NodeIO().readBinary(file)).getRoot().listMeshes()[0]?.listPrimitives() ?? [];
  const corners = plate?.getIndices()?.getArray() ?? [];
  const places = plate?.getAttribute('POSITION')?.getArray() ?? [];
  const stl = Buffer.alloc(84 + (corners.length / 3) * 50);
  stl.writeUInt32LE(corners.length / 3, 80);
  for (let at = 0; at < corners.length; at++)
    for (let axis = 0; axis < 3; axis++)
      stl.writeFloatLE(
        (places[(corners[at] ?? 0) * 3 + axis] ?? 0) * 1000,
        84 + Math.floor(at / 3) * 50 + 12 + (at % 3) * 12 + axis * 4,
      );
  return stl;
}
