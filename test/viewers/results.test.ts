import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from '@jest/globals';
import { keepAttempt, listResults } from '../../server/attempts/contract.ts';
import { published } from '../browser/build-library.ts';
import { inChromium, patience, settled, violationsOn } from '../browser/open-browser.ts';
import { scorm2004 } from '../browser/pack-zip.ts';
import { eventually } from '../eventually.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';

/** Made by simple-scorm-packager 0.2.7 from a page with one button, which passes whoever presses it with 92 points. */
const packaged = new URL('../fixtures/lathe-safety-scorm12.zip', import.meta.url);

inChromium('results', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;
  let learner: SignedIn;
  let id: string;
  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'], name: '李老师' });
    const school = await group.organisation();
    learner = await group.member({ organisation: school.id, name: '周同学' });
    id = await published(
      author,
      group.admin,
      { '车床安全.zip': await readFile(packaged), '对刀.zip': await scorm2004() },
      { title: '数控车床安全' },
    );
  }, patience);

  const stored = async () => must(await author.call(listResults, { params: { id }, query: {} })).body.items;

  test('a learner finishes an activity and sees what came of it; its author sees the row, and takes it along as CSV', async () => {
    const page = await browser.open(group, { cookie: learner.headers.cookie });
    await page.goto(`/resources/${id}?file=${encodeURIComponent('车床安全.zip')}`);
    const inside = page.frameLocator('main iframe').frameLocator('iframe');
    await inside.getByRole('button', { name: '检查防护门' }).waitFor();
    await page.waitForTimeout(3000);
    await inside.getByRole('button', { name: '检查防护门' }).click();
    const own = page.getByRole('region', { name: '我的学习结果' });
    await own.getByText('已通过').waitFor();
    await own.getByText('92 分').waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 780 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    const [row] = await stored();
    expect(row).toMatchObject({ title: '数控车床安全', score: 92, openings: 1, success: 'passed' });
    expect(row?.seconds).toBeGreaterThanOrEqual(3);
    expect(row?.seconds).toBeLessThan(20);

    const report = await browser.open(group, { cookie: author.headers.cookie });
    await report.goto(`/resources/${id}`);
    await report.getByRole('link', { name: '学习结果' }).click();
    await report.getByRole('rowheader', { name: /周同学/ }).waitFor();
    await settled(report);
    await report.getByRole('cell', { name: '92 分' }).waitFor();
    expect(await violationsOn(report)).toEqual([]);
    const download = report.waitForEvent('download');
    await report.getByRole('link', { name: '导出 CSV' }).click();
    const file = await (await download).path();
    expect(await readFile(file, 'utf8')).toContain('周同学');
    await report.setViewportSize({ width: 360, height: 780 });
    expect(await report.evaluate('document.documentElement.scrollWidth')).toBe(360);
  });

  test('the time of openings that were not ended adds up', async () => {
    const page = await browser.open(group, { cookie: learner.headers.cookie });
    const open = async () => {
      await page.goto(`/resources/${id}?file=${encodeURIComponent('对刀.zip')}`);
      await page.frameLocator('main iframe').frameLocator('iframe').getByText('周同学').waitFor();
    };
    const secondsOf = async () => (await stored()).find(({ file }) => file === '对刀.zip');
    await open();
    await page.waitForTimeout(2000);
    await page
      .frameLocator('main iframe')
      .frameLocator('iframe')
      .locator('body')
      .evaluate('API_1484_11.Commit("")');
    await eventually(async () => expect(await secondsOf()).toMatchObject({ openings: 1 }));
    const first = (await secondsOf())?.seconds ?? 0;
    expect(first).toBeGreaterThanOrEqual(2);
    await open();
    await page.waitForTimeout(2000);
    await page
      .frameLocator('main iframe')
      .frameLocator('iframe')
      .getByRole('button', { name: '完成' })
      .click();
    await eventually(async () =>
      expect(await secondsOf()).toMatchObject({ openings: 2, completion: 'completed', score: 90 }),
    );
    expect((await secondsOf())?.seconds).toBeGreaterThanOrEqual(first + 2);
    expect((await secondsOf())?.seconds).toBeLessThan(first + 20);
  });

  test('a teacher narrows the list and orders it; the address keeps both, on a computer and on a phone', async () => {
    const school = await group.organisation('北城职校');
    const path = '对刀.zip';
    const other = await published(author, group.admin, { [path]: await scorm2004() }, { title: '对刀' });
    const learn = async (name: string, organisation: string | undefined, cmi: Record<string, unknown>) => {
      const by = await group.member({ name, ...(organisation && { organisation }) });
      const params = { id: other, version: 'newest' as const, path };
      must(await by.call(keepAttempt, { params, body: { item: 'one', cmi } }));
    };
    await learn('张三', school.id, { success_status: 'passed', score: { raw: '95' } });
    await learn('李四', school.id, { success_status: 'failed', score: { raw: '40' } });
    await learn('李小龙', undefined, { completion_status: 'incomplete' });

    const page = await browser.open(group, { cookie: author.headers.cookie });
    await page.goto(`/resources/${other}/results`);
    const names = async () =>
      (await page.getByRole('rowheader').allInnerTexts()).map((text) => text.split('\n')[0]);
    const shows = (...wanted: string[]) => eventually(async () => expect(await names()).toEqual(wanted));
    await shows('李小龙', '李四', '张三');
    await page.getByRole('button', { name: '得分' }).press('Enter');
    await shows('张三', '李四', '李小龙');
    await page
      .getByRole('columnheader', { name: '得分' })
      .and(page.locator('[aria-sort=descending]'))
      .waitFor();
    await page.getByRole('button', { name: '得分' }).press('Enter');
    await shows('李四', '张三', '李小龙');
    await page.getByRole('searchbox', { name: '按姓名、拼音或首字母查找' }).fill('li');
    await shows('李四', '李小龙');
    await page.getByText('找到 2 条结果').waitFor();
    await settled(page);
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole('combobox', { name: '按成员单位筛选' }).selectOption('北城职校');
    await shows('李四');
    const kept = new URL(page.url());
    expect(Object.fromEntries(kept.searchParams)).toEqual({
      name: 'li',
      sort: 'lowest',
      organisation: school.id,
    });
    const table = await page.getByRole('link', { name: '导出 CSV' }).getAttribute('href');
    expect(table).toContain(`organisation=${school.id}`);
    await page.getByRole('radio', { name: '已通过' }).click();
    await page.getByRole('status').filter({ hasText: '没有符合条件的学习结果' }).waitFor();
    await page.getByRole('button', { name: '查看全部' }).click();
    await shows('李四', '张三', '李小龙');

    await page.setViewportSize({ width: 360, height: 780 });
    await page.goto(`${kept.pathname}?state=passed&sort=name`);
    await shows('张三');
    expect(await page.getByRole('button', { name: '得分' }).count()).toBe(0);
    await page.getByRole('radio', { name: '全部' }).click();
    await page.getByRole('combobox', { name: '排序' }).selectOption('姓名 Z–A');
    await shows('张三', '李小龙', '李四');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(await violationsOn(page)).toEqual([]);
  });
});
