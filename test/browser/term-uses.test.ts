import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { draftOf, publishedBy } from '../http/build-resource.ts';
import { type RunningGroup, startGroup } from '../http/start-group.ts';
import { inChromium, patience, settled, violationsOn } from './open-browser.ts';

inChromium('the uses of the terms of a vocabulary', (browser) => {
  let group: RunningGroup;
  beforeAll(async () => {
    group = await startGroup();
  }, patience);

  async function open(width = 1440): Promise<Page> {
    const curator = await group.member({ groupRoles: ['curator'] });
    const page = await browser.open(group, {
      cookie: curator.headers.cookie,
      reducedMotion: 'reduce',
      viewport: { width, height: 900 },
    });
    await page.goto('/vocabularies/courses');
    await settled(page);
    return page;
  }

  test('how many resources have a term leads to them in search, and orders the terms', async () => {
    const author = await group.member({ roles: ['author'] });
    for (const title of ['锉削平面', '锯削棒料'])
      await publishedBy(author, group.admin, {
        title,
        courses: ['fitting'],
        licence: 'cc-by-4.0',
        audience: { scope: 'public' },
      });
    await draftOf(author, { courses: ['fitting'] });
    const page = await open();
    const codes = () => page.getByRole('table').locator('td[data-label="代码"]').allTextContents();
    const listed = await codes();
    await page
      .getByText(/^草稿 \d$/)
      .first()
      .waitFor();
    const heading = page.getByRole('columnheader', { name: '资源' });
    for (const way of ['descending', 'ascending', 'none']) {
      await heading.getByRole('button').click();
      await page.locator(`th[aria-sort="${way}"]`).waitFor();
      const now = await codes();
      if (way === 'none') expect(now).toEqual(listed);
      else expect(way === 'descending' ? now.slice(0, 3) : now.slice(-3)).toContain('fitting');
    }
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole('link', { name: /^\d 个资源使用“钳工技能实训”/ }).click();
    await page.waitForURL('**/search?course=fitting');
    await page.getByRole('link', { name: '锉削平面' }).waitFor();
  });

  test('who does not curate is told no uses, and on a phone a list orders the terms', async () => {
    const page = await open(360);
    await page.getByRole('combobox', { name: '排序' }).selectOption('资源最多的在前');
    await page.waitForURL('**/courses?order=most-used');
    const width = await page.locator('html').evaluate((html) => html.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
    const visitor = await browser.open(group, {});
    await visitor.goto('/vocabularies/courses');
    await settled(visitor);
    expect(await visitor.getByRole('columnheader').allTextContents()).not.toContain('资源');
  });
});
