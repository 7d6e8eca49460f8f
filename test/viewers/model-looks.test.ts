import { readFile } from 'node:fs/promises';
import type { Document } from '@gltf-transform/core';
import { KHRTextureBasisu } from '@gltf-transform/extensions';
import { draco, meshopt, weld } from '@gltf-transform/functions';
import { beforeAll, expect, test } from '@jest/globals';
import draco3d from 'draco3dgltf';
import { MeshoptEncoder } from 'meshoptimizer';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { modelIO } from '../../server/derive/convert/model-document.ts';
import { annotateFile } from '../../server/resources/contract.ts';
import { publishDraft, uploadFiles } from '../browser/build-library.ts';
import { assembly } from '../browser/make-files.ts';
import { inChromium, patience, settled } from '../browser/open-browser.ts';
import { draftOf } from '../http/build-resource.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';

const path = '钻床.glb';
const patient = 180_000;

/** What the viewer of models tells of itself. */
interface Viewer {
  loaded: boolean;
  prepareUSDZ(): Promise<string>;
}

inChromium('how models look', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;
  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'] });
  }, patience);

  /** A page with a published model, which is there. */
  async function open(model: Buffer, labels: readonly string[] = []): Promise<Page> {
    const { id } = await draftOf(author, { kind: 'xr', audience: { scope: 'public' } });
    await uploadFiles(author, id, { [path]: model });
    const annotations = labels.map((title) => ({
      title,
      position: { x: 0, y: 0.75, z: 0 },
      normal: { x: 0, y: 0, z: 1 },
      view: { orbit: { theta: 0, phi: 1.5, radius: 2.5 }, target: { x: 0, y: 0.5, z: 0 }, fieldOfView: 30 },
    }));
    must(await author.call(annotateFile, { params: { id, path }, body: { annotations } }));
    await publishDraft(author, group.admin, id);
    const page = await browser.open(group, { reducedMotion: 'reduce' });
    page.setDefaultTimeout(60_000);
    await page.goto(`/resources/${id}`);
    await settled(page);
    const viewer = page.locator('model-viewer');
    await viewer.waitFor();
    while (!(await viewer.evaluate((element) => (element as unknown as Viewer).loaded)))
      await page.waitForTimeout(200);
    return page;
  }

  /** How much of what is seen of a model has a colour, from 0 to 1. */
  async function share(page: Page, colour: 'red' | 'green'): Promise<number> {
    await page.waitForTimeout(1000);
    const picture = await page.locator('model-viewer').screenshot({ timeout: patient });
    return shareIn(await sharp(picture).removeAlpha().raw().toBuffer(), colour);
  }

  test.each([
    ['Draco', packedByDraco, 'red'],
    ['Meshopt', packedByMeshopt, 'red'],
    ['KTX2', paintedByKtx2, 'green'],
  ] as const)(
    'what is packed by %s is unpacked by a decoder of ours',
    async (_, pack, colour) => {
      const page = await open(await pack());
      expect(await share(page, colour)).toBeGreaterThan(0.02);
    },
    patient,
  );

  test(
    'of a model with KTX2 the page makes a USDZ for Quick Look, with its textures',
    async () => {
      const page = await open(await paintedByKtx2());
      const usdz = await page.locator('model-viewer').evaluate(async (element) => {
        const bytes = await (await fetch(await (element as unknown as Viewer).prepareUSDZ())).arrayBuffer();
        return Array.from(new Uint8Array(bytes));
      });
      const start = Buffer.from(usdz).indexOf('\x89PNG', 0, 'latin1'); // nothing in it is packed
      expect(start).toBeGreaterThan(0);
      const texture = await sharp(Buffer.from(usdz).subarray(start)).removeAlpha().raw().toBuffer();
      expect(shareIn(texture, 'green')).toBe(1);
    },
    patient,
  );

  test(
    'a variant is put on, and the model looks as it was delivered again',
    async () => {
      const page = await open(await assembly({ hasVariants: true }));
      expect(await share(page, 'green')).toBe(0);
      const choose = async (name: string) => {
        await page.getByLabel('选择外观').press('ArrowDown');
        await page.getByTitle(name, { exact: true }).last().click();
      };
      await choose('绿漆');
      expect(await share(page, 'green')).toBeGreaterThan(0.02);
      await choose('原始外观');
      expect(await share(page, 'green')).toBe(0);
      expect(await share(page, 'red')).toBeGreaterThan(0.02);
    },
    patient,
  );

  test(
    'beside a tour, everything that can be done with a model stands in one row',
    async () => {
      const page = await open(await assembly({ hasVariants: true }), ['主轴', '底座']);
      const middles = await Promise.all(
        [
          page.getByRole('slider', { name: '把各部分拆开' }),
          page.getByRole('button', { name: '在手机上打开' }),
        ].map(async (one) => {
          const { y = 0, height = 0 } = (await one.boundingBox()) ?? {};
          return y + height / 2;
        }),
      );
      expect(Math.abs((middles[0] ?? 0) - (middles[1] ?? 99))).toBeLessThan(5);
    },
    patient,
  );
});

function shareIn(pixels: Buffer, colour: 'red' | 'green'): number {
  const [main, other] = colour === 'red' ? [0, 1] : [1, 0];
  let found = 0;
  for (let at = 0; at < pixels.length; at += 3)
    if ((pixels[at + main] ?? 0) > 1.5 * Math.max(pixels[at + other] ?? 0, pixels[at + 2] ?? 0)) found++;
  return (found * 3) / pixels.length;
}

async function packed(change: (document: Document) => Promise<unknown>): Promise<Buffer> {
  await MeshoptEncoder.ready;
  const io = (await modelIO()).registerDependencies({
    'draco3d.encoder': await draco3d.createEncoderModule(),
    'meshopt.encoder': MeshoptEncoder,
  });
  const document = await io.readBinary(new Uint8Array(await assembly()));
  await change(document);
  return Buffer.from(await io.writeBinary(document));
}

function packedByDraco(): Promise<Buffer> {
  return packed((document) => document.transform(weld(), draco()));
}

function packedByMeshopt(): Promise<Buffer> {
  return packed((document) => document.transform(weld(), meshopt({ encoder: MeshoptEncoder })));
}

/** Its upper part wears a green picture. */
async function paintedByKtx2(): Promise<Buffer> {
  const green = new Uint8Array(await readFile(new URL('../fixtures/green.ktx2', import.meta.url)));
  return packed(async (document) => {
    const root = document.getRoot();
    document.createExtension(KHRTextureBasisu).setRequired(true);
    const [, upper] = root.listMeshes().flatMap((mesh) => mesh.listPrimitives());
    const places = document
      .createAccessor()
      .setType('VEC2')
      .setArray(new Float32Array([0, 0, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1]))
      .setBuffer(root.listBuffers()[0] ?? null);
    upper
      ?.setAttribute('TEXCOORD_0', places)
      .getMaterial()
      ?.setBaseColorFactor([1, 1, 1, 1])
      .setBaseColorTexture(document.createTexture().setMimeType('image/ktx2').setImage(green));
  });
}
