import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { listPreviews } from '../../server/content/contract.ts';
import { published, uploadFiles } from '../browser/build-library.ts';
import { inChromium, patience, violationsOn } from '../browser/open-browser.ts';
import { eventually } from '../eventually.ts';
import { filmOf, hasFfmpeg, motion } from '../film-of.ts';
import { draftOf } from '../http/build-resource.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';

inChromium('recordings', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;

  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'] });
  }, patience);

  test('a film in a container that browsers do not know is streamed without being encoded again', async () => {
    if (!hasFfmpeg) return expect(hasFfmpeg).toBe(false);
    const film = await video(
      ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '50'],
      'film.mkv',
      40,
      '1920x1080',
      5,
    );
    const id = await published(author, group.admin, { '实训.mkv': film });
    const preview = await eventually(async () => {
      const [file] = must(await author.call(listPreviews, { params: { id }, query: { version: 1 } })).body
        .items;
      expect(file?.copies.hls).toBeDefined();
      return file;
    }, 60_000);
    const address = preview?.copies.hls?.url ?? '';
    const list = await (await fetch(address)).text();
    const [, init = ''] = /#EXT-X-MAP:URI="([^"]+)"/.exec(list) ?? [];
    const part = await fetch(new URL(init, address), { headers: { Range: 'bytes=4-7' } });
    expect([part.status, await part.text()]).toEqual([206, 'ftyp']);
    expect(list.match(/#EXT-X-BYTERANGE/g)?.length).toBeGreaterThan(3);

    const page = await browser.open(group);
    await page.goto(`/resources/${id}?file=${encodeURIComponent('实训.mkv')}&at=25`);
    const player = page.locator('video');
    await eventually(async () => expect(await stateOf(page)).toMatchObject({ width: 1920, at: 25 }), 20_000);
    const { seconds } = await stateOf(page);
    expect(Math.round(seconds)).toBe(40);
    await player.evaluate((film) => (film as unknown as { play(): Promise<void> }).play());
    await eventually(async () => expect((await stateOf(page)).at).toBeGreaterThan(25), 20_000);
  }, 180_000);

  test('a long film that browsers play as it is begins anywhere by its segments alone, with captions and speed', async () => {
    if (!hasFfmpeg) return expect(hasFfmpeg).toBe(false);
    const minutes = 6;
    const film = await longFilm(minutes * 60);
    const captions = 'WEBVTT\n\n05:40.000 --> 06:00.000\n最后一分钟：收尾\n';
    const id = await published(author, group.admin, {
      '讲座.mp4': film,
      '讲座.zh.vtt': Buffer.from(captions),
    });
    const preview = await eventually(async () => {
      const { items } = must(await author.call(listPreviews, { params: { id }, query: { version: 1 } })).body;
      const file = items.find(({ path }) => path === '讲座.mp4');
      expect(file?.copies.hls).toBeDefined();
      return file;
    }, 120_000);
    expect(preview?.copies.playable).toBeUndefined(); // what browsers play needs no other file
    expect(preview?.made.find(({ recipe }) => recipe === 'stream')?.state).toBe('done');

    const page = await browser.open(group);
    const ranges: [number, number][] = [];
    const others: string[] = [];
    page.on('request', (request) => {
      const [, first, last] = /bytes=(\d+)-(\d+)/.exec(request.headers().range ?? '') ?? [];
      if (request.url().includes('/streamed/')) ranges.push([Number(first), Number(last)]);
      else if (request.url().includes('/file/') && request.url().includes('.mp4')) others.push(request.url());
    });
    await page.goto(`/resources/${id}?file=${encodeURIComponent('讲座.mp4')}&at=345`);
    await eventually(async () => expect(await stateOf(page)).toMatchObject({ width: 640, at: 345 }), 30_000);
    expect(Math.round((await stateOf(page)).seconds)).toBe(minutes * 60);
    await page.waitForTimeout(2000);
    const bytes = ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
    expect(ranges.length).toBeGreaterThan(1);
    expect(bytes).toBeLessThan(film.length / 4); // the last twentieth is looked at
    expect(others).toEqual([]);
    const captioned = await page.locator('video').evaluate((element) => {
      const { textTracks } = element as unknown as {
        textTracks: { activeCues: { text: string }[] | null }[];
      };
      return textTracks[0]?.activeCues?.[0]?.text;
    });
    expect(captioned).toBe('最后一分钟：收尾');
    await page.getByRole('combobox', { name: '播放速度' }).click();
    await page.getByTitle('2×', { exact: true }).click();
    expect(
      await page
        .locator('video')
        .evaluate((element) => (element as unknown as { playbackRate: number }).playbackRate),
    ).toBe(2);
    const isFloating = () => page.evaluate('document.pictureInPictureElement !== null');
    await page.getByRole('button', { name: '小窗播放' }).click();
    await eventually(async () => expect(await isFloating()).toBe(true));
    await page.getByRole('button', { name: '小窗播放' }).click();
    await eventually(async () => expect(await isFloating()).toBe(false));
    await page
      .locator('video')
      .evaluate((element) => (element as unknown as { play(): Promise<void> }).play());
    await eventually(async () => expect((await stateOf(page)).at).toBeGreaterThan(347), 20_000);
  }, 240_000);

  test('the captions that are shown are those of the reader, or those that were asked for, and only they; chapters come out of the film itself', async () => {
    if (!hasFfmpeg) return expect(hasFfmpeg).toBe(false);
    const marks =
      ';FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=4\ntitle=装夹\n[CHAPTER]\nTIMEBASE=1/1\nSTART=4\nEND=8\ntitle=对刀\n';
    const film = await filmOf(
      '演示.mp4',
      ['-i', 'marks', ...motion('320x240', 5, 8), '-map', '1', '-map_metadata', '0', '-pix_fmt', 'yuv420p'],
      { marks: Buffer.from(marks) },
    );
    const cue = (text: string) => Buffer.from(`WEBVTT\n\n00:00.000 --> 00:08.000\n${text}\n`);
    const id = await published(author, group.admin, {
      '演示.mp4': film,
      '演示.en.vtt': cue('Clamp the part'),
      '演示.zh.vtt': cue('装夹工件'),
    });
    await eventually(async () => {
      const { items } = must(await author.call(listPreviews, { params: { id }, query: { version: 1 } })).body;
      expect(items.find(({ path }) => path === '演示.mp4')?.facts.media?.chapters).toEqual([
        { seconds: 0, title: '装夹' },
        { seconds: 4, title: '对刀' },
      ]);
    }, 60_000);
    const page = await browser.open(group);
    // The captions in the reader's language are the last to come.
    await page.route('**/*.zh.vtt', async (route) => {
      await page.waitForTimeout(1500);
      await route.continue();
    });
    const shownOf = () =>
      page.locator('video').evaluate((element) => {
        const { textTracks } = element as unknown as {
          textTracks: ArrayLike<{ mode: string; label: string }>;
        };
        return Array.from(textTracks, ({ mode, label }) => (mode === 'showing' ? label : ''));
      });
    await page.goto(`/resources/${id}?file=${encodeURIComponent('演示.mp4')}`);
    await eventually(async () => expect([...(await shownOf())].sort()).toEqual(['', '中文']), 20_000);
    await page.getByRole('combobox', { name: '章节' }).click();
    await page.getByTitle('0:04 对刀').click();
    await plays(page, 4, 8);
    await page.goto(`/resources/${id}?file=${encodeURIComponent('演示.en.vtt')}&at=2`);
    await eventually(async () => expect([...(await shownOf())].sort()).toEqual(['', '英语']), 20_000);
  }, 120_000);

  test('captions inside of a film are shown in the language of the reader', async () => {
    if (!hasFfmpeg) return expect(hasFfmpeg).toBe(false);
    const srt = (words: string) => Buffer.from(`1\n00:00:00,000 --> 00:00:04,000\n${words}\n`);
    const film = await filmOf(
      '修整.mp4',
      [
        ...[...motion('320x240', 5, 4), '-i', 'en.srt', '-i', 'zh.srt'],
        ...['-map', '0:v', '-map', '1', '-map', '2', '-pix_fmt', 'yuv420p', '-c:s', 'mov_text'],
        ...['-metadata:s:s:0', 'language=eng', '-metadata:s:s:1', 'language=chi'],
      ],
      { 'zh.srt': srt('金刚笔修整砂轮'), 'en.srt': srt('Dress the wheel') },
    );
    const id = await published(author, group.admin, { '修整.mp4': film });
    const page = await browser.open(group);
    await page.goto(`/resources/${id}?file=${encodeURIComponent('修整.mp4')}`);
    await eventually(
      async () =>
        expect(
          await page.evaluate(`[...document.querySelector('video').textTracks].flatMap(({ mode, label, cues }) =>
            mode === 'showing' ? [label, ...[...(cues ?? [])].map(({ text }) => text)] : [])`),
        ).toEqual(['中文', '金刚笔修整砂轮']),
      60_000,
    );
  }, 120_000);

  test('the chapters of a film that comes in segments are listed, and lead there and back without the film itself', async () => {
    if (!hasFfmpeg) return expect(hasFfmpeg).toBe(false);
    const chapters =
      'WEBVTT\n\n00:00.000 --> 00:20.000\n安全须知\n\n1\n04:10.000 --> 05:01.000\n对刀 & 试切\n';
    const id = await published(author, group.admin, {
      '讲座.mp4': await longFilm(301),
      '讲座.章节.vtt': Buffer.from(chapters),
    });
    await eventually(async () => {
      const { items } = must(await author.call(listPreviews, { params: { id }, query: { version: 1 } })).body;
      expect(items.find(({ path }) => path === '讲座.mp4')?.copies.hls).toBeDefined();
    }, 120_000);
    const page = await browser.open(group);
    const whole: string[] = [];
    page.on('request', (request) => {
      const url = decodeURIComponent(request.url());
      if (url.includes('/file/') && url.includes('.mp4')) whole.push(url);
    });
    await page.goto(`/resources/${id}?file=${encodeURIComponent('讲座.mp4')}`);
    await eventually(async () => expect((await stateOf(page)).width).toBe(640), 30_000);
    const list = page.getByRole('combobox', { name: '章节' });
    for (const [title, from, until] of [
      ['4:10 对刀 & 试切', 250, 270],
      ['0:00 安全须知', 0, 20],
      ['4:10 对刀 & 试切', 250, 270],
    ] as const) {
      await list.click();
      await page.getByTitle(title).click();
      await plays(page, from, until);
    }
    expect(whole).toEqual([]);
    expect(await page.locator('video track').count()).toBe(0); // chapters are no captions
  }, 240_000);

  test('where its segments do not come, the film itself plays on from the same second', async () => {
    if (!hasFfmpeg) return expect(hasFfmpeg).toBe(false);
    const id = await published(author, group.admin, { '讲座.mp4': await longFilm(301) });
    await eventually(async () => {
      const { items } = must(await author.call(listPreviews, { params: { id }, query: { version: 1 } })).body;
      expect(items[0]?.copies.hls).toBeDefined();
    }, 120_000);
    const page = await browser.open(group, { isHostile: true });
    await page.route(/\/hls\//, (route) => route.fulfill({ status: 404, body: '' }));
    await page.goto(`/resources/${id}?file=${encodeURIComponent('讲座.mp4')}&at=250`);
    await eventually(async () => expect(await stateOf(page)).toMatchObject({ width: 640, at: 250 }), 60_000);
  }, 240_000);

  test('a film that browsers do not play is converted when asked, with its progress, and stopped', async () => {
    if (!hasFfmpeg) return expect(hasFfmpeg).toBe(false);
    const { id } = await draftOf(author, { audience: { scope: 'self' } });
    await uploadFiles(author, id, {
      '磨削.avi': await video(['-c:v', 'mpeg4', '-q:v', '8'], 'film.avi', 120, '1280x720'),
    });
    const page = await browser.open(group, {
      cookie: author.headers.cookie,
      viewport: { width: 360, height: 740 },
    });
    await page.goto(`/resources/${id}?view=draft`);
    await page.getByText('浏览器放不了这段视频（mpeg4）').waitFor({ timeout: 60_000 });
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole('button', { name: '转换成可播放的视频' }).click();
    await page.getByText(/正在转换 \d+%/).waitFor({ timeout: 60_000 });
    await page.getByRole('progressbar', { name: '转换进度' }).waitFor();
    const spoken = page.getByRole('status').filter({ hasText: /^转换已/ });
    expect(await spoken.textContent()).toBe('转换已开始'); // once, not with every percent
    expect(await violationsOn(page)).toEqual([]);
    const jobs = await browser.open(group, { cookie: group.admin.headers.cookie });
    await jobs.goto('/jobs');
    await jobs.getByText(/运行中 \d+%/).waitFor();
    await page.getByRole('button', { name: '停止转换' }).click();
    await page.getByRole('status').filter({ hasText: '正在停止' }).waitFor({ timeout: 1000 });
    await page.getByText(/正在转换/).waitFor({ state: 'detached' });
    await page.getByText('转换已结束').waitFor({ state: 'attached' });
    await page.getByText(/^转换被停止了/).waitFor();
    await jobs.getByText('被停止。').waitFor();
    expect(await jobs.getByRole('radio', { name: '被停止 1' }).count()).toBe(1);
    expect(await jobs.getByRole('radio', { name: '失败 0' }).count()).toBe(1);
    await page.getByRole('button', { name: '转换成可播放的视频' }).click();
    await jobs.getByText(/运行中 \d+%/).waitFor({ timeout: 60_000 });
    await jobs.getByRole('button', { name: '停止 转换视频' }).click();
    await page.getByText(/正在转换/).waitFor({ state: 'detached', timeout: 30_000 });
    await page.getByRole('button', { name: '仍要播放原文件' }).click();
    await page.getByText('这段视频的编码（mpeg4）在当前浏览器中无法播放').waitFor();
  }, 180_000);
});

interface State {
  at: number;
  seconds: number;
  width: number;
}

const stateOf = (page: Page): Promise<State> =>
  page.locator('video').evaluate((element) => {
    const film = element as unknown as { currentTime: number; duration: number; videoWidth: number };
    return { at: film.currentTime, seconds: film.duration, width: film.videoWidth };
  });

/** Its picture goes on, somewhere between two seconds. */
async function plays(page: Page, from: number, until: number): Promise<void> {
  await eventually(async () => {
    const { at } = await stateOf(page);
    expect(at).toBeGreaterThan(from);
    expect(at).toBeLessThan(until);
  }, 20_000);
}

/** A test picture in motion with a tone. */
function video(codec: string[], name: string, seconds: number, size: string, rate = 25): Promise<Buffer> {
  const sound = ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`];
  const streams = [...codec, '-pix_fmt', 'yuv420p', '-c:a', name.endsWith('mkv') ? 'aac' : 'mp3'];
  return filmOf(name, [...motion(size, rate, seconds), ...sound, ...streams]);
}

/** Small pictures, so that it is soon made; its index stands at the end, as many programs write it. */
const longFilm = (seconds: number) =>
  filmOf('lecture.mp4', [
    ...motion('640x360', 10, seconds),
    ...['-f', 'lavfi', '-i', `sine=frequency=300:duration=${seconds}`],
    ...[
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-g',
      '20',
      '-pix_fmt',
      'yuv420p',
      '-c:a',
      'aac',
      '-b:a',
      '64k',
    ],
  ]);
