import { createSocket } from 'node:dgram';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { listEntries, listPreviews } from '../../server/content/contract.ts';
import { published } from '../browser/build-library.ts';
import { inChromium, patience, violationsOn } from '../browser/open-browser.ts';
import { hostile } from '../browser/pack-hostile.ts';
import { epub, scorm12, scorm2004, webContent } from '../browser/pack-zip.ts';
import { eventually } from '../eventually.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';

inChromium('packages', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;
  let id: string;

  /** Somebody else's server: whatever arrives here, if only a connection, has got out. */
  const arrived: string[] = [];
  const foreign = createServer((connection) => {
    arrived.push('a connection');
    connection.on('error', () => {});
    connection.on('data', (bytes) => arrived.push(bytes.toString('latin1').slice(0, 80)));
  });
  const packets = createSocket('udp4', () => arrived.push('a packet'));

  beforeAll(async () => {
    await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
    const { port } = foreign.address() as AddressInfo;
    await new Promise<void>((resolve) => packets.bind(port, '127.0.0.1', resolve));
    group = await startGroup();
    author = await group.member({ roles: ['author'], name: '李老师' });
    id = await published(author, group.admin, {
      '课件12.zip': await scorm12(),
      '课件2004.zip': await scorm2004(),
      '仿真.zip': await webContent(),
      '教材.epub': await epub(),
    });
  }, patience);
  afterAll(() => {
    foreign.close();
    packets.close();
  });

  /** @param more isOther: as in browsers of other makers, whose frames are not kept apart as a whole */
  const openFile = async (
    path: string,
    { isOther = false, ...more }: Parameters<typeof browser.open>[1] & { isOther?: boolean } = {},
    resource = id,
  ) => {
    const page = await browser.open(group, { cookie: author.headers.cookie, ...more });
    if (isOther) await page.addInitScript('delete HTMLIFrameElement.prototype.credentialless');
    await page.goto(`/resources/${resource}?file=${encodeURIComponent(path)}`);
    const outer = page.frameLocator('main iframe');
    return { page, outer, inside: isOther ? outer : outer.frameLocator('iframe') };
  };

  for (const [path, points] of [
    ['课件12.zip', '86'],
    ['课件2004.zip', '90'],
  ] as const)
    test(`${path}: a learner's score is shown, and they go on where they stopped`, async () => {
      const { page, inside } = await openFile(path);
      await inside.getByText('李老师: 从头开始').waitFor();
      await inside.getByRole('button', { name: '完成' }).click();
      await page.getByText(`得分 ${points}`, { exact: true }).waitFor();
      await page.reload();
      await inside.getByText('李老师: 第三页').waitFor();
      await page.getByRole('button', { name: '第二课 测量' }).click();
      await inside.getByText('李老师: 从头开始').waitFor();
    });

  test('web content runs with its own modules, styles and data', async () => {
    const { page } = await openFile('仿真.zip');
    const drawn = async (tries: number): Promise<number> => {
      const share = await redness(page);
      return share > 0.05 || tries === 0 ? share : drawn(tries - 1);
    };
    expect(await drawn(30)).toBeGreaterThan(0.05);
  });

  test('a book opens at its first chapter and is leafed through by its contents', async () => {
    const { page, outer: inside } = await openFile('教材.epub');
    await inside.getByRole('heading', { name: '焊接安全' }).waitFor();
    await page.getByRole('button', { name: '焊前准备' }).click();
    await inside.getByRole('heading', { name: '焊前准备' }).waitFor();
  });

  test('the chapter that is read stands in the address, is remembered, and its text can be made larger', async () => {
    const { page, outer: inside } = await openFile('教材.epub');
    await inside.getByRole('heading', { name: '焊接安全' }).waitFor();
    const breadth = () => inside.locator('html').evaluate((html) => html.clientWidth);
    const before = await breadth();
    await page.getByRole('button', { name: '放大文字' }).click();
    // Its lines break as in a frame that is smaller by so much.
    await eventually(async () => expect(await breadth()).toBe(Math.round(before / 1.25)));
    await page.getByRole('button', { name: '下一节' }).click();
    await page.waitForURL(/at=2/);
    await page.reload();
    await inside.getByRole('heading', { name: '焊前准备' }).waitFor();
    await page.goto(`/resources/${id}?file=${encodeURIComponent('教材.epub')}`);
    await inside.getByRole('heading', { name: '焊前准备' }).waitFor();
  });

  test('on a phone a package has most of the screen, its parts are folded, and it may have all of it', async () => {
    const { page, inside } = await openFile('课件12.zip', { viewport: { width: 390, height: 844 } });
    await inside.getByText('李老师').waitFor();
    const frame = await page.locator('main iframe').boundingBox();
    expect(frame?.height).toBeGreaterThan(500);
    const second = page.getByRole('button', { name: '第二课 测量' });
    expect(await second.isVisible()).toBe(false);
    await page.getByRole('button', { name: /^章节/ }).click();
    expect(await violationsOn(page)).toEqual([]);
    await second.click();
    await page.getByRole('button', { name: /^章节.*第二课/ }).waitFor();
    await page.getByRole('button', { name: '全屏' }).click();
    await page.waitForFunction('document.fullscreenElement?.querySelector("iframe") !== null');
  });

  for (const isOther of [false, true])
    test(`a hostile package gets nothing and leads nowhere${isOther ? ', in other browsers' : ''}`, async () => {
      const version = 'newest';
      const { items } = must(await author.call(listPreviews, { params: { id }, query: { version } })).body;
      const entries = must(
        await author.call(listEntries, { params: { id, version, path: '仿真.zip' } }),
      ).body;
      expect(items.length).toBeGreaterThan(0);
      const address = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}`;
      const trap = await published(author, group.admin, {
        '恶意.zip': await hostile({
          application: group.url,
          foreign: address,
          other: `${entries.play}${encodeURIComponent('仿真')}/data.json`,
        }),
      });
      const { page, inside } = await openFile('恶意.zip', { isHostile: true, isOther }, trap);
      await inside.getByText('"top"').waitFor();
      const told = JSON.parse((await inside.locator('#told').textContent()) ?? '') as Record<string, string>;
      expect(told).toEqual({
        ...Object.fromEntries(Object.keys(told).map((name) => [name, 'refused'])),
        // Where its pages share an origin, these begin empty and are nobody else's.
        cookie: isOther ? '' : 'courseyard-joined=1',
        databases: isOther ? 'refused' : 'opened',
      });
      expect(Object.keys(told)).toHaveLength(12);
      await inside.locator('#told').click(); // last of all it tries to lead itself away
      await page.waitForTimeout(3000);
      expect(arrived).toEqual([]);
      expect(page.url()).toContain(`/resources/${trap}`);
    });
});

/** The share of pixels of the package that are clearly red. */
async function redness(page: Page): Promise<number> {
  const picture = await page.locator('main iframe').screenshot();
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  let red = 0;
  for (let i = 0; i < data.length; i += 3)
    if ((data[i] ?? 0) > 1.4 * Math.max(data[i + 1] ?? 0, data[i + 2] ?? 0)) red++;
  return red / (info.width * info.height);
}
