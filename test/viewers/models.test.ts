import { NodeIO } from '@gltf-transform/core';
import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import type { z } from 'zod';
import { listPreviews } from '../../server/content/contract.ts';
import {
  annotateFile,
  getResource,
  isInSphere,
  type ModelAnnotation,
} from '../../server/resources/contract.ts';
import { publishDraft, uploadFiles } from '../browser/build-library.ts';
import { assembly, png } from '../browser/make-files.ts';
import { inChromium, patience, settled, violationsOn } from '../browser/open-browser.ts';
import { stepBox } from '../build-step.ts';
import { draftOf } from '../http/build-resource.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { zipOf } from '../unit/archives/build-zip.ts';
import { casting } from '../unit/derive/build-model.ts';

type Label = z.input<typeof ModelAnnotation>;

const label = (title: string, more: Partial<Label> = {}): Label => ({
  title,
  text: `${title}的说明`,
  position: { x: 0, y: 0.75, z: 0 },
  normal: { x: 0, y: 0, z: 1 },
  view: { orbit: { theta: 0, phi: 1.5, radius: 2.5 }, target: { x: 0, y: 0.5, z: 0 }, fieldOfView: 30 },
  ...more,
});

const patient = 180_000;
/** What Apple's programs read is a zip that packs nothing. */
const usdz = zipOf([{ name: 'model.usda', bytes: Buffer.from('#usda 1.0\n') }]);

inChromium('models', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;
  let other: string;

  beforeAll(async () => {
    group = await startGroup({ OCCT_IMPORT_JS: process.env.OCCT_IMPORT_JS ?? '' });
    author = await group.member({ roles: ['author'] });
    other = await publish(await withModel([], '主轴保养'));
  }, patience);

  async function withModel(annotations: Label[], title = '钻床结构认知'): Promise<string> {
    const { id } = await draftOf(author, { kind: 'xr', title, audience: { scope: 'public' } });
    await uploadFiles(author, id, {
      '钻床.glb': await assembly(),
      '主轴.png': await png(),
      '钻床.usdz': usdz,
    });
    const params = { id, path: '钻床.glb' };
    must(await author.call(annotateFile, { params, body: { annotations } }));
    return id;
  }

  async function publish(id: string): Promise<string> {
    await publishDraft(author, group.admin, id);
    return id;
  }

  const sourceOf = (page: Page) =>
    page.locator('model-viewer').evaluate((element) => (element as unknown as { src: string }).src);

  /** A draft with a model of so many parts that look the same: small ones, as Chromium paints here without a graphics card. */
  async function withParts(count: number): Promise<string> {
    const { id } = await draftOf(author, { kind: 'xr', audience: { scope: 'public' } });
    const document = await new NodeIO().readBinary(new Uint8Array(await assembly()));
    const [scene] = document.getRoot().listScenes();
    const [mesh = null] = document.getRoot().listMeshes();
    for (let at = document.getRoot().listNodes().length; at < count; at++)
      scene?.addChild(document.createNode().setMesh(mesh).setScale([0.01, 0.01, 0.01]));
    await uploadFiles(author, id, { '装配.glb': Buffer.from(await new NodeIO().writeBinary(document)) });
    return id;
  }

  const draft = async (id: string) =>
    must(await author.call(getResource, { params: { id }, query: { view: 'draft' } })).body;

  /** A page on which nothing moves by itself, and whose model is there. */
  async function open(path: string, by?: SignedIn, phone = false): Promise<Page> {
    const page = await browser.open(group, {
      cookie: by?.headers.cookie,
      reducedMotion: 'reduce',
      // Without graphics hardware every pixel of a model costs time.
      viewport: phone ? { width: 390, height: 844 } : { width: 1024, height: 700 },
      hasTouch: phone,
    });
    page.setDefaultTimeout(60_000);
    await page.goto(path);
    await settled(page);
    return page;
  }

  async function loaded(page: Page): Promise<void> {
    const viewer = page.locator('model-viewer');
    await viewer.waitFor();
    while (!(await viewer.evaluate((element) => (element as unknown as { loaded: boolean }).loaded)))
      await page.waitForTimeout(200);
  }

  /** The desk of an author at the model of a draft. */
  async function desk(id: string): Promise<Page> {
    const page = await open(`/resources/${id}/edit`, author);
    await page.getByRole('button', { name: '预览 钻床.glb' }).click();
    await page.getByText('标注与封面').click();
    await page.getByRole('button', { name: '添加标注' }).waitFor();
    await loaded(page);
    return page;
  }

  test(
    'an author clicks on a model, says what is there, and readers of the draft see it',
    async () => {
      const id = await withModel([]);
      const page = await desk(id);
      await page.getByRole('button', { name: '添加标注' }).click();
      const {
        x = 0,
        y = 0,
        width = 0,
        height = 0,
      } = (await page.locator('model-viewer').boundingBox()) ?? {};
      await page.mouse.click(x + width / 2, y + height / 2 - 60);
      const form = page.getByRole('region', { name: '标注' });
      await form.getByLabel('名称').fill('主轴');
      await form.getByLabel('说明').fill('带动钻头旋转');
      await page.getByRole('button', { name: '添加标注' }).click();
      await page.getByRole('button', { name: '放在画面中心' }).press('Enter');
      await form.getByLabel('名称').fill('工作台');
      expect(await violationsOn(page)).toEqual([]);
      await page.getByRole('button', { name: '保存标注' }).click();
      await page.getByRole('button', { name: '标注已保存' }).waitFor();

      const [model] = (await draft(id)).files;
      expect(model?.annotations).toMatchObject([
        { title: '主轴', text: '带动钻头旋转', normal: { z: 1 } },
        { title: '工作台', text: '' },
      ]);
      const [first, second] = (model?.annotations ?? []).flatMap((one) => (isInSphere(one) ? [] : [one]));
      expect(first?.position.y).toBeGreaterThan(second?.position.y ?? 1);
      expect(second?.position.y).toBeCloseTo(0.5, 1);
    },
    patient,
  );

  test(
    'a view of a model becomes the cover of its resource',
    async () => {
      const id = await withModel([]);
      const page = await desk(id);
      await page.getByRole('button', { name: '用当前画面作封面' }).click();
      await page.getByText('封面已换成').waitFor();
      const { files } = await draft(id);
      const cover = files.find(({ isCover }) => isCover);
      expect(cover).toMatchObject({ path: '封面-钻床.jpg', mediaType: 'image/jpeg' });
    },
    patient,
  );

  test(
    'an author who was slower is asked which labels to keep',
    async () => {
      const id = await withModel([label('主轴')]);
      const page = await desk(id);
      await page.getByRole('button', { name: '1 主轴', exact: true }).click();
      await page.getByRole('region', { name: '标注' }).getByLabel('名称').fill('主轴箱');
      const body = { annotations: [label('主轴'), label('立柱')] };
      must(await author.call(annotateFile, { params: { id, path: '钻床.glb' }, body }));
      await page.getByRole('button', { name: '保存标注' }).click();
      await page.getByText('别人也改了这里的标注').waitFor();
      await page.getByRole('button', { name: '用对方的' }).click();
      await page.getByRole('button', { name: '2 立柱', exact: true }).waitFor();
      expect((await draft(id)).files[0]?.annotations).toMatchObject([{ title: '主轴' }, { title: '立柱' }]);
    },
    patient,
  );

  test(
    'a learner steps through a model, and hides the names to test themselves',
    async () => {
      const id = await publish(
        await withModel([
          label('主轴', { image: '主轴.png', resource: other }),
          label('底座', { position: { x: 0, y: 0.2, z: 0 } }),
        ]),
      );
      const page = await open(`/resources/${id}`);
      await loaded(page);
      const stage = page.getByLabel('钻床.glb 的三维模型. 可用鼠标、手指或方向键转动');
      await stage.press('ArrowRight');
      const said = page.locator('model-viewer').getByText(/^从(上方看|下方看)?(正面|右侧|背面|左侧)看?$/);
      await said.first().waitFor({ state: 'attached' });
      await page.getByRole('button', { name: '开始导览' }).press('Enter');
      const tour = page.getByRole('region', { name: '模型导览' });
      await tour.getByText('主轴的说明').first().waitFor();
      await tour.getByRole('img', { name: '主轴' }).waitFor();
      await tour.getByRole('link', { name: /相关资源/ }).waitFor();
      expect(await violationsOn(page)).toEqual([]);
      await page.keyboard.press('Enter'); // the same button leads on
      await tour.getByText('第 2 处，共 2 处').waitFor();

      await tour.getByRole('switch').click();
      expect(await page.getByText('底座的说明').count()).toBe(0);
      expect(await page.getByRole('button', { name: '标注 2', exact: true }).count()).toBe(1);
      await tour.getByRole('button', { name: '看答案' }).click();
      await tour.getByText('底座的说明').first().waitFor();
      expect(await page.getByRole('button', { name: '标注 1', exact: true }).count()).toBe(1);

      await page.goto(
        `/resources/${id}?file=${encodeURIComponent('钻床.glb')}&part=${encodeURIComponent('底座')}`,
      );
      await tour.getByText('第 2 处，共 2 处').waitFor();
    },
    patient,
  );

  test(
    'on a phone, the words of a label stand under the model, and what AR needs is said',
    async () => {
      const id = await publish(await withModel([label('主轴')]));
      const page = await open(`/resources/${id}`, undefined, true);
      await loaded(page);
      const viewer = page.locator('model-viewer');
      expect(await viewer.getAttribute('ar-modes')).toMatch(/^webxr (scene-viewer )?quick-look$/);
      expect(await viewer.getAttribute('ios-src')).toContain('.usdz');
      await page.getByText('这台设备不支持 AR').waitFor();
      await page.getByRole('button', { name: '开始导览' }).tap();
      const words = page.getByRole('region', { name: '模型导览' }).getByText('主轴的说明').first();
      await words.waitFor();
      const [model, text] = [await viewer.boundingBox(), await words.boundingBox()];
      expect(text?.y).toBeGreaterThan((model?.y ?? 0) + (model?.height ?? 0));
      expect(
        await page
          .locator('html')
          .evaluate((html) => (html as unknown as { scrollWidth: number }).scrollWidth),
      ).toBe(390);
      expect(await violationsOn(page)).toEqual([]);
    },
    patient,
  );

  test(
    'a zip whose model lacks a texture shows what is inside, and says so',
    async () => {
      const { id } = await draftOf(author, { kind: 'xr', audience: { scope: 'public' } });
      const gltf = { asset: { version: '2.0' }, images: [{ uri: 'textures/wood.png' }] };
      const zip = zipOf([{ name: 'scene.gltf', bytes: Buffer.from(JSON.stringify(gltf)) }]);
      await uploadFiles(author, id, { '缺图.zip': zip });
      const page = await open(`/resources/${await publish(id)}`);
      await page.getByText('模型引用的贴图或数据文件不在里面').first().waitFor();
      await page.getByText('scene.gltf').waitFor();
    },
    patient,
  );

  test(
    'a model of more parts than browsers carry is not opened, and says why',
    async () => {
      const page = await open(`/resources/${await publish(await withParts(60_000))}`);
      await page.getByText('模型由太多零件').first().waitFor();
      expect(await page.locator('model-viewer').count()).toBe(0);
      expect(await page.getByRole('button', { name: '仍要打开' }).count()).toBe(0);
    },
    patient,
  );

  test(
    'a model that is too heavy for phones opens there only when it is asked for',
    async () => {
      const id = await publish(await withParts(6_000));
      const phone = await open(`/resources/${id}`, undefined, true);
      await phone.getByText('这个模型对手机来说太大').waitFor();
      await phone.getByText('6,000 个零件').waitFor();
      expect(await phone.locator('model-viewer').count()).toBe(0);
      expect(await violationsOn(phone)).toEqual([]);
      await phone.getByRole('button', { name: '仍要打开' }).tap();
      await phone.locator('model-viewer').waitFor();
    },
    patient,
  );

  test(
    'a phone with Android turns the light copy, and hands Scene Viewer the model as it was uploaded',
    async () => {
      const { id } = await draftOf(author, { kind: 'xr', audience: { scope: 'public' } });
      await uploadFiles(author, id, { '铸件.glb': await casting(100) });
      await publish(id);
      const page = await browser.open(group, {
        viewport: { width: 390, height: 844 },
        hasTouch: true,
        userAgent:
          'Mozilla/5.0 (Linux; Android 14; V2307A) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36',
      });
      page.setDefaultTimeout(60_000);
      await page.goto(`/resources/${id}`);
      await loaded(page);
      const { items } = must(await author.call(listPreviews, { params: { id }, query: {} })).body;
      const pathOf = (address: string | null | undefined) => new URL(address ?? '').pathname;
      expect(await sourceOf(page)).toContain('/light/');
      const link = await page.getByRole('link', { name: '放到现场查看' }).getAttribute('href');
      const asked = new URL(link?.replace('intent:', 'https:') ?? '').searchParams.get('file');
      expect(pathOf(asked)).toBe(pathOf(items[0]?.url));
    },
    patient,
  );

  test(
    'a STEP file is turned like any model, or says what the operator must install',
    async () => {
      const { id } = await draftOf(author, { kind: 'xr', audience: { scope: 'public' } });
      await uploadFiles(author, id, { '底板.step': stepBox('base plate', [200, 100, 50], [1, 0, 0]) });
      const page = await open(`/resources/${await publish(id)}`);
      const viewer = page.locator('model-viewer');
      const lack = page.getByText('服务器未安装 occt-import-js').first();
      await viewer.or(lack).first().waitFor();
      if (await lack.isVisible()) return expect(process.env.OCCT_IMPORT_JS ?? '').toBe('');
      await loaded(page);
      const [, green] = (await sharp(await viewer.screenshot({ timeout: patient })).stats()).channels;
      expect(green?.min).toBeLessThan(60); // green is missing where the part is red
      await page.getByText('200 × 50 × 100 毫米').waitFor();
    },
    patient,
  );

  test(
    'the parts of a model move apart, so that one sees between them',
    async () => {
      const id = await publish(await withModel([]));
      const page = await open(`/resources/${id}`);
      await loaded(page);
      await page.waitForTimeout(500);
      const before = await gapOf(page);
      await page.getByRole('slider', { name: '把各部分拆开' }).fill('0.9');
      await page.waitForTimeout(1500);
      expect(await gapOf(page)).toBeGreaterThan(before + 10);
    },
    patient,
  );
});

/** Rows of pixels between the red part and the blue one below it, in the middle of the model. */
async function gapOf(page: Page): Promise<number> {
  const picture = await page.locator('model-viewer').screenshot({ timeout: patient });
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const column = Math.floor(info.width / 2);
  const at = (row: number) => {
    const from = (row * info.width + column) * 3;
    const [red = 0, green = 0, blue = 0] = data.subarray(from, from + 3);
    if (red > 1.5 * Math.max(green, blue)) return 'red';
    return blue > 1.3 * Math.max(green, red) ? 'blue' : 'none';
  };
  const rows = Array.from({ length: info.height }, (_, row) => at(row));
  return rows.indexOf('blue') - rows.lastIndexOf('red') - 1;
}
