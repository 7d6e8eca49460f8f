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

  test('who waits for a conversion sees how far it is', async () => {
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
    await page.getByText(/正在转换 \d+%/).waitFor({ timeout: 60_000 });
    await page.getByRole('progressbar', { name: '转换进度' }).waitFor();
    const spoken = page.getByRole('status').filter({ hasText: /^转换已/ });
    expect(await spoken.textContent()).toBe('转换已开始'); // once, not with every percent
    expect(await violationsOn(page)).toEqual([]);
    const jobs = await browser.open(group, { cookie: group.admin.headers.cookie });
    await jobs.goto('/jobs');
    await jobs.getByText(/运行中 \d+%/).waitFor();
    await jobs.getByRole('button', { name: '停止 生成预览' }).click();
    await jobs.getByText('cancelled by an administrator').waitFor();
    await page.getByText(/正在转换/).waitFor({ state: 'detached' });
    await page.getByText('转换已结束').waitFor({ state: 'attached' });
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

/** A test picture in motion with a tone. */
function video(codec: string[], name: string, seconds: number, size: string, rate = 25): Promise<Buffer> {
  const sound = ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`];
  const streams = [...codec, '-pix_fmt', 'yuv420p', '-c:a', name.endsWith('mkv') ? 'aac' : 'mp3'];
  return filmOf(name, [...motion(size, rate, seconds), ...sound, ...streams]);
}
