import { expect, test } from '@jest/globals';
import sharp from 'sharp';
import { chooseView, getResource, isInSphere } from '../../server/resources/contract.ts';
import { publishDraft, published, spheresFound, uploadFiles } from '../browser/build-library.ts';
import { inChromium, violationsOn } from '../browser/open-browser.ts';
import { eventually } from '../eventually.ts';
import { filmOf, hasFfmpeg } from '../film-of.ts';
import { draftOf } from '../http/build-resource.ts';
import { must, startGroup } from '../http/start-group.ts';
import { asSphere } from '../spherical-film.ts';
import { middleOf, panorama } from './all-around.ts';

inChromium('360° videos', (browser) => {
  /** Ten seconds: red in front, green to the right; blue all over from the fifth second. */
  async function film(): Promise<Buffer> {
    const first = await sharp(await panorama())
      .png()
      .toBuffer();
    const args = [
      ...['-loop', '1', '-t', '5', '-r', '10', '-i', 'first.png'],
      ...['-f', 'lavfi', '-t', '5', '-i', 'color=blue:s=1024x512:r=10'],
      ...['-filter_complex', '[0:v]setsar=1[a];[a][1:v]concat=n=2'],
      ...['-pix_fmt', 'yuv420p', '-c:v', 'libx264'],
    ];
    return asSphere(await filmOf('film.mp4', args, { 'first.png': first }));
  }

  test('play on the sphere, by keys and by buttons, with captions', async () => {
    if (!hasFfmpeg) return expect(hasFfmpeg).toBe(false);
    const group = await startGroup();
    const author = await group.member({ roles: ['author'] });
    const captions = 'WEBVTT\n\n00:00.000 --> 00:04.000\n先看红墙\n';
    const id = await published(author, group.admin, { '巡检.mp4': await film(), '巡检.zh.vtt': captions });
    expect(await spheresFound(author, id)).toMatchObject([{ isTagged: true }]);
    const page = await browser.open(group, { cookie: author.headers.cookie });
    await page.goto(`/resources/${id}?file=${encodeURIComponent('巡检.mp4')}`);
    const sees = (colour: string) =>
      eventually(async () => expect(await middleOf(page)).toBe(colour), 20_000);
    await sees('red');
    await page.getByText('先看红墙').waitFor();
    expect(await violationsOn(page)).toEqual([]);
    const view = page.getByRole('application');
    await view.focus();
    for (let i = 0; i < 7; i++) await page.keyboard.press('ArrowRight');
    await sees('green');
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: '暂停' }).waitFor();
    await sees('blue');
    await view.press('k');
    await page.getByRole('button', { name: '播放', exact: true }).waitFor();
    await page.getByRole('slider', { name: '播放位置' }).fill('1');
    await sees('green');
    await page.getByText('先看红墙').waitFor();
    await page.getByRole('slider', { name: '播放位置' }).fill('4.5');
    await page.getByText('先看红墙').waitFor({ state: 'detached' });
    await page.getByRole('slider', { name: '播放位置' }).fill('1');
    await page.getByText('先看红墙').waitFor();
    await view.press('c');
    expect(await page.getByText('先看红墙').count()).toBe(0);
    await page.setViewportSize({ width: 360, height: 780 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await page.getByRole('button', { name: '平面查看' }).click();
    await page.locator('video[controls]').waitFor();
  }, 180_000);

  test('show one eye what is filmed for two', async () => {
    if (!hasFfmpeg) return expect(hasFfmpeg).toBe(false);
    const group = await startGroup();
    const author = await group.member({ roles: ['author'] });
    const args = [
      ...['-f', 'lavfi', '-t', '2', '-i', 'color=red:s=1024x512:r=10'],
      ...['-f', 'lavfi', '-t', '2', '-i', 'color=blue:s=1024x512:r=10'],
      ...['-filter_complex', 'vstack', '-pix_fmt', 'yuv420p', '-c:v', 'libx264'],
    ];
    const tag = '<GSpherical:StereoMode>top-bottom</GSpherical:StereoMode>';
    const bytes = asSphere(await filmOf('film.mp4', args), tag);
    const id = await published(author, group.admin, { '立体.mp4': bytes });
    expect(await spheresFound(author, id)).toMatchObject([{ stereo: 'top-bottom' }]);
    const page = await browser.open(group, { cookie: author.headers.cookie });
    await page.goto(`/resources/${id}`);
    await eventually(async () => expect(await middleOf(page)).toBe('red'), 20_000);
    for (let i = 0; i < 5; i++) await page.getByRole('application').press('ArrowDown');
    expect(await middleOf(page)).toBe('red'); // blue, were both seen
  }, 180_000);

  test('are given labels at the moment that is seen, by which learners are led', async () => {
    if (!hasFfmpeg) return expect(hasFfmpeg).toBe(false);
    const group = await startGroup();
    const author = await group.member({ roles: ['author'] });
    const { id } = await draftOf(author, { audience: { scope: 'public' }, licence: 'cc-by-4.0' });
    await uploadFiles(author, id, { '巡检.mp4': await film() });
    await spheresFound(author, id, { version: 'draft' });
    const page = await browser.open(group, { cookie: author.headers.cookie, reducedMotion: 'reduce' });
    await page.goto(`/resources/${id}/edit`);
    await page.getByRole('button', { name: '预览 巡检.mp4' }).click();
    await page.getByText('标注与封面').click();
    const sees = (colour: string) =>
      eventually(async () => expect(await middleOf(page)).toBe(colour), 20_000);
    await sees('red');
    await page.getByRole('slider', { name: '播放位置' }).fill('7');
    await sees('blue');
    await page.getByRole('slider', { name: '播放位置' }).fill('1');
    await sees('red');
    for (let i = 0; i < 7; i++) await page.getByRole('application').press('ArrowRight');
    await sees('green');
    await page.getByRole('button', { name: '添加标注' }).click();
    await page.getByRole('button', { name: '取消' }).click();
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole('slider', { name: '播放位置' }).fill('7'); // still of the same film
    await sees('blue');
    await page.getByRole('slider', { name: '播放位置' }).fill('1');
    await sees('green');
    await page.getByRole('button', { name: '添加标注' }).click();
    const box = await page.getByRole('application').boundingBox();
    // Beside the middle, whose colour is looked at.
    await page.mouse.click(
      (box?.x ?? 0) + (box?.width ?? 0) / 2 + 150,
      (box?.y ?? 0) + (box?.height ?? 0) / 2,
    );
    const form = page.getByRole('region', { name: '标注' });
    await form.getByLabel('名称').fill('绿墙');
    await page.getByRole('button', { name: '标注 1：绿墙' }).press('ArrowUp');
    await page.getByRole('button', { name: '保存标注' }).click();
    await page.getByRole('button', { name: '标注已保存' }).waitFor();
    const params = { id };
    const [stored] = must(await author.call(getResource, { params, query: { view: 'draft' } })).body.files;
    const [label] = (stored?.annotations ?? []).filter(isInSphere);
    expect(label).toMatchObject({ title: '绿墙', view: { yaw: 87.5, pitch: 0, width: 75 } });
    expect(label?.position.yaw).toBeGreaterThan(95);
    expect(label?.position.yaw).toBeLessThan(120);
    expect(label?.position.pitch).toBeCloseTo(0.5, 0);

    await publishDraft(author, group.admin, id);
    await page.goto(`/resources/${id}`);
    await sees('red');
    const tour = page.getByRole('region', { name: '全景导览' });
    await tour.getByRole('button', { name: '开始导览' }).click();
    await sees('green');
    await page.getByRole('button', { name: '标注 1：绿墙' }).waitFor();
    await page.getByRole('application').press('Home');
    await sees('red');
    await page.goto(`/resources/${id}?part=${encodeURIComponent('绿墙')}`);
    await sees('green');
  }, 180_000);

  test('play flat, and say so, where the browser shows no spheres', async () => {
    if (!hasFfmpeg) return expect(hasFfmpeg).toBe(false);
    const group = await startGroup();
    const author = await group.member({ roles: ['author'] });
    const { id } = await draftOf(author);
    await uploadFiles(author, id, { '巡检.mp4': await film() });
    must(await author.call(chooseView, { params: { id, path: '巡检.mp4' }, body: { view: 'sphere' } }));
    const page = await browser.open(group, { cookie: author.headers.cookie });
    await page.addInitScript('HTMLCanvasElement.prototype.getContext = () => null');
    await page.goto(`/resources/${id}?view=draft`);
    await page.getByText('这个浏览器不能显示 360° 画面').waitFor();
    await page.locator('video[controls]').waitFor();
  }, 180_000);
});
