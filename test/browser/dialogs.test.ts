import { beforeAll, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { listTerms } from '../../server/vocabularies/contract.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { published } from './build-library.ts';
import { png } from './make-files.ts';
import { inChromium, patience, settled, violationsOn } from './open-browser.ts';

inChromium('dialogs', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;
  let curator: SignedIn;

  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'] });
    curator = await group.member({ groupRoles: ['curator'] });
  }, patience);

  async function openAs(member: SignedIn, path: string, phone = false): Promise<Page> {
    const viewport = phone ? { width: 360, height: 780 } : { width: 1440, height: 900 };
    const page = await browser.open(group, { cookie: member.headers.cookie, viewport });
    await page.goto(path);
    await settled(page);
    return page;
  }

  const focused = (opener: Locator) => opener.and(opener.page().locator(':focus')).waitFor();

  test('Enter in a line adds an organisation, and the focus returns to what opened the dialog', async () => {
    const page = await openAs(group.admin, '/organisations');
    const opener = page.getByRole('button', { name: '添加单位' });
    await opener.press('Enter');
    const dialog = page.getByRole('dialog', { name: '添加成员单位' });
    const name = dialog.getByRole('textbox', { name: '名称' });
    await name.press('Enter');
    await dialog.getByText('请填写单位全称，至少两个字').waitFor();
    await name.fill('北岭职业学校');
    await name.press('Enter');
    await page.getByRole('row', { name: /北岭职业学校/ }).waitFor();
    await dialog.waitFor({ state: 'detached' });
    await focused(opener);
  });

  test('Enter invites; when the link has taken the place of the question, the focus returns from there', async () => {
    const page = await openAs(group.admin, '/members');
    const opener = page.getByRole('button', { name: '邀请成员' }).first();
    await opener.press('Enter');
    await page.getByRole('textbox', { name: '邮箱' }).fill('new@example.org');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: '链接已生成' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await focused(opener);
  });

  test('Enter saves a term, also after a word was chosen from a list', async () => {
    const page = await openAs(curator, '/vocabularies/courses');
    const opener = page.getByRole('button', { name: '修改 焊接类课程', exact: true });
    await opener.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: '英文名称' }).fill('Welding of all kinds');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await focused(opener);
    const { items } = must(
      await curator.call(listTerms, { params: { key: 'courses' }, query: { q: '焊接类课程' } }),
    ).body;
    expect(items[0]?.labels.en).toBe('Welding of all kinds');
  });

  test('what only tells something gives the focus back, too', async () => {
    const resource = await published(author, group.admin, { '封面.png': await png() });
    const page = await openAs(author, `/resources/${resource}`);
    for (const name of [/引用$/, /撤下…$/]) {
      const opener = page.getByRole('button', { name });
      await opener.press('Enter');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await focused(opener);
    }
  });

  test.each([
    ['members', '/members', '姓名,邮箱,角色\n王,没有邮箱,教师\n', /没有邮箱/],
    ['terms', '/vocabularies/jobs', 'code,parent,zh-CN\n无 代码,,甲\n', /代码“无 代码”不能作代码/],
  ])('on a phone, what is wrong with a CSV of %s has room to be read', async (_, path, csv, words) => {
    const page = await openAs(group.admin, path, true);
    await page.getByRole('button', { name: /导入/ }).first().click();
    const file = { name: 'table.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };
    await page.locator('input[type=file][accept*=csv]').setInputFiles(file);
    const reason = page.getByRole('dialog').getByRole('cell', { name: words }).last();
    const { width = 0 } = (await reason.boundingBox()) ?? {};
    expect(width).toBeGreaterThan(220);
    const frame = page.getByRole('dialog').getByRole('region');
    expect(await frame.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
    expect(await violationsOn(page)).toEqual([]);
  });
});
