import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '../eventually.ts';
import { type RunningGroup, startGroup } from '../http/start-group.ts';
import { published } from './build-library.ts';
import { png } from './make-files.ts';
import { inChromium, patience, settled } from './open-browser.ts';

const titles = ['新能源汽车高压断电与绝缘检测：活页式工作页', '新能源汽车高压断电与绝缘检测：教学课件'];

inChromium('cards of resources', (browser) => {
  let group: RunningGroup;

  beforeAll(async () => {
    group = await startGroup();
    const { id: organisation } = await group.organisation('江城机电技师学校（江城工程技术学院东校区）');
    const author = await group.member({ roles: ['author'], organisation });
    const files = { '封面.png': await png(), '工作页.md': '# 断电' };
    for (const title of titles)
      await published(author, group.admin, files, { title, majors: ['460702', '460103'] });
  }, patience);

  test.each([
    ['/', 1440],
    ['/', 360],
    ['/search?q=绝缘检测', 1440],
    ['/search?q=绝缘检测', 360],
  ])('cut neither their title nor from where and when they are: %s, %i px wide', async (path, width) => {
    const page = await browser.open(group, { viewport: { width, height: 800 } });
    await eventually(async () => {
      await page.goto(path);
      await settled(page);
      expect(await page.locator('article time').count()).toBe(titles.length);
    }, 30_000);
    const views = path === '/' ? [undefined] : ['卡片', '列表'];
    for (const view of views) {
      if (view) await page.getByRole('button', { name: view }).click();
      expect(await cutIn(page)).toEqual([]);
    }
  });

  test('stand one below the other on a phone, as do the places that are kept for them', async () => {
    const page = await browser.open(group, { viewport: { width: 360, height: 780 } });
    let answer = () => {};
    const held = new Promise<void>((go) => {
      answer = go;
    });
    await page.route('**/api/search?*', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto('/');
    await page.getByRole('region', { name: '新近发布' }).waitFor();
    expect(await besideEachOther(page, '[aria-label="新近发布"] [aria-busy="true"] > *')).toBe(false);
    answer();
    await page.locator('article').nth(1).waitFor();
    expect(await besideEachOther(page, 'article')).toBe(false);
  });
});

/** What of the titles, organisations and dates on cards is not seen whole. */
const cutIn = (page: Page): Promise<string[]> =>
  page
    .locator('article :is(h2, h3, p:has(time), p:has(+ p time))')
    .evaluateAll((all) =>
      all
        .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
        .map((one) => one.textContent ?? ''),
    );

/** Whether the first two are in one row. */
async function besideEachOther(page: Page, what: string): Promise<boolean> {
  const [first, second] = await page
    .locator(what)
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
  return first === second;
}
