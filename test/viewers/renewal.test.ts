import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { listPreviews } from '../../server/content/contract.ts';
import { withdrawResource } from '../../server/resources/contract.ts';
import { publishDraft, published, spheresFound, uploadFiles } from '../browser/build-library.ts';
import { png } from '../browser/make-files.ts';
import { inChromium, patience } from '../browser/open-browser.ts';
import { scorm12 } from '../browser/pack-zip.ts';
import { rednessOf } from '../browser/redness.ts';
import { eventually } from '../eventually.ts';
import { filmOf, hasFfmpeg, motion } from '../film-of.ts';
import { draftOf } from '../http/build-resource.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { pdfOf } from '../pdf-of.ts';
import { middleOf, panorama } from './all-around.ts';

/** Seconds that an address works here; one and a half times as long at most. */
const seconds = 6;
const ended = 1.6 * seconds * 1000;

inChromium('addresses that end while a file is open', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;
  beforeAll(async () => {
    group = await startGroup({ CONTENT_ADDRESS_SECONDS: String(seconds) });
    author = await group.member({ roles: ['author'], name: '李老师' });
  }, patience);

  const openFile = async (path: string, bytes: Buffer) => {
    return openAt(await published(author, group.admin, { [path]: bytes }));
  };
  const openAt = async (id: string) => {
    const page = await browser.open(group, { cookie: author.headers.cookie });
    const refused: number[] = [];
    page.on('response', (response) => {
      if (response.url().startsWith(group.contentUrl) && response.status() === 410)
        refused.push(response.status());
    });
    await page.goto(`/resources/${id}`);
    return { page, refused, id };
  };

  test('a book goes on to pages that were not fetched before, and the reader stays where they were', async () => {
    const line = '主轴转速与进给量按工艺卡选取，先对刀后试切，记录每一刀的尺寸。'.repeat(2);
    const pages = Array.from({ length: 400 }, (_, index) =>
      [`第 ${index + 1} 页`, ...Array.from({ length: 60 }, () => line)].join('\n'),
    );
    const { page, refused } = await openFile('手册.pdf', pdfOf(pages));
    await page.locator('[data-page="1"] canvas').waitFor();
    await page.getByLabel('页码').fill('3');
    await page.getByLabel('页码').press('Enter');
    await page.waitForURL(/at=3/);
    const marked = await mark(page, '[role="document"]');
    await page.waitForTimeout(ended);
    expect(await page.getByLabel('页码').inputValue()).toBe('3');
    await page.getByLabel('页码').fill('300');
    await page.getByLabel('页码').press('Enter');
    await page.locator('[data-page="300"]').getByText('第 300 页').waitFor();
    expect(refused.length).toBeGreaterThan(0); // it was another address that gave it
    expect(await marked()).toBe(true);
  });

  test('what is not open to its reader any more is said to be so, and the page tells why', async () => {
    const pages = Array.from({ length: 400 }, () =>
      Array.from({ length: 60 }, () => '工艺卡'.repeat(20)).join('\n'),
    );
    const id = await published(author, group.admin, { '手册.pdf': pdfOf(pages) });
    const page = await browser.open(group, { cookie: (await group.member()).headers.cookie });
    await page.goto(`/resources/${id}`);
    await page.locator('[data-page="1"] canvas').waitFor();
    must(await group.admin.call(withdrawResource, { params: { id }, body: { reason: '机床已更换' } }));
    await page.waitForTimeout(ended);
    await page.getByLabel('页码').fill('300');
    await page.getByLabel('页码').press('Enter');
    await page.getByText('这个文件已不能查看').waitFor();
    await page.getByRole('button', { name: '刷新页面' }).click();
    await page.getByText('机床已更换').waitFor();
  });

  test('a film that was paused goes on at the second that is asked for', async () => {
    if (!hasFfmpeg) return expect(hasFfmpeg).toBe(false);
    const codec = ['-vf', 'noise=alls=60:allf=t', '-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '40'];
    const film = await filmOf('film.mp4', [
      ...motion('640x360', 25, 60),
      ...codec,
      ...['-pix_fmt', 'yuv420p', '-movflags', '+faststart'],
    ]);
    expect(film.length).toBeGreaterThan(20_000_000); // more than a browser reads ahead
    const { page } = await openFile('实训.mp4', film);
    await eventually(async () => expect((await filmIn(page)).seconds).toBe(60), 20_000);
    const marked = await mark(page, 'video');
    await page.waitForTimeout(ended);
    await page.locator('video').evaluate((element) => {
      const video = element as unknown as {
        currentTime: number;
        playbackRate: number;
        play(): Promise<void>;
      };
      video.currentTime = 40;
      video.playbackRate = 1.5;
      void video.play().catch(() => {});
    });
    await eventually(async () => expect((await filmIn(page)).at).toBeGreaterThan(40.5), 20_000);
    expect(await filmIn(page)).toMatchObject({ rate: 1.5, paused: false });
    expect(await marked()).toBe(true);
  }, 180_000);

  test('a long film goes on in its middle, where no segment had come before', async () => {
    if (!hasFfmpeg) return expect(hasFfmpeg).toBe(false);
    const film = await filmOf('lecture.mp4', [
      ...motion('640x360', 10, 301),
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '20', '-pix_fmt', 'yuv420p'],
    ]);
    const id = await published(author, group.admin, { '讲座.mp4': film });
    await eventually(async () => {
      const { items } = must(await author.call(listPreviews, { params: { id }, query: { version: 1 } })).body;
      expect(items[0]?.copies.hls).toBeDefined();
    }, 120_000);
    const { page, refused } = await openAt(id);
    const whole: string[] = [];
    page.on('request', (request) => request.url().includes('/file/') && whole.push(request.url()));
    await eventually(async () => expect((await filmIn(page)).seconds).toBe(301), 20_000);
    const marked = await mark(page, 'video');
    await page.waitForTimeout(ended);
    await page.locator('video').evaluate((element) => {
      const video = element as unknown as { currentTime: number; play(): Promise<void> };
      video.currentTime = 200;
      void video.play().catch(() => {});
    });
    await eventually(async () => expect((await filmIn(page)).at).toBeGreaterThan(200.5), 20_000);
    expect((await filmIn(page)).at).toBeLessThan(260);
    expect(refused.length).toBeGreaterThan(0);
    expect(await marked()).toBe(true);
    expect(whole).toEqual([]); // the list was renewed, not given up
  }, 240_000);

  test('a drawing is looked at from near by tiles that were not fetched before', async () => {
    const [width, height, side] = [6400, 4900, 128];
    const square = await sharp({ create: { width: side, height: side, channels: 3, background: '#f00' } })
      .png()
      .toBuffer();
    const drawing = await sharp({ create: { width, height, channels: 3, background: '#fff' } })
      .composite([{ input: square, left: (width - side) / 2, top: (height - side) / 2 }])
      .png()
      .toBuffer();
    const id = await published(author, group.admin, { '总装图.png': drawing });
    await eventually(async () => {
      const { items } = must(await author.call(listPreviews, { params: { id }, query: { version: 1 } })).body;
      expect(items[0]?.tiles).toBeDefined();
    }, 60_000);
    const { page, refused } = await openAt(id);
    await page.getByRole('application').waitFor();
    const marked = await mark(page, '[role="application"]');
    await page.waitForTimeout(ended);
    for (let i = 0; i < 8; i++) await page.getByRole('button', { name: '放大' }).click();
    await eventually(async () => {
      expect(await rednessOf(await page.getByRole('application').screenshot())).toBeGreaterThan(0.2);
    }, 20_000);
    expect(refused.length).toBeGreaterThan(0);
    expect(await marked()).toBe(true);
  }, 120_000);

  test('a package that runs is not begun anew, and is at last said to have been open for too long', async () => {
    const { page } = await openFile('课件.zip', await scorm12());
    const inside = page.frameLocator('main iframe').frameLocator('iframe');
    await inside.getByText('李老师: 从头开始').waitFor();
    const marked = await mark(page, 'main iframe');
    await page.waitForTimeout(ended);
    await page.getByRole('button', { name: '第二课 测量' }).click();
    await page
      .getByRole('button', { name: '第二课 测量' })
      .and(page.locator('[aria-current="true"]'))
      .waitFor();
    await inside.getByText('李老师: 从头开始').waitFor(); // its pages still come
    expect(await marked()).toBe(false); // the other part has a frame of its own
    const second = await mark(page, 'main iframe');
    await page.getByText('打开时间过长').waitFor({ timeout: 6 * seconds * 1000 });
    expect(await second()).toBe(true);
    await page.getByRole('button', { name: '重新打开' }).click();
    await inside.getByText('李老师').waitFor();
    expect(await page.getByText('打开时间过长').count()).toBe(0);
  }, 120_000);

  test('a 360° photo stays as it is looked at, and leads into the next one', async () => {
    const { id } = await draftOf(author, { kind: 'xr', audience: { scope: 'public' } });
    await uploadFiles(author, id, { '车间.jpg': await panorama(), '库房.jpg': await panorama() });
    await spheresFound(author, id, { version: 'draft', count: 2 });
    const view = { yaw: 90, pitch: 0, width: 75 };
    const on = { title: '去库房', position: { yaw: 90, pitch: 0 }, view, scene: { path: '库房.jpg' } };
    await publishDraft(author, group.admin, id, { '车间.jpg': [on] });
    const page = await browser.open(group, { cookie: author.headers.cookie, reducedMotion: 'reduce' });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const again = () => asked.filter((url) => url.startsWith(`${group.contentUrl}/file/`)).length;
    await page.goto(`/resources/${id}?file=${encodeURIComponent('车间.jpg')}`);
    await eventually(async () => expect(await middleOf(page)).toBe('red'), 20_000);
    for (let i = 0; i < 7; i++) await page.getByRole('application').press('ArrowRight');
    await eventually(async () => expect(await middleOf(page)).toBe('green'), 20_000);
    const marked = await mark(page, '[role="application"] canvas');
    const before = again();
    await page.waitForTimeout(ended);
    expect(again()).toBe(before);
    expect(await middleOf(page)).toBe('green');
    expect(await marked()).toBe(true);
    await page.getByRole('button', { name: '去库房（点击前往）' }).click();
    await page.waitForURL(/%E5%BA%93%E6%88%BF/);
    await eventually(async () => expect(await middleOf(page)).toBe('red'), 20_000);
    expect(await marked()).toBe(true);
  });

  test('a picture whose address has ended before it came is asked for by another one', async () => {
    const id = await published(author, group.admin, { '图.png': await png() });
    const page = await browser.open(group, { cookie: author.headers.cookie });
    let refused = '';
    await page.route(
      /\/file\//,
      async (route) => {
        refused = route.request().url();
        await page.waitForTimeout(ended);
        await route.continue();
      },
      { times: 1 },
    );
    await page.goto(`/resources/${id}`);
    const picture = page.getByRole('img', { name: '图.png' });
    await eventually(async () => expect(await picture.getAttribute('src')).not.toBe(refused), 20_000);
    await eventually(async () => {
      const width = await picture.evaluate(
        (image) => (image as unknown as { naturalWidth: number }).naturalWidth,
      );
      expect(width).toBeGreaterThan(0);
    });
    expect(refused).not.toBe('');
  });
});

/** Marks an element, so that one can tell later whether it is still the same. */
async function mark(page: Page, selector: string): Promise<() => Promise<boolean>> {
  const element = page.locator(selector).first();
  await element.evaluate((it) => it.setAttribute('data-marked', ''));
  return () => element.evaluate((it) => it.hasAttribute('data-marked'));
}

const filmIn = (page: Page) =>
  page.locator('video').evaluate((element) => {
    const { currentTime, duration, playbackRate, paused } = element as unknown as {
      currentTime: number;
      duration: number;
      playbackRate: number;
      paused: boolean;
    };
    return { at: currentTime, seconds: Math.round(duration), rate: playbackRate, paused };
  });
