import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { published } from './build-library.ts';
import { png } from './make-files.ts';
import { inChromium, patience } from './open-browser.ts';

inChromium('searching', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;

  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'] });
    const files = { '封面.png': await png() };
    await published(author, group.admin, files, { title: '数控车床对刀' });
    await published(author, group.admin, files, { title: '数控铣床平面加工' });
    await published(author, group.admin, files, { title: '焊接机器人示教', kind: 'xr', majors: ['460110'] });
  }, patience);

  test('the keyboard alone finds, looks into and opens a resource', async () => {
    const page = await browser.open(group);
    await page.goto('/search');
    await page.locator('[data-hit]').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('数控');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=/);
    await hits(page, 2);
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowDown');
    const focused = () => page.locator(':focus').getAttribute('data-hit');
    const first = await focused();
    expect(first).toBeTruthy();
    await page.keyboard.press(' ');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.locator(`[data-hit="${first}"]`).focus();
    await page.keyboard.press('ArrowRight');
    const second = await focused();
    expect(second).not.toBe(first);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/resources/${second}`);
  });

  test('the address holds the whole question', async () => {
    const page = await browser.open(group);
    await page.goto('/search');
    await hits(page, 3);
    await page.getByRole('checkbox', { name: /VR/ }).check();
    await page.waitForURL(/kind=xr/);
    await hits(page, 1);
    await page.reload();
    await hits(page, 1);
    expect(await page.getByRole('checkbox', { name: /VR/ }).isChecked()).toBe(true);
    await page.getByRole('button', { name: /取消筛选/ }).click();
    await hits(page, 3);
  });

  test('what matches is marked, and what a title contains is never markup', async () => {
    const files = { '封面.png': await png() };
    await published(author, group.admin, files, { title: '车床 <b onclick=alert(1)>粗体</b>' });
    const page = await browser.open(group);
    await page.goto('/search?q=车床');
    await page.locator('mark').first().waitFor();
    await page.getByText('<b onclick=alert(1)>').first().waitFor();
    expect(await page.locator('main b[onclick]').count()).toBe(0);
  });

  test('without hits it says what was looked for and what to do', async () => {
    const page = await browser.open(group);
    await page.goto('/search?q=没有这种东西');
    await page.getByText('没有找到相关资源').waitFor();
    await page.getByRole('link', { name: '浏览全部资源' }).click();
    await page.locator('[data-hit]').first().waitFor();
  });
});

/** Waits until exactly so many hits are shown. */
async function hits(page: Page, count: number): Promise<void> {
  await page
    .locator('[data-hit]')
    .nth(count - 1)
    .waitFor();
  await page.locator('[data-hit]').nth(count).waitFor({ state: 'detached' });
}
