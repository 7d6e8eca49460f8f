import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { publishDraft, published, spheresFound, uploadFiles } from '../browser/build-library.ts';
import { assembly, png } from '../browser/make-files.ts';
import { inChromium, patience } from '../browser/open-browser.ts';
import { draftOf } from '../http/build-resource.ts';
import { type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { panoramaOf } from '../panorama-of.ts';
import {
  buttonAt,
  choose,
  difference,
  enter,
  eyesOf,
  hasLeft,
  redness,
  seen,
  wearHeadset,
} from './headset.ts';

const red =
  '<svg xmlns="http://www.w3.org/2000/svg" width="1024" height="512"><rect width="1024" height="512" fill="#f00"/></svg>';
const modelFile = '主轴箱.glb';
const photo = '车间.jpg';
/** On the board, whose rows are: the way back and on, hiding and this, and what else there is. */
const openLink = buttonAt(1, 1, 3);
const leave = buttonAt(0, 2, 3);

inChromium('links of labels in headsets', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;
  /** A resource with a model and a photo, whose labels lead to another. */
  let id: string;
  let linked: string;

  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'] });
    const description = { title: '主轴保养', audience: { scope: 'organisation' as const } };
    linked = await published(author, group.admin, { '保养.png': await png() }, description);
    ({ id } = await draftOf(author, { kind: 'xr', title: '主轴箱', audience: { scope: 'public' } }));
    await uploadFiles(author, id, { [modelFile]: await assembly(), [photo]: await panoramaOf(red) });
    await spheresFound(author, id, { version: 'draft' });
    const orbit = { theta: 0, phi: 1.5, radius: 2.5 };
    const spindle = {
      ...{ title: '主轴', position: { x: 0, y: 0.75, z: 0 }, normal: { x: 0, y: 0, z: 1 }, resource: linked },
      view: { orbit, target: { x: 0, y: 0.75, z: 0 }, fieldOfView: 30 },
    };
    const inPhoto = (title: string, yaw: number, resource?: string) => ({
      ...{ title, position: { yaw, pitch: -10 }, view: { yaw, pitch: 0, width: 75 }, resource },
    });
    await publishDraft(author, group.admin, id, {
      [modelFile]: [spindle],
      [photo]: [inPhoto('机床', 0, linked), inPhoto('大门', 20)],
    });
  }, patience);

  /** Somebody who wears a headset, in front of the model or in the photo. */
  async function visit(path: string, cookie: string | undefined): Promise<Page> {
    const viewport = { width: 900, height: 480 };
    // What may not be seen is not found, which Chromium tells as a fault.
    const sitting = { reducedMotion: 'reduce' as const, isHostile: cookie === undefined };
    const page = await browser.open(group, { cookie, viewport, ...sitting });
    page.setDefaultTimeout(60_000);
    await wearHeadset(page);
    await page.goto(`/resources/${id}?file=${encodeURIComponent(path)}`);
    await putOn(page);
    return page;
  }
  async function putOn(page: Page): Promise<void> {
    await enter(page);
    await seen(async () => expect(redness((await eyesOf(page)).left)).toBeGreaterThan(0.01));
  }
  const tellsOf = (page: Page, words: string) =>
    page
      .getByRole('region', { name: /导览/, includeHidden: true })
      .getByText(words)
      .first()
      .waitFor({ state: 'attached' });

  test('a label names the resource that it leads to, and a button leaves for its page', async () => {
    const page = await visit(modelFile, author.headers.cookie);
    let tell = () => {};
    const isAllowed = new Promise<void>((resolve) => {
      tell = resolve;
    });
    await page.route(`**/api/resources/${linked}*`, async (route) => {
      await isAllowed;
      await route.continue();
    });
    await choose(page, buttonAt(1, 0, 3));
    const unnamed = (await eyesOf(page)).left;
    tell();
    await tellsOf(page, '相关资源：主轴保养');
    await seen(async () => expect(difference(unnamed, (await eyesOf(page)).left)).toBeGreaterThan(0.005));
    const [beside] = await Promise.all([page.context().waitForEvent('page'), choose(page, openLink)]);
    await hasLeft(page);
    await beside.getByRole('heading', { name: '主轴保养' }).first().waitFor();
    expect(new URL(beside.url()).pathname).toBe(`/resources/${linked}`);
    expect(new URL(page.url()).pathname).toBe(`/resources/${id}`);
    await page.getByRole('button', { name: 'VR：戴上头显查看' }).waitFor();
  }, 300_000);

  test('a label of a 360° photo does, too; where no window opens, its page takes the place of the tour', async () => {
    const page = await visit(photo, author.headers.cookie);
    await page.evaluate('window.open = () => null');
    await choose(page, buttonAt(1, 0, 3));
    await tellsOf(page, '相关资源：主轴保养');
    await choose(page, openLink).catch(() => {}); // the page goes while the trigger is held
    await page.waitForURL(`**/resources/${linked}`);
    await page.getByRole('heading', { name: '主轴保养' }).first().waitFor();
  }, 300_000);

  test('whoever may not see that resource, and a label without a link, are offered nothing', async () => {
    const page = await visit(photo, undefined);
    const opened: Page[] = [];
    page.context().on('page', (other) => opened.push(other));
    const refused = page.waitForResponse(`**/api/resources/${linked}*`);
    await choose(page, buttonAt(1, 0, 3));
    expect((await refused).status()).toBe(404);
    await choose(page, openLink);
    await choose(page, buttonAt(1, 0, 3));
    await tellsOf(page, '大门');
    await choose(page, openLink);
    expect(await page.evaluate('headset.activeSession !== undefined')).toBe(true);
    await choose(page, leave);
    await hasLeft(page);
    expect(opened).toEqual([]);
    expect(await page.getByText('相关资源').count()).toBe(0);
  }, 300_000);
});
