import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { listPreviews } from '../../server/content/contract.ts';
import { published } from '../browser/build-library.ts';
import { inChromium, patience, violationsOn } from '../browser/open-browser.ts';
import { eventually } from '../eventually.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';

/** A drawing of 31 megapixels: white, with a red square in its middle that is a fiftieth of its width. */
async function drawing(): Promise<Buffer> {
  const [width, height, side] = [6400, 4900, 128];
  const square = await sharp({ create: { width: side, height: side, channels: 3, background: '#f00' } })
    .png()
    .toBuffer();
  return sharp({ create: { width, height, channels: 3, background: '#fff' } })
    .composite([{ input: square, left: (width - side) / 2, top: (height - side) / 2 }])
    .png()
    .toBuffer();
}

const path = '总装图.png';

inChromium('large pictures', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;
  let id: string;
  let tiles = '';
  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'] });
    const scan = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#0a0' } })
      .tiff()
      .toBuffer();
    id = await published(author, group.admin, { [path]: await drawing(), '扫描.tiff': scan });
    await eventually(async () => {
      const asked = { params: { id }, query: { version: 'newest' as const } };
      const { items } = must(await author.call(listPreviews, asked)).body;
      expect(items.map((item) => item.tiles !== undefined)).toEqual([true, true]);
      tiles = items.find((item) => item.path === path)?.tiles ?? '';
    }, 60_000);
  }, patience);

  test('are served as an image of IIIF Image API 3.0, tile by tile, and nothing beside', async () => {
    const info = await fetch(`${tiles}/info.json`);
    expect(info.headers.get('content-type')).toContain('application/json');
    expect(await info.json()).toMatchObject({
      type: 'ImageService3',
      profile: 'level0',
      width: 6400,
      height: 4900,
      tiles: [{ width: 512, scaleFactors: expect.arrayContaining([1, 2, 4, 8]) }],
    });
    const tile = await fetch(`${tiles}/0,0,512,512/512,512/0/default.jpg`);
    expect([tile.status, tile.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect((await sharp(Buffer.from(await tile.arrayBuffer())).metadata()).width).toBe(512);
    for (const beside of ['/none.jpg', '/../../play/', ''])
      expect((await fetch(`${tiles}${beside}`)).status).toBe(404);
  });

  test('are opened without fetching all of them, and looked at from near by keys and buttons', async () => {
    const page = await browser.open(group, { cookie: author.headers.cookie });
    const fetched: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/tiles/')) fetched.push(request.url());
      if (request.url().includes('/file/')) fetched.push('the whole file');
    });
    await page.goto(`/resources/${id}?file=${encodeURIComponent(path)}`);
    const view = page.getByRole('application');
    await view.waitFor();
    await eventually(async () => expect(await redness(page)).toBeGreaterThan(0.0001), 20_000);
    expect(await redness(page)).toBeLessThan(0.01);
    expect(await violationsOn(page)).toEqual([]);
    expect(fetched).not.toContain('the whole file');
    expect(fetched.length).toBeLessThan(40);
    for (let i = 0; i < 8; i++) await page.getByRole('button', { name: '放大' }).click();
    await eventually(async () => expect(await redness(page)).toBeGreaterThan(0.2), 20_000);
    await page.getByRole('button', { name: '显示全图' }).click();
    await eventually(async () => expect(await redness(page)).toBeLessThan(0.01), 20_000);
    await view.focus();
    await page.keyboard.press('+', { delay: 3000 });
    await eventually(async () => expect(await redness(page)).toBeGreaterThan(0.001), 20_000);
  });

  test('of a kind that no browser reads are shown, too', async () => {
    const page = await browser.open(group, { cookie: author.headers.cookie });
    await page.goto(`/resources/${id}?file=${encodeURIComponent('扫描.tiff')}`);
    await page.getByRole('application').waitFor();
  });
});

/** The share of pixels of the view that are clearly red. */
async function redness(page: Page): Promise<number> {
  const picture = await page.getByRole('application').screenshot();
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  let red = 0;
  for (let i = 0; i < data.length; i += 3)
    if ((data[i] ?? 0) > 150 && (data[i + 1] ?? 0) < 90 && (data[i + 2] ?? 0) < 90) red++;
  return red / (info.width * info.height);
}
