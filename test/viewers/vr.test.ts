import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { listPreviews } from '../../server/content/contract.ts';
import { published } from '../browser/build-library.ts';
import { assembly } from '../browser/make-files.ts';
import { inChromium, patience, violationsOn } from '../browser/open-browser.ts';
import { eventually } from '../eventually.ts';
import { filmOf, hasFfmpeg } from '../film-of.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { panoramaOf } from '../panorama-of.ts';
import { asSphere } from '../spherical-film.ts';
import { difference, eyesOf, pushStick, redness, wearHeadset, withHeadset } from './headset.ts';

/** A sphere: red in front, green to the right, blue behind and to the left. */
const panorama = () => {
  const part = (x: number, width: number, fill: string) =>
    `<rect x="${x}" width="${width}" height="512" fill="${fill}"/>`;
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="1024" height="512">${part(0, 1024, '#00f')}${part(384, 256, '#f00')}${part(640, 256, '#0f0')}</svg>`;
  return panoramaOf(drawing);
};

inChromium('headsets', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;
  let id: string;
  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'] });
    id = await published(author, group.admin, { '钻床.glb': await assembly(), '车间.jpg': await panorama() });
    await eventually(async () => {
      const { items } = must(await author.call(listPreviews, { params: { id }, query: {} })).body;
      expect(items.some(({ facts }) => facts.sphere?.isTagged)).toBe(true);
    }, 30_000);
  }, patience);

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
  const enter = async (page: Page) => {
    await page.getByRole('button', { name: 'VR：戴上头显查看' }).click();
    await page.locator('[data-webxr_runtime] canvas').first().waitFor();
  };
  const hasLeft = (page: Page) => page.locator('[data-webxr_runtime]').waitFor({ state: 'detached' });

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
    await eventually(async () => {
      const { left, right } = await eyesOf(page);
      expect(Math.min(redness(left), redness(right))).toBeGreaterThan(0.02);
      expect(difference(left, right)).toBeGreaterThan(0.02);
    }, 30_000);
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

  test('show a 360° photo from inside, the way that one looked before; one turns in steps', async () => {
    const page = await open('车间.jpg');
    await page.getByRole('application').waitFor();
    await enter(page);
    await eventually(async () => {
      const { left, right } = await eyesOf(page);
      expect([left.middle, right.middle]).toEqual(['red', 'red']);
    }, 30_000);
    for (let step = 0; step < 3; step++) await pushStick(page, 1, 0);
    expect((await eyesOf(page)).left.middle).toBe('green');
    await page.evaluate('headset.activeSession.end()');
    await hasLeft(page);
    await page.getByRole('application').waitFor();
  });

  test('play a 360° video around somebody, and pause it by the trigger', async () => {
    if (!hasFfmpeg) return expect(hasFfmpeg).toBe(false);
    const args = [
      ...['-loop', '1', '-t', '20', '-r', '10', '-i', 'first.jpg'],
      ...['-pix_fmt', 'yuv420p', '-c:v', 'libx264'],
    ];
    const film = asSphere(await filmOf('film.mp4', args, { 'first.jpg': await panorama() }));
    const resource = await published(author, group.admin, { '巡检.mp4': film });
    await eventually(async () => {
      const { items } = must(await author.call(listPreviews, { params: { id: resource }, query: {} })).body;
      expect(items[0]?.facts.sphere?.isTagged).toBe(true);
    }, 60_000);
    const page = await open('巡检.mp4', true, resource);
    await enter(page);
    await eventually(async () => expect((await eyesOf(page)).right.middle).toBe('red'), 30_000);
    const isPaused = () => page.evaluate('document.querySelector("main video").paused');
    expect(await isPaused()).toBe(false);
    await withHeadset(page, ({ controllers }) => controllers.right.updateButtonValue('trigger', 1));
    await eventually(async () => expect(await isPaused()).toBe(true));
    await page.evaluate('headset.activeSession.end()');
    await hasLeft(page);
  }, 180_000);
});
