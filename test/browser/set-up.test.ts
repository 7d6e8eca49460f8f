import { beforeEach, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { getMe } from '../../server/members/contract.ts';
import { secretFor } from '../../server/secret.ts';
import { type RunningApp, startApp } from '../http/start-app.ts';
import { must } from '../http/start-group.ts';
import { inChromium, patience, settled, violationsOn } from './open-browser.ts';

const SECRET = 'a secret for tests, long enough to be one';
/** The path that a first start prints. */
const link = `/set-up#${secretFor({ SECRET, DATA_DIR: '' }, 'set-up')}`;

/** Long enough for a name, and nothing of it can be seen. */
const unseen = '\u200b\u200b\u200b';

const desktop = {};
const phone = { viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true };

inChromium('the set-up', (browser) => {
  let app: RunningApp;
  beforeEach(async () => {
    app = await startApp({ SECRET });
  }, patience);

  test.each([
    ['a desktop', desktop],
    ['a phone', phone],
  ])('a fresh instance is set up by the printed link on %s, and then is closed', async (_, screen) => {
    const page = await browser.open(app, screen);
    for (const path of ['/', '/sign-in']) {
      await page.goto(path);
      await page.locator('main').getByText('设置链接').waitFor();
      expect(await page.locator('main').getByRole('link', { name: /登录/ }).count()).toBe(0);
      expect(await page.getByLabel('密码').count()).toBe(0);
      expect(await violationsOn(page)).toEqual([]);
    }
    await page.goto(link);
    await page.getByRole('textbox', { name: '集团名称' }).press('Enter');
    await page.getByText('请填写', { exact: true }).waitFor();
    await page.getByRole('textbox', { name: '集团名称' }).fill('东江装备制造职教集团');
    await page.keyboard.press('Enter');
    const organisation = page.getByRole('textbox', { name: '单位名称' });
    await organisation.fill(' 东 ');
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByText('请填写单位全称，至少两个字').waitFor();
    await organisation.fill(unseen);
    await page.getByRole('button', { name: '下一步' }).click();

    const name = page.getByRole('textbox', { name: '姓名' });
    await name.fill('赵主任');
    await page.getByRole('button', { name: '上一步' }).click();
    expect(await organisation.inputValue()).toBe(unseen);
    await page.getByRole('button', { name: '下一步' }).click();
    expect(await name.inputValue()).toBe('赵主任');
    await page.getByRole('textbox', { name: '邮箱' }).fill('zhao');
    await page.keyboard.press('Enter');
    await page.getByText('请填写有效的邮箱').waitFor();
    await page.getByRole('textbox', { name: '邮箱' }).fill('zhao@example.org');
    await page.getByLabel('密码', { exact: true }).fill('1234567890');
    await page.keyboard.press('Enter');
    await page.locator('#organisationName[aria-invalid="true"]').waitFor(); // the server refuses it: nothing to be seen
    await organisation.fill('东江职业技术学院');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '完成设置' }).click();
    await page.getByText('密码过于常见').waitFor(); // in one place, at its field
    await page.getByLabel('密码', { exact: true }).fill('第一位管理员的密码很长');
    await page.getByText('密码过于常见').waitFor({ state: 'detached' }); // it fades
    expect(await violationsOn(page)).toEqual([]);
    await page.keyboard.press('Enter');

    await page.getByRole('heading', { level: 2, name: '东江装备制造职教集团 已准备就绪' }).waitFor();
    await page.getByRole('button', { name: '赵主任的菜单' }).waitFor();
    expect(await violationsOn(page)).toEqual([]);
    expect(await signedInOn(page)).toMatchObject({
      member: { name: '赵主任', email: 'zhao@example.org' },
      organisation: { name: '东江职业技术学院', kind: 'college' },
      group: { name: '东江装备制造职教集团' },
    });
    await page.getByRole('link', { name: '邀请同事' }).click();
    await page.waitForURL('**/organisations');

    await page.goto(link);
    await page.locator('main').getByRole('link', { name: '回到首页' }).waitFor();
    const late = await browser.open(app, screen);
    await late.goto(link);
    await late.getByText('设置已经完成').waitFor();
    await late.locator('main').getByRole('link', { name: '登录' }).waitFor();
    expect(await late.getByRole('textbox', { name: '集团名称' }).count()).toBe(0);
  });

  test('goes on where it stood after a reload, with all that was typed but the password', async () => {
    const page = await browser.open(app);
    await page.goto(link);
    await page.getByRole('textbox', { name: '集团名称' }).fill('东江装备制造职教集团');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: '单位名称' }).fill('东江职业技术学院');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: '姓名' }).fill('赵主任');
    await page.getByLabel('密码', { exact: true }).fill('第一位管理员的密码很长');
    await page.reload();
    const name = page.getByRole('textbox', { name: '姓名' });
    await name.waitFor();
    expect(await name.inputValue()).toBe('赵主任');
    expect(await page.getByLabel('密码', { exact: true }).inputValue()).toBe('');
    expect(
      await page.evaluate('JSON.stringify(sessionStorage) + JSON.stringify(localStorage)'),
    ).not.toContain('第一位');
    await page.getByRole('textbox', { name: '邮箱' }).fill('zhao@example.org');
    await page.getByLabel('密码', { exact: true }).fill('第一位管理员的密码很长');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name: '东江装备制造职教集团 已准备就绪' }).waitFor();
    expect(await signedInOn(page)).toMatchObject({
      organisation: { name: '东江职业技术学院', kind: 'college' },
      group: { name: '东江装备制造职教集团' },
    });
    expect(await page.evaluate("sessionStorage.getItem('set-up')")).toBeNull();
  });

  test('on a phone, in English, no word of the steps is broken', async () => {
    const page = await browser.open(app, { ...phone, language: 'en' });
    await page.goto(link);
    await settled(page);
    const titles = page.locator('.ant-steps-item-title');
    expect(await titles.allTextContents()).toEqual(['Group', 'Organisation', 'Administrator']);
    const broken = await titles.evaluateAll((all) =>
      all.filter((one) => one.getBoundingClientRect().height > 30).map((one) => one.textContent),
    );
    expect(broken).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    expect(await violationsOn(page)).toEqual([]);
  });

  /** Who the page's own session is. */
  async function signedInOn(page: Page) {
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    return must(await app.caller({ cookie }).call(getMe)).body;
  }
});
