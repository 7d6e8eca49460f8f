import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { listPreviews } from '../../server/content/contract.ts';
import { published } from '../browser/build-library.ts';
import { inChromium, patience, violationsOn } from '../browser/open-browser.ts';
import { rednessOf } from '../browser/redness.ts';
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

/** A photo as phones take it, of one colour; undefined where libheif cannot make one. */
async function photoOf(background: string): Promise<Buffer | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'courseyard-photo-'));
  try {
    const [picture, photo] = [join(folder, 'a.jpg'), join(folder, 'a.heic')];
    await sharp({ create: { width: 1200, height: 800, channels: 3, background } })
      .jpeg()
      .toFile(picture);
    return spawnSync('heif-enc', [picture, '-o', photo]).status === 0 ? await readFile(photo) : undefined;
  } finally {
    await rm(folder, { recursive: true });
  }
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
      profile: 'level1',
      id: tiles,
      width: 6400,
      height: 4900,
      tiles: [{ width: 512, scaleFactors: expect.arrayContaining([1, 2, 4, 8]) }],
    });
    const tile = await fetch(`${tiles}/0,0,512,512/512,512/0/default.jpg`);
    expect([tile.status, tile.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect((await sharp(Buffer.from(await tile.arrayBuffer())).metadata()).width).toBe(512);
    for (const beside of ['/../../play/', '/../', '/../other'])
      expect((await fetch(`${tiles}${beside}`)).status).toBe(404);
  });

  test('give other viewers every part in every size, by the rules of level 1', async () => {
    const images: [string, number, number, number?][] = [
      ['full/max', 2048, 1568],
      ['full/1000,', 1000, 766],
      ['full/,500', 653, 500],
      ['full/400,300', 400, 300],
      ['full/!400,400', 400, 306],
      ['square/200,200', 200, 200],
      ['100,100,300,200/max', 300, 200],
      ['6300,4800,300,200/max', 100, 100],
      ['3136,2386,128,128/max', 128, 128, 1],
      ['3072,2322,256,256/256,', 256, 256, 0.25],
      ['2944,2194,512,512/128,', 128, 128, 1 / 16],
      ['0,2386,6400,128/640,', 640, 13, 0.02],
    ];
    for (const [part, width, height, red] of images) {
      const answer = await fetch(`${tiles}/${part}/0/default.jpg`);
      expect([part, answer.status, answer.headers.get('content-type')]).toEqual([part, 200, 'image/jpeg']);
      const jpeg = Buffer.from(await answer.arrayBuffer());
      const { width: w, height: h } = await sharp(jpeg).metadata();
      expect([part, w, h]).toEqual([part, width, height]);
      if (red !== undefined) expect(Math.abs((await rednessOf(jpeg)) - red)).toBeLessThan(red / 10);
    }
    for (const refused of [
      'full/max/90/default.jpg',
      'full/max/0/default.png',
      'full/max/0/gray.jpg',
      'full/3000,/0/default.jpg',
      'full/^max/0/default.jpg',
      '100,100,300,200/400,/0/default.jpg',
      '9000,0,10,10/max/0/default.jpg',
      '0,0,0,10/max/0/default.jpg',
      'full/0,/0/default.jpg',
      'full/,/0/default.jpg',
      'none.jpg',
    ]) {
      const answer = await fetch(`${tiles}/${refused}`);
      expect([refused, answer.status]).toEqual([refused, 400]);
      expect(await answer.json()).toMatchObject({ type: '/api/problems/content/no-such-image' });
    }
    const base = await fetch(tiles, { redirect: 'manual' });
    expect([base.status, new URL(base.headers.get('location') ?? '', tiles).href]).toEqual([
      303,
      `${tiles}/info.json`,
    ]);
    const linked = await fetch(`${tiles}/info.json`, {
      headers: { accept: 'application/ld+json', origin: 'https://viewer.example' },
    });
    expect(linked.headers.get('content-type')).toContain('application/ld+json');
    expect(linked.headers.get('access-control-allow-origin')).toBe('*');
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

  test('as phones take them open by themselves, in full size', async () => {
    const photo = await photoOf('#c01818');
    if (!photo) return expect(photo).toBeUndefined();
    const taken = await published(author, group.admin, { '工位.heic': photo });
    const page = await browser.open(group, { cookie: author.headers.cookie });
    await page.goto(`/resources/${taken}`);
    await page.getByRole('application').waitFor({ timeout: 60_000 });
    await eventually(async () => expect(await redness(page)).toBeGreaterThan(0.3), 20_000);
    expect(await page.getByText('不能在线预览').count()).toBe(0);
  });
});

/** The share of pixels of the view that are clearly red. */
const redness = async (page: Page): Promise<number> =>
  rednessOf(await page.getByRole('application').screenshot());
