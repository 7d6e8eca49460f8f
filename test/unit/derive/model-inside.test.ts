import { Document, NodeIO } from '@gltf-transform/core';
import { describe, expect, test } from '@jest/globals';
import { packGlb } from '../../../server/derive/convert/pack-glb.ts';
import { modelIn } from '../../../server/derive/model-inside.ts';

describe('a zip', () => {
  test.each([
    ['one glTF with its textures', ['a/scene.gltf', 'a/scene.bin', 'a/textures/wood.png'], 'a/scene.gltf'],
    ['one GLB', ['机床.glb', 'readme.txt'], '机床.glb'],
    ['one at its top, others below', ['scene.gltf', 'parts/a.gltf', 'parts/b.glb'], 'scene.gltf'],
    ['one beside what systems leave', ['scene.gltf', '__MACOSX/._scene.gltf', '.hidden.glb'], 'scene.gltf'],
    ['one and its licence', ['scene.gltf', 'license.txt', 'LICENSE', 'preview.jpg'], 'scene.gltf'],
    ['one among lessons and tables', ['课件.pptx', '数据/参数.csv', '模型.glb'], undefined],
    ['several side by side', ['a.glb', 'b.glb'], undefined],
    ['none', ['a.png', 'b.docx'], undefined],
    ['a web page that shows one', ['index.html', 'model.glb'], undefined],
    ['a SCORM package with one', ['imsmanifest.xml', 'model.glb'], undefined],
    ['an H5P package with one', ['h5p.json', 'content/content.json', 'model.glb'], undefined],
  ])('with %s', (_, paths, model) => {
    expect(modelIn(paths)).toBe(model);
  });
});

describe('a glTF packed into one file', () => {
  async function written() {
    const document = new Document();
    const buffer = document.createBuffer();
    const corners = document
      .createAccessor()
      .setType('VEC3')
      .setArray(new Float32Array([0, 0, 0, 1, 0, 0, 0, 1, 0]))
      .setBuffer(buffer);
    const texture = document.createTexture('wood').setMimeType('image/png').setImage(pixel);
    const material = document.createMaterial().setBaseColorTexture(texture);
    const triangle = document.createPrimitive().setAttribute('POSITION', corners).setMaterial(material);
    document
      .createScene()
      .addChild(document.createNode().setMesh(document.createMesh().addPrimitive(triangle)));
    const { json, resources } = await new NodeIO().writeJSON(document);
    return { json, parts: new Map(Object.entries(resources)) };
  }

  test('has the same corners and textures', async () => {
    const { json, parts } = await written();
    const document = await new NodeIO().readBinary(packGlb(json, parts));
    const [mesh] = document.getRoot().listMeshes();
    expect(mesh?.listPrimitives()[0]?.getAttribute('POSITION')?.getArray()).toEqual(
      new Float32Array([0, 0, 0, 1, 0, 0, 0, 1, 0]),
    );
    expect(document.getRoot().listTextures()[0]?.getImage()).toEqual(pixel);
  });

  test('keeps the views of packed corners in step, and the room that they unpack into', () => {
    const json = {
      asset: { version: '2.0' },
      buffers: [
        { uri: 'one.bin', byteLength: 5 },
        { uri: 'two.bin', byteLength: 4 },
        { byteLength: 64, extensions: { EXT_meshopt_compression: { fallback: true } } },
      ],
      bufferViews: [
        {
          buffer: 2,
          byteLength: 64,
          extensions: { EXT_meshopt_compression: { buffer: 1, byteOffset: 0, byteLength: 4, count: 1 } },
        },
      ],
    };
    const glb = packGlb(
      json,
      new Map([
        ['one.bin', new Uint8Array(5)],
        ['two.bin', new Uint8Array([1, 2, 3, 4])],
      ]),
    );
    const length = Buffer.from(glb).readUInt32LE(12);
    const packed = JSON.parse(Buffer.from(glb).toString('utf8', 20, 20 + length));
    expect(packed.buffers).toMatchObject([{ byteLength: 12 }, { byteLength: 64 }]);
    expect(packed.bufferViews[0]).toMatchObject({
      buffer: 1,
      extensions: { EXT_meshopt_compression: { buffer: 0, byteOffset: 8 } },
    });
  });

  test('is refused when a part is missing, or shorter than it says', async () => {
    const { json, parts } = await written();
    const refused = (reason: string) => expect.objectContaining({ name: 'NotConvertible', reason });
    expect(() => packGlb(json, new Map())).toThrow(refused('parts-missing'));
    const short = new Map([...parts].map(([uri, bytes]) => [uri, bytes.subarray(0, 3)]));
    expect(() => packGlb(json, short)).toThrow(refused('damaged'));
  });
});

const pixel = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);
