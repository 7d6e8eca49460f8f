import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { collectionEndpoints, listShelves, shelfEndpoints } from '../../server/collections/contract.ts';
import { eventually } from '../eventually.ts';
import { publishedBy } from '../http/build-resource.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { inChromium, patience, settled, violationsOn } from './open-browser.ts';

inChromium('a collection while it is arranged', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;
  let curator: SignedIn;
  let another: SignedIn;

  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'] });
    curator = await group.member({ groupRoles: ['curator'] });
    another = await group.member({ groupRoles: ['curator'] });
  }, patience);

  const { create, get, update, addItem, changeItem } = collectionEndpoints;
  const makeSet = async (title: string) => must(await curator.call(create, { body: { title } })).body.id;
  const setNow = async (id: string) => must(await curator.call(get, { params: { id } })).body;

  async function open(id: string): Promise<Page> {
    const page = await browser.open(group, { cookie: curator.headers.cookie });
    await page.goto(`/collections/${id}/edit`);
    await settled(page);
    return page;
  }
  const told = (page: Page, words: RegExp) =>
    page.getByRole('main').getByRole('status').filter({ hasText: words }).waitFor();
  const titleIn = (page: Page) => page.getByRole('textbox', { name: '标题', exact: true });

  test('says what is not saved while the server cannot be reached, keeps it and sends it later', async () => {
    const { id: resource } = await publishedBy(author, group.admin, { title: '车刀刃磨' });
    const id = await makeSet('车工');
    must(await curator.call(addItem, { params: { id }, body: { resource } }));
    const page = await open(id);
    await told(page, /^已全部保存$/);
    const unreachable = (target: Page) => target.route('**/api/collections/**', (route) => route.abort());
    await unreachable(page);
    await titleIn(page).fill('车工入门');
    await told(page, /有未保存的修改/);
    await told(page, /没能保存，内容已留在本机/);
    await page.getByRole('textbox', { name: '车刀刃磨的说明' }).fill('先看安全须知');
    await page.getByRole('button', { name: '添加小节' }).click();
    await page.getByRole('textbox', { name: '小节标题' }).fill('第一课');
    expect(await titleIn(page).inputValue()).toBe('车工入门');
    expect(await violationsOn(page)).toEqual([]);

    await page.unroute('**/api/collections/**');
    await page.reload();
    await told(page, /^已保存/);
    expect(await setNow(id)).toMatchObject({
      title: '车工入门',
      sections: [{ title: '第一课' }],
      items: [{ resource, note: '先看安全须知' }],
    });

    await unreachable(page);
    await titleIn(page).fill('车工基础');
    await told(page, /没能保存/);
    await page.unroute('**/api/collections/**');
    await told(page, /^已保存/);
    expect((await setNow(id)).title).toBe('车工基础');
  });

  test('marks what some readers will not see, who are offered to sign in for it', async () => {
    const narrow = await publishedBy(author, group.admin, {
      title: '内部图纸',
      audience: { scope: 'group' },
    });
    const wide = await publishedBy(author, group.admin, { title: '公开课', audience: { scope: 'public' } });
    const id = await makeSet('镗工');
    for (const { id: resource } of [narrow, wide])
      must(await curator.call(addItem, { params: { id }, body: { resource } }));
    const page = await open(id);
    const mark = page.getByText('部分读者看不到', { exact: true });
    expect(await mark.count()).toBe(0);
    await page.getByRole('radio', { name: '公开' }).check({ force: true });
    await page.getByText('1 个资源的可见范围比这里小').waitFor();
    expect(await mark.count()).toBe(1);
    expect(await violationsOn(page)).toEqual([]);

    const visitor = await browser.open(group);
    await visitor.goto(`/collections/${id}`);
    await visitor.getByText('集团成员还能看到更多资源').waitFor();
    expect(await visitor.getByRole('heading', { name: '内部图纸' }).count()).toBe(0);
    expect(await violationsOn(visitor)).toEqual([]);
    await visitor.getByRole('link', { name: '登录后再看' }).click();
    await visitor.getByRole('textbox', { name: '邮箱' }).fill(author.email);
    await visitor.getByRole('textbox', { name: '密码' }).fill(author.password);
    await visitor.keyboard.press('Enter');
    await visitor.getByRole('heading', { name: '内部图纸' }).waitFor();
    expect(await visitor.getByText('集团成员还能看到更多资源').count()).toBe(0);
  });

  test('shows both texts when another curator has written at the same place, and joins the others', async () => {
    const { id: resource } = await publishedBy(author, group.admin, { title: '铣刀选用' });
    const id = await makeSet('铣工');
    must(await curator.call(addItem, { params: { id }, body: { resource } }));
    const page = await open(id);
    const theirs = { title: '铣工（他的）', summary: '他的引言' };
    must(await another.call(update, { params: { id }, body: theirs }));
    must(await another.call(changeItem, { params: { id, resource }, body: { note: '他的说明' } }));
    await titleIn(page).fill('铣工（我的）');
    const dialog = page.getByRole('dialog', { name: '您和别人改了同一处' });
    await dialog.getByText('铣工（他的）').waitFor();
    await dialog.getByText('铣工（我的）').waitFor();
    expect(await violationsOn(page)).toEqual([]);
    expect((await setNow(id)).title).toBe('铣工（他的）');
    await dialog.getByRole('button', { name: '保留所选并继续' }).click();
    await told(page, /^已保存/);
    expect(await setNow(id)).toMatchObject({ title: '铣工（我的）', summary: '他的引言' });

    const note = page.getByRole('textbox', { name: '铣刀选用的说明' });
    expect(await note.inputValue()).toBe('他的说明');
    must(await another.call(changeItem, { params: { id, resource }, body: { note: '他又改了' } }));
    await note.fill('我的说明');
    await dialog.getByText('我的说明').waitFor();
    await dialog.getByRole('button', { name: '全部用对方的' }).click();
    await dialog.getByRole('button', { name: '保留所选并继续' }).click();
    await eventually(async () => expect(await note.inputValue()).toBe('他又改了'));
    expect((await setNow(id)).items).toMatchObject([{ note: '他又改了' }]);
  });

  test('keeps at its place what the server does not take, says why, and saves the rest', async () => {
    const id = await makeSet('钳工');
    const page = await open(id);
    await titleIn(page).fill('钳工\u202e基础');
    await page.getByRole('textbox', { name: '引言' }).fill('写给新教师');
    await told(page, /没能保存/);
    await eventually(async () => expect((await setNow(id)).summary).toBe('写给新教师'));
    expect(await titleIn(page).getAttribute('aria-invalid')).toBe('true');
    expect(await titleIn(page).inputValue()).toBe('钳工\u202e基础');
    await titleIn(page).fill('');
    await page.getByRole('alert').getByText('不能留空').waitFor();
    await titleIn(page).fill('钳工基础');
    await told(page, /^已保存/);
    expect((await setNow(id)).title).toBe('钳工基础');
  });

  test('begins with a title, and leaves nothing behind when its curator thinks better of it', async () => {
    const reader = await group.member();
    const page = await browser.open(group, { cookie: reader.headers.cookie });
    await page.goto('/shelves');
    await settled(page);
    await page.getByRole('button', { name: '新建书架' }).click();
    const dialog = page.getByRole('dialog', { name: '新建书架' });
    await dialog.getByRole('button', { name: '取消' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(must(await reader.call(listShelves)).body.items).toEqual([]);
    await page.getByRole('button', { name: '新建书架' }).click();
    await dialog.getByRole('textbox', { name: '标题' }).fill('磨削备课');
    expect(await violationsOn(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/edit$/);
    expect(must(await reader.call(listShelves)).body.items).toMatchObject([{ title: '磨削备课' }]);
  });

  test('of a shelf, does not call saved what somebody who is signed out has typed', async () => {
    const reader = await group.member();
    const { id } = must(await reader.call(shelfEndpoints.create, { body: { title: '备课' } })).body;
    const page = await browser.open(group, { cookie: reader.headers.cookie });
    await page.goto(`/shelves/${id}/edit`);
    await settled(page);
    await page.context().clearCookies();
    await titleIn(page).fill('备课用');
    await told(page, /没能保存|正在保存/);
    expect(await titleIn(page).inputValue()).toBe('备课用');
    expect(await page.getByText(/^已(全部)?保存/).count()).toBe(0);
  });
});
