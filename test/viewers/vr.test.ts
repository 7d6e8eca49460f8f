import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { publishDraft, published, spheresFound, uploadFiles } from '../browser/build-library.ts';
import { assembly } from '../browser/make-files.ts';
import { inChromium, patience, violationsOn } from '../browser/open-browser.ts';
import { eventually } from '../eventually.ts';
import { filmOf, hasFfmpeg } from '../film-of.ts';
import { draftOf } from '../http/build-resource.ts';
import { type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { panoramaOf } from '../panorama-of.ts';
import { asSphere } from '../spherical-film.ts';
import {
  buttonAt,
  choose,
  difference,
  enter,
  eyesOf,
  greenness,
  hasLeft,
  pushStick,
  redness,
  seen,
  wearHeadset,
  withHeadset,
} from './headset.ts';

/** A sphere: red in front, green to the right, blue behind and to the left. */
const panorama = () => {
  const part = (x: number, width: number, fill: string) =>
    `<rect x="${x}" width="${width}" height="512" fill="${fill}"/>`;
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="1024" height="512">${part(0, 1024, '#00f')}${part(384, 256, '#f00')}${part(640, 256, '#0f0')}</svg>`;
  return panoramaOf(drawing);
};

const blue =
  '<svg xmlns="http://www.w3.org/2000/svg" width="1024" height="512"><rect width="1024" height="512" fill="#00f"/></svg>';

inChromium('headsets', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;
  let id: string;
  /** A resource whose model has labels and another look. */
  let exhibited: string;
  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'] });
    id = await published(author, group.admin, { '钻床.glb': await assembly(), '车间.jpg': await panorama() });
    exhibited = await withLabels();
    expect(await spheresFound(author, id)).toMatchObject([{ isTagged: true }]);
  }, patience);

  async function withLabels(): Promise<string> {
    const { id: made } = await draftOf(author, {
      kind: 'xr',
      title: '主轴箱',
      audience: { scope: 'public' },
    });
    const path = '主轴箱.glb';
    await uploadFiles(author, made, { [path]: await assembly({ hasVariants: true }) });
    const label = (title: string, text: string, y: number) => ({
      ...{ title, text, position: { x: 0, y, z: 0 }, normal: { x: 0, y: 0, z: 1 } },
      view: { orbit: { theta: 0, phi: 1.5, radius: 2.5 }, target: { x: 0, y, z: 0 }, fieldOfView: 30 },
    });
    const annotations = [
      label('主轴', '带动刀具旋转，转速由变频器无级调节。操作前先确认夹头已锁紧，防护罩已合上。', 0.75),
      label('底座', '支撑整台机床，吸收切削时的振动。', 0.25),
    ];
    await publishDraft(author, group.admin, made, { [path]: annotations });
    return made;
  }

  /** A page with a file open; one eye of the emulated headset is as wide as half of the window. */
  async function open(path: string, wears = true, resource = id): Promise<Page> {
    const page = await browser.open(group, {
      cookie: author.headers.cookie,
      reducedMotion: 'reduce',
      viewport: { width: 900, height: 480 },
    });
    page.setDefaultTimeout(60_000);
    if (wears) await wearHeadset(page);
    await page.goto(`/resources/${resource}?file=${encodeURIComponent(path)}`);
    return page;
  }

  test('are not offered where there are none', async () => {
    const page = await open('车间.jpg', false);
    await page.getByRole('application').waitFor();
    expect(await page.getByRole('button', { name: /VR/ }).count()).toBe(0);
  });

  test('show a model on the floor, with a picture for each eye; one walks, turns and leaves', async () => {
    const page = await open('钻床.glb');
    await page.getByRole('button', { name: 'VR：戴上头显查看' }).waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await enter(page);
    await seen(async () => {
      const { left, right } = await eyesOf(page);
      expect(Math.min(redness(left), redness(right))).toBeGreaterThan(0.02);
      expect(difference(left, right)).toBeGreaterThan(0.02);
    });
    // The model stands 1.2 m away; the ray meets the floor two metres away, behind it.
    await withHeadset(page, ({ controllers }) => controllers.right.quaternion.set(-0.3, 0, 0, 0.954));
    await pushStick(page, 0, -1);
    expect(redness((await eyesOf(page)).left)).toBe(0);
    for (let step = 0; step < 6; step++) await pushStick(page, 1, 0);
    expect(redness((await eyesOf(page)).left)).toBeGreaterThan(0.01);
    await withHeadset(page, ({ controllers }) => controllers.right.updateButtonValue('b-button', 1));
    await hasLeft(page);
    await page.getByRole('button', { name: 'VR：戴上头显查看' }).waitFor();
  }, 300_000);

  test('tell the words of a label that is pointed at, lead from one to the next, and hide them', async () => {
    const page = await open('主轴箱.glb', true, exhibited);
    await enter(page);
    const tour = page.getByRole('region', { name: '模型导览', includeHidden: true });
    await seen(async () => expect(redness((await eyesOf(page)).left)).toBeGreaterThan(0.01));
    const before = (await eyesOf(page)).left;
    await choose(page, [0, 0.75, -1.2]);
    expect(await tour.textContent()).toContain('带动刀具旋转');
    const told = (await eyesOf(page)).left;
    expect(difference(before, told)).toBeGreaterThan(0.02);
    await choose(page, buttonAt(1, 0, 3));
    expect(await tour.textContent()).toContain('支撑整台机床');
    await choose(page, buttonAt(0, 0, 3));
    expect(await tour.textContent()).toContain('带动刀具旋转');
    await choose(page, buttonAt(0, 1, 3));
    expect(difference(told, (await eyesOf(page)).left)).toBeGreaterThan(0.02);
    await choose(page, buttonAt(1, 2, 3));
    await hasLeft(page);
    await page.getByRole('button', { name: 'VR：戴上头显查看' }).waitFor();
  }, 300_000);

  test('change how a model looks, take it apart and put it together again', async () => {
    const page = await open('主轴箱.glb', true, exhibited);
    await enter(page);
    await seen(async () => expect(redness((await eyesOf(page)).left)).toBeGreaterThan(0.01));
    await choose(page, buttonAt(1, 1, 3));
    await seen(async () => {
      const { left } = await eyesOf(page);
      expect(greenness(left)).toBeGreaterThan(0.01);
      expect(redness(left)).toBeLessThan(0.005);
    });
    const whole = (await eyesOf(page)).left;
    await choose(page, buttonAt(0, 2, 3));
    await seen(async () => {
      const { left } = await eyesOf(page);
      expect(difference(whole, left)).toBeGreaterThan(0.05);
    });
    await page.waitForTimeout(1500);
    await choose(page, buttonAt(0, 2, 3));
    await seen(async () => {
      const { left } = await eyesOf(page);
      expect(difference(whole, left)).toBeLessThan(0.03);
    });
    await page.evaluate('headset.activeSession.end()');
    await hasLeft(page);
    await page.getByRole('combobox', { name: '选择外观' }).waitFor();
    await page.getByText('绿漆').first().waitFor();
  }, 300_000);

  test('show a 360° photo from inside, the way that one looked before; one turns in steps', async () => {
    const page = await open('车间.jpg');
    await page.getByRole('application').waitFor();
    await enter(page);
    await seen(async () => {
      const { left, right } = await eyesOf(page);
      expect([left.middle, right.middle]).toEqual(['red', 'red']);
    });
    for (let step = 0; step < 3; step++) await pushStick(page, 1, 0);
    expect((await eyesOf(page)).left.middle).toBe('green');
    await page.evaluate('headset.activeSession.end()');
    await hasLeft(page);
    await page.getByRole('application').waitFor();
  });

  test('lead by labels from one 360° photo into the next, and turn to what is behind', async () => {
    const { id: hall } = await draftOf(author, { kind: 'xr', title: '厂区', audience: { scope: 'public' } });
    await uploadFiles(author, hall, { '车间.jpg': await panorama(), '库房.jpg': await panoramaOf(blue) });
    const at = (yaw: number) => ({ yaw, pitch: 0, width: 75 });
    const behind = {
      title: '量具柜',
      text: '量具用完归位。',
      image: '车间.jpg',
      position: { yaw: 180, pitch: -35 },
      view: at(180),
    };
    const on = (title: string, yaw: number, scene: { path: string; look?: ReturnType<typeof at> }) => ({
      ...{ title, position: { yaw, pitch: -12 }, view: at(0), scene },
    });
    const labels = {
      '车间.jpg': [behind, on('去库房', 20, { path: '库房.jpg' })],
      '库房.jpg': [on('回车间', -20, { path: '车间.jpg', look: at(90) })],
    };
    await spheresFound(author, hall, { version: 'draft', count: 2 });
    await publishDraft(author, group.admin, hall, labels);

    const page = await open('车间.jpg', true, hall);
    await page.getByRole('application').waitFor();
    await enter(page);
    const sees = (colour: string) => seen(async () => expect((await eyesOf(page)).left.middle).toBe(colour));
    await sees('red');
    /** Where the label hangs that leads on, so many degrees to the right. */
    const lead = (yaw: number): [number, number, number] => {
      const [turn, down] = [(yaw * Math.PI) / 180, (12 * Math.PI) / 180];
      const level = 3 * Math.cos(down);
      return [level * Math.sin(turn), 1.6 - 3 * Math.sin(down), -level * Math.cos(turn)];
    };
    const before = (await eyesOf(page)).left;
    await choose(page, buttonAt(1, 0, 2));
    await sees('blue');
    expect(difference(before, (await eyesOf(page)).left)).toBeGreaterThan(0.3);
    // Its picture, which has red in it, comes when it has been fetched.
    await seen(async () => expect(redness((await eyesOf(page)).left)).toBeGreaterThan(0.002));
    const tour = page.getByRole('region', { name: '全景导览', includeHidden: true });
    expect(await tour.textContent()).toContain('量具用完归位');
    await choose(page, buttonAt(0, 0, 2));
    await sees('red');
    await choose(page, lead(0));
    await sees('blue');
    expect(new URL(page.url()).searchParams.get('file')).toBe('库房.jpg');
    await choose(page, lead(-20));
    await sees('green');
    await choose(page, buttonAt(1, 1, 2));
    await hasLeft(page);
  }, 300_000);

  test('play a 360° video around somebody, and pause it by the trigger', async () => {
    if (!hasFfmpeg) return expect(hasFfmpeg).toBe(false);
    const args = [
      ...['-loop', '1', '-t', '20', '-r', '10', '-i', 'first.jpg'],
      ...['-pix_fmt', 'yuv420p', '-c:v', 'libx264'],
    ];
    const film = asSphere(await filmOf('film.mp4', args, { 'first.jpg': await panorama() }));
    const resource = await published(author, group.admin, { '巡检.mp4': film });
    expect(await spheresFound(author, resource)).toMatchObject([{ isTagged: true }]);
    const page = await open('巡检.mp4', true, resource);
    await enter(page);
    await seen(async () => expect((await eyesOf(page)).right.middle).toBe('red'));
    const isPaused = () => page.evaluate('document.querySelector("main video").paused');
    expect(await isPaused()).toBe(false);
    await withHeadset(page, ({ controllers }) => controllers.right.updateButtonValue('trigger', 1));
    await eventually(async () => expect(await isPaused()).toBe(true));
    await page.evaluate('headset.activeSession.end()');
    await hasLeft(page);
  }, 180_000);
});
