import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { published } from '../browser/build-library.ts';
import { glb, pdf, png, wav } from '../browser/make-files.ts';
import { inChromium, patience } from '../browser/open-browser.ts';
import { type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';

inChromium('viewers', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;
  let id: string;

  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'] });
    const printer = await browser.open(group);
    const document = await pdf(printer, 40, '数控车床对刀步骤');
    await printer.context().close();
    id = await published(author, group.admin, {
      '讲义.pdf': document,
      '封面.png': await png(),
      '模型.glb': await glb(),
      '程序.nc': 'G00 X50 Z2',
      '讲解.wav': wav(10),
      '讲解.srt': '1\r\n00:00:06,000 --> 00:00:09,000\r\n调节焊接电流\r\n',
      '工艺卡.csv': '工序,转速\n车外圆,"1,200"\n',
    });
  }, patience);

  const openFile = async (path: string, at = '') => {
    const page = await browser.open(group);
    await page.goto(`/resources/${id}?file=${encodeURIComponent(path)}${at}`);
    return page;
  };

  test('a PDF opens at the page of the address, with text that can be selected', async () => {
    const page = await openFile('讲义.pdf', '&at=30');
    const shown = page.locator('[data-page="30"]');
    await shown.getByText('30').first().waitFor();
    expect(((await shown.textContent()) ?? '').normalize('NFKC')).toContain('数控');
    expect(await page.getByLabel('页码').inputValue()).toBe('30');
    expect(await page.locator('[data-page="5"] canvas').count()).toBe(0);
  });

  test('moving to another page of a PDF moves the address with it', async () => {
    const page = await openFile('讲义.pdf');
    await page.getByLabel('页码').fill('12');
    await page.keyboard.press('Enter');
    await page.waitForURL(/at=12/);
  });

  test('a picture is shown', async () => {
    const page = await openFile('封面.png');
    await page.getByRole('img', { name: '封面.png' }).waitFor();
    expect(await redness(page, 'main img[alt="封面.png"]')).toBeGreaterThan(0.3);
  });

  test('a model is drawn, with decoders of our own', async () => {
    const page = await openFile('模型.glb');
    await page.locator('model-viewer').waitFor();
    const painted = async (tries: number): Promise<number> => {
      const share = await redness(page, 'model-viewer');
      return share > 0.01 || tries === 0 ? share : painted(tries - 1);
    };
    expect(await painted(20)).toBeGreaterThan(0.01);
    for (const decoder of ['draco/draco_decoder.wasm', 'basis/basis_transcoder.wasm', 'meshopt.js'])
      expect((await page.request.get(`/viewers/gltf/${decoder}`)).status()).toBe(200);
  });

  test('a place in captions opens their recording at that second, with the words', async () => {
    const page = await openFile('讲解.srt', '&at=6');
    await page.getByText('调节焊接电流').waitFor();
    const second = await page
      .locator('audio')
      .evaluate((audio) => (audio as unknown as { currentTime: number }).currentTime);
    expect(Math.round(second)).toBe(6);
  });

  test('a table in text is shown as one', async () => {
    const page = await openFile('工艺卡.csv');
    await page.getByRole('columnheader', { name: '转速' }).waitFor();
    await page.getByRole('cell', { name: '1,200' }).waitFor();
  });

  test('another site shows a resource in its own page, and nothing of one that is not public', async () => {
    const own = await published(
      author,
      group.admin,
      { '内部.md': '# 内部' },
      { audience: { scope: 'organisation' } },
    );
    const frames = [id, own].map(
      (one) => `<iframe src="${group.url}/embed/${one}" width="900" height="700"></iframe>`,
    );
    const site = createServer((_, res) => res.setHeader('Content-Type', 'text/html').end(frames.join('')));
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    const page = await browser.open(group, { isHostile: true });
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}`);
    await page.frameLocator('iframe >> nth=0').getByRole('heading', { name: '数控车床对刀' }).waitFor();
    await page.frameLocator('iframe >> nth=1').getByText('这里看不到该资源').first().waitFor();
    site.close();
  });

  test('a program of a machine is shown as text', async () => {
    const page = await openFile('程序.nc');
    await page.getByText('G00 X50 Z2').waitFor();
  });
});

/** The share of pixels of an element that are clearly red. */
async function redness(page: Page, selector: string): Promise<number> {
  const picture = await page.locator(selector).screenshot();
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  let red = 0;
  for (let i = 0; i < data.length; i += 3)
    if ((data[i] ?? 0) > 1.4 * Math.max(data[i + 1] ?? 0, data[i + 2] ?? 0)) red++;
  return red / (info.width * info.height);
}
