import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { getMe, invite } from '../../server/members/contract.ts';
import { getResource } from '../../server/resources/contract.ts';
import { eventually } from '../eventually.ts';
import { draftOf, publishedBy } from '../http/build-resource.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { inChromium, patience, settled, violationsOn } from './open-browser.ts';

inChromium('signing in', (browser) => {
  let group: RunningGroup;
  let member: SignedIn;

  beforeAll(async () => {
    group = await startGroup();
    member = await group.member({ roles: ['author'], name: '王建国' });
  }, patience);

  async function open(path: string, by?: SignedIn): Promise<Page> {
    const page = await browser.open(group, { cookie: by?.headers.cookie });
    await page.goto(path);
    await settled(page);
    return page;
  }

  /** What somebody types into the form of the page or of the dialog. */
  async function type(page: Page, password: string, { email } = member): Promise<void> {
    const form = page.getByRole('dialog').or(page.locator('main')).last();
    await form.getByRole('textbox', { name: '邮箱' }).fill(email);
    await form.getByRole('textbox', { name: '密码' }).fill(password);
    await page.keyboard.press('Enter');
  }

  const signedOut = (page: Page) => page.context().clearCookies({ name: /session/ });

  test('with a wrong password is refused at the form, which takes the right one next and leads on', async () => {
    const page = await open('/sign-in?next=/mine');
    await page.getByText('忘记密码？').waitFor();
    for (const wrong of ['a slip of the finger', 'and another slip']) {
      await type(page, wrong);
      await page.getByRole('alert').getByText('邮箱或密码不正确').waitFor();
      expect(await page.getByRole('dialog').count()).toBe(0);
    }
    expect(await violationsOn(page)).toEqual([]);
    await type(page, member.password);
    await page.waitForURL('**/mine');
  });

  test('is offered to visitors where a colleague sent them, and shows it afterwards', async () => {
    const { id, title } = await publishedBy(member, group.admin, { audience: { scope: 'group' } });
    const page = await open(`/resources/${id}`);
    await page.getByRole('link', { name: '登录后再看' }).click();
    await type(page, member.password);
    await page.getByRole('heading', { name: title, level: 1 }).waitFor();
  });

  test('is offered under the title of what is not found, which is short', async () => {
    const { id } = await draftOf(member);
    for (const path of [`/resources/${id}`, `/resources/${id}/versions/1`, `/collections/${id}`]) {
      const page = await open(path);
      await page.getByRole('link', { name: '登录后再看' }).waitFor();
      expect(await page.title()).toBe('没有找到 · Courseyard');
    }
  });

  test('by an invitation leads on, and is not opened again when it is over', async () => {
    const { id } = await group.organisation();
    const body = { email: 'lifang@example.org', roles: ['teacher' as const] };
    const { link } = must(await group.admin.call(invite, { params: { id }, body })).body;
    const page = await open(link.path);
    let opened = 0;
    page.on('request', (request) => {
      if (request.method() === 'GET' && request.url().includes('/api/invitations/')) opened += 1;
    });
    await page.getByRole('textbox', { name: '姓名' }).fill('李芳');
    await page.getByRole('textbox', { name: '密码' }).fill('a password of Li Fang');
    await page.getByRole('button', { name: '加入', exact: true }).click();
    await page.waitForURL((url) => url.pathname === '/');
    await page.getByRole('button', { name: '李芳的菜单' }).waitFor();
    expect(opened).toBe(0);
  });

  test('goes on in the language that the member chose, in the menu as on their own page', async () => {
    const linguist = await group.member({ name: 'Li Min' });
    const chosen = async () => must(await linguist.call(getMe)).body.member?.language;
    const page = await open('/profile', linguist);
    await page.getByRole('button', { name: /的菜单$/ }).click();
    await page.getByRole('menuitem', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Profile', level: 1 }).waitFor();
    await page.locator('main').getByRole('radio', { name: 'English', checked: true }).waitFor();
    await eventually(async () => expect(await chosen()).toBe('en'));

    const elsewhere = await open('/sign-in?next=/profile');
    await type(elsewhere, linguist.password, linguist);
    await elsewhere.getByRole('heading', { name: 'Profile', level: 1 }).waitFor();
    await elsewhere.getByRole('radio', { name: '中文' }).check({ force: true });
    await elsewhere.getByRole('button', { name: 'Save', exact: true }).click();
    await elsewhere.getByRole('heading', { name: '个人设置', level: 1 }).waitFor();
    expect(await chosen()).toBe('zh-CN');
  });

  test('goes on in the language of the page for who never chose one, until they do', async () => {
    const page = await browser.open(group, { language: 'en' });
    await page.goto('/sign-in?next=/profile');
    const { email, password } = await group.member({ name: 'Zhou Jie' });
    await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Profile', level: 1 }).waitFor();
    await page.locator('main').getByRole('radio', { name: 'English', checked: true }).waitFor();
  });

  describe('again, after the session has ended', () => {
    const named = async () => must(await member.call(getMe)).body.member?.name;

    /** A profile with a new name, of which saving was refused because nobody is signed in any more. */
    async function refusedToSave(name: string): Promise<Page> {
      const page = await open('/profile', member);
      await page.getByRole('textbox', { name: '姓名' }).fill(name);
      await signedOut(page);
      await save(page).click();
      await again(page).waitFor();
      return page;
    }
    const save = (page: Page) => page.getByRole('button', { name: '保存', exact: true });
    const again = (page: Page) => page.getByRole('dialog', { name: '登录已过期' });

    test('a wrong password is said in the dialog, and with the right one saving goes on', async () => {
      const page = await refusedToSave('王建军');
      for (const wrong of ['a slip of the finger', 'and another slip']) {
        await type(page, wrong);
        await again(page).getByRole('alert').getByText('邮箱或密码不正确').waitFor();
      }
      expect(await page.getByRole('dialog').count()).toBe(1);
      expect(await violationsOn(page)).toEqual([]);
      await type(page, member.password);
      await again(page).waitFor({ state: 'detached' });
      await page.getByText('已保存', { exact: true }).waitFor();
      expect(await named()).toBe('王建军');
    });

    test('a page stands behind the dialog as it was left, though it is for members alone', async () => {
      const { id } = await draftOf(member, { title: '数控磨床对刀' });
      const page = await open(`/resources/${id}/edit`, member);
      let goOn = () => {};
      const held = new Promise<void>((resolve) => {
        goOn = resolve;
      });
      await page.route(`**/api/resources/${id}`, (route) => held.then(() => route.continue()));
      await signedOut(page);
      await page.getByRole('textbox', { name: '简介' }).fill('砂轮对刀的步骤');
      await page.getByRole('banner').getByRole('link', { name: '上传资源' }).click();
      await page.waitForURL('**/upload');
      const files = ['工艺卡.md', '工序卡.md'].map((name) => ({
        name,
        mimeType: 'text/markdown',
        buffer: Buffer.from(name),
      }));
      await page.locator('input[type=file][multiple]').first().setInputFiles(files);
      const chosen = page.locator('main').getByText('工艺卡').first();
      await chosen.waitFor();
      goOn();
      await again(page).waitFor();
      await chosen.waitFor();
      await page.keyboard.press('Escape');
      await again(page).waitFor({ state: 'detached' });
      await chosen.waitFor();
    });

    test('a draft is asked for, too, of which a visitor may not know, and keeps what is typed', async () => {
      const { id } = await draftOf(member, { title: '数控车床对刀' });
      const page = await open(`/resources/${id}/edit`, member);
      await signedOut(page);
      await page.getByRole('textbox', { name: '简介' }).fill('试切法对刀的步骤');
      await again(page).waitFor();
      await type(page, member.password);
      await again(page).waitFor({ state: 'detached' });
      await eventually(async () => {
        const { body } = must(await member.call(getResource, { params: { id }, query: { view: 'draft' } }));
        expect(body.summary).toBe('试切法对刀的步骤');
      });
    });

    test('a draft whose author closes the dialog is not saved and says so, until they write on or ask for it', async () => {
      const { id } = await draftOf(member, { title: '数控铣床对刀' });
      const page = await browser.open(group, { cookie: member.headers.cookie });
      await page.clock.install();
      await page.goto(`/resources/${id}/edit`);
      await settled(page);
      let tries = 0;
      page.on('request', (request) => {
        if (request.method() === 'PATCH') tries += 1;
      });
      const summary = page.getByRole('textbox', { name: '简介' });
      const dismiss = async () => {
        await again(page).waitFor();
        await page.keyboard.press('Escape');
        await page.getByRole('status').getByText('没能保存，内容已留在本机').waitFor();
        await page.getByText('请重新登录后再试').waitFor();
        await again(page).waitFor({ state: 'detached' });
      };
      await signedOut(page);
      await summary.fill('寻边器对刀');
      await dismiss();
      await page.clock.fastForward('01:00');
      expect(tries).toBe(1);
      expect(await violationsOn(page)).toEqual([]);

      await summary.fill('寻边器对刀的步骤');
      await dismiss();
      await page.getByRole('button', { name: '立即保存' }).click();
      await type(page, member.password);
      await page.getByText(/^已保存/).waitFor();
      expect(tries).toBe(4);
      const { body } = must(await member.call(getResource, { params: { id }, query: { view: 'draft' } }));
      expect(body.summary).toBe('寻边器对刀的步骤');
    });

    test('who closes the dialog is told why nothing was saved, and can try again', async () => {
      const page = await refusedToSave('王建设');
      await page.keyboard.press('Escape');
      await page.getByRole('alert').getByText('请重新登录后再试').waitFor();
      expect(await page.getByRole('textbox', { name: '姓名' }).inputValue()).toBe('王建设');
      await save(page).click();
      await again(page).waitFor();
      await type(page, member.password);
      await page.getByText('已保存', { exact: true }).waitFor();
      expect(await named()).toBe('王建设');
    });

    test('what one member has typed is not saved in the name of another', async () => {
      const other = await group.member({ name: '李敏' });
      const before = await named();
      const page = await refusedToSave('王建民');
      await again(page).getByText(`${before}（${member.email}）的登录已过期`).waitFor();
      expect(await again(page).getByRole('textbox', { name: '邮箱' }).inputValue()).toBe(member.email);
      await again(page).getByRole('textbox', { name: '邮箱' }).fill(other.email);
      await again(page).getByRole('alert').getByText(`换人登录后，${before}填写的内容不会保存`).waitFor();
      expect(await violationsOn(page)).toEqual([]);
      await type(page, other.password, other);
      await again(page).waitFor({ state: 'detached' });
      await page.getByText(`现在登录的是另一位成员，${before}填写的内容没有保存`).waitFor();
      expect(await page.getByRole('textbox', { name: '姓名' }).inputValue()).toBe('李敏');
      expect(await save(page).isDisabled()).toBe(true);
      expect(must(await other.call(getMe)).body.member?.name).toBe('李敏');
    });

    test('what was typed into a draft waits in the browser while somebody else is signed in', async () => {
      const other = await group.member({ name: '李敏' });
      const { id } = await draftOf(member, { title: '数控镗床对刀' });
      const page = await open(`/resources/${id}/edit`, member);
      const summary = page.getByRole('textbox', { name: '简介' });
      await signedOut(page);
      await summary.fill('镗刀对刀的步骤');
      await again(page).waitFor();
      await type(page, other.password, other);
      await page.getByText('草稿里的内容留在本机').waitFor();
      await page
        .getByRole('heading', { name: '没有找到', level: 1 })
        .or(page.getByText('没有找到'))
        .first()
        .waitFor();

      await signedOut(page);
      await page.goto(`/sign-in?next=/resources/${id}/edit`);
      await type(page, member.password);
      await eventually(async () => {
        const { body } = must(await member.call(getResource, { params: { id }, query: { view: 'draft' } }));
        expect(body.summary).toBe('镗刀对刀的步骤');
      });
      expect(await summary.inputValue()).toBe('镗刀对刀的步骤');
    });
  });
});
