import { Document, NodeIO } from '@gltf-transform/core';
import { beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { describeEmbed, listPreviews } from '../../server/content/contract.ts';
import * as contract from '../../server/resources/contract.ts';
import { uploadFiles } from '../browser/build-library.ts';
import { eventually } from '../eventually.ts';
import { zipOf } from '../unit/archives/build-zip.ts';
import { draftOf, publishedBy } from './build-resource.ts';
import { refusal } from './start-app.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from './start-group.ts';

let group: RunningGroup;
let author: SignedIn;

beforeAll(async () => {
  group = await startGroup();
  author = await group.member({ roles: ['author'] });
});

/** A square of one metre with a texture, as programs export it: a glTF, its data and a folder of textures. */
async function exported(): Promise<Record<string, Buffer>> {
  const document = new Document();
  const buffer = document.createBuffer().setURI('scene.bin');
  const accessor = (type: 'VEC3' | 'VEC2', numbers: number[]) =>
    document.createAccessor().setType(type).setArray(new Float32Array(numbers)).setBuffer(buffer);
  const image = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#c0392b' } })
    .png()
    .toBuffer();
  const texture = document
    .createTexture('铸铁')
    .setMimeType('image/png')
    .setImage(new Uint8Array(image))
    .setURI('textures/cast iron.png');
  const triangle = document
    .createPrimitive()
    .setAttribute('POSITION', accessor('VEC3', [0, 0, 0, 1, 0, 0, 0, 1, 0]))
    .setAttribute('TEXCOORD_0', accessor('VEC2', [0, 0, 1, 0, 0, 1]))
    .setMaterial(document.createMaterial().setBaseColorTexture(texture).setDoubleSided(true));
  const base = document.createNode('机座').setMesh(document.createMesh().addPrimitive(triangle));
  document.createScene().addChild(base);
  const { json, resources } = await new NodeIO().writeJSON(document);
  const text = JSON.stringify(json).replace('textures/cast iron.png', 'textures/cast%20iron.png');
  return {
    'scene.gltf': Buffer.from(text),
    ...Object.fromEntries(Object.entries(resources).map(([uri, bytes]) => [uri, Buffer.from(bytes)])),
  };
}

/** A binary glTF (section 4.4), whatever the model in it says. */
function binaryOf(json: object, bin: Buffer): Buffer {
  const text = Buffer.from(JSON.stringify(json));
  const chunk = (type: string, bytes: Buffer, filling: string) => {
    const filled = Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4, filling)]);
    const head = Buffer.alloc(8);
    head.writeUInt32LE(filled.length, 0);
    head.write(type, 4);
    return Buffer.concat([head, filled]);
  };
  const chunks = Buffer.concat([chunk('JSON', text, ' '), chunk('BIN\0', bin, '\0')]);
  const head = Buffer.alloc(12);
  head.write('glTF');
  head.writeUInt32LE(2, 4);
  head.writeUInt32LE(head.length + chunks.length, 8);
  return Buffer.concat([head, chunks]);
}

const zipped = (files: Record<string, Buffer>, folder = '') =>
  zipOf(Object.entries(files).map(([name, bytes]) => ({ name: folder + name, bytes, isDeflated: true })));

async function made(files: Record<string, Buffer>) {
  const { id } = await draftOf(author, { kind: 'xr' });
  await uploadFiles(author, id, files);
  const items = await eventually(async () => {
    const found = must(await author.call(listPreviews, { params: { id }, query: { version: 'draft' } })).body
      .items;
    expect(found.flatMap((item) => item.made).filter(({ state }) => state === 'waiting')).toEqual([]);
    return found;
  }, 60_000);
  return { id, items };
}

describe('a glTF in a zip with its textures', () => {
  test('is reported, drawn and handed out as one file, and takes labels', async () => {
    const { id, items } = await made({ '机床.zip': zipped(await exported(), '机床/') });
    const [zip] = items;
    expect(zip?.facts.model).toMatchObject({
      triangles: 1,
      textures: 1,
      size: { x: 1, y: 1 },
      faults: { errors: 0 },
    });
    expect(zip?.thumbnails.medium).toBeDefined();
    const packed = await fetch(zip?.copies.packed?.url ?? '');
    expect(packed.headers.get('content-type')).toBe('model/gltf-binary');
    const document = await new NodeIO().readBinary(new Uint8Array(await packed.arrayBuffer()));
    expect(document.getRoot().listNodes()[0]?.getName()).toBe('机座');
    expect(document.getRoot().listTextures()[0]?.getMimeType()).toBe('image/png');

    const annotation = {
      title: '机座',
      position: { x: 0, y: 0, z: 0 },
      normal: { x: 0, y: 0, z: 1 },
      view: { orbit: { theta: 0, phi: 1, radius: 2 }, target: { x: 0, y: 0, z: 0 }, fieldOfView: 30 },
    };
    const body = { annotations: [annotation] };
    const { files } = must(
      await author.call(contract.annotateFile, { params: { id, path: '机床.zip' }, body }),
    ).body;
    expect(files[0]?.annotations).toMatchObject([{ title: '机座' }]);
  });

  test('that is not there leaves the zip what it is, and takes no labels', async () => {
    const { id, items } = await made({ '资料.zip': zipped({ '说明.txt': Buffer.from('说明') }) });
    expect(items[0]?.made).toContainEqual({ recipe: 'text', state: 'done' });
    expect(items[0]?.copies).toEqual({});
    expect(items[0]?.facts.model).toBeUndefined();
    const body = { annotations: [] };
    const answer = await author.call(contract.annotateFile, { params: { id, path: '资料.zip' }, body });
    expect(refusal(answer).type).toBe('/api/problems/resources/takes-no-label');
  });

  test('without one of its textures says which way out there is', async () => {
    const { 'scene.gltf': gltf = Buffer.alloc(0), 'scene.bin': bin = Buffer.alloc(0) } = await exported();
    const { items } = await made({ '缺图.zip': zipped({ 'scene.gltf': gltf, 'scene.bin': bin }) });
    const failed = items[0]?.made.filter(({ state }) => state === 'failed') ?? [];
    expect(failed.map(({ reason }) => reason)).toEqual(Array(3).fill('parts-missing'));
    expect(failed[0]?.detail).toContain('zip');
    expect(failed[0]?.detail).toContain('textures/cast%20iron.png');
  });

  test('that is packed as a bomb unpacks to too much, and is not damaged', async () => {
    const { items } = await made({ '炸弹.zip': zipped({ 'scene.bin': Buffer.alloc(150 * 1024 * 1024) }) });
    expect(items[0]?.made.map(({ reason }) => reason)).toEqual(['unpacks-too-large']);
  });

  test.each([
    ['a file of the server', '../../../../../../etc/passwd'],
    ['an absolute path', '/etc/passwd'],
    ['an address', 'http://127.0.0.1:1/scene.bin'],
    ['a file address', 'file:///etc/passwd'],
  ])('that names %s gets nothing of it', async (_, uri) => {
    const json = { asset: { version: '2.0' }, buffers: [{ uri, byteLength: 10 }] };
    const { items } = await made({
      '恶意.zip': zipped({ 'scene.gltf': Buffer.from(JSON.stringify(json)) }),
    });
    expect(items[0]?.copies).toEqual({});
    expect(items[0]?.made.flatMap(({ reason }) => reason ?? [])).toEqual(Array(3).fill('parts-missing'));
  });
});

test('a binary glTF that names a texture beside it or elsewhere says which one is missing', async () => {
  const { 'scene.gltf': gltf = Buffer.alloc(0), 'scene.bin': bin = Buffer.alloc(0) } = await exported();
  const json = JSON.parse(gltf.toString());
  delete json.buffers[0].uri;
  json.images[0].uri = 'https://example.org/铸铁.png';
  const { items } = await made({ '机床.glb': binaryOf(json, bin) });
  const failed = items[0]?.made.filter(({ state }) => state === 'failed') ?? [];
  expect(failed.map(({ reason }) => reason)).toEqual(Array(3).fill('parts-missing'));
  expect(failed[0]?.detail).toContain('https://example.org/铸铁.png');
});

test('a glTF that has everything in itself is reported and handed out as one file', async () => {
  const { 'scene.gltf': gltf = Buffer.alloc(0), ...parts } = await exported();
  let text = gltf.toString().replace('cast%20iron', 'cast iron');
  for (const [uri, bytes] of Object.entries(parts))
    text = text.replace(uri, `data:application/octet-stream;base64,${bytes.toString('base64')}`);
  const { items } = await made({ '机床.gltf': Buffer.from(text) });
  expect(items[0]?.facts.model).toMatchObject({ triangles: 1, textures: 1 });
  expect(items[0]?.copies.packed?.mediaType).toBe('model/gltf-binary');
});

describe('a model in the room', () => {
  test('may use the sensors of the device, on our pages and where others embed them', async () => {
    const answer = await author.fetch('/');
    expect(answer.headers.get('permissions-policy')).toContain('xr-spatial-tracking=(self)');
    const { id } = await publishedBy(author, group.admin, { audience: { scope: 'public' } });
    const { html } = must(
      await author.call(describeEmbed, { query: { url: `${group.url}/resources/${id}` } }),
    ).body;
    expect(html).toContain('allow="fullscreen; xr-spatial-tracking"');
  });

  test('is fetched by its address alone, as programs beside the browser do, whatever they are', async () => {
    const { items } = await made({
      '机床.usdz': zipOf([{ name: 'model.usda', bytes: Buffer.from('#usda 1.0') }]),
    });
    const { url = '' } = items[0] ?? {};
    expect(url).toMatch(/\.usdz$/);
    const fetched = await fetch(url, { headers: { 'User-Agent': 'Scene Viewer' } });
    expect(fetched.status).toBe(200);
    expect(fetched.headers.get('content-type')).toBe('model/vnd.usdz+zip');
  });

  test('that is made for Quick Look in the browser is a blob that our policy lets out', async () => {
    const policy = (await author.fetch('/')).headers.get('content-security-policy') ?? '';
    const connect = policy.split(';').find((part) => part.trim().startsWith('connect-src')) ?? '';
    expect(connect).toContain('blob:');
    expect(connect).toContain(new URL(group.contentUrl).origin);
  });
});
