import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  deleteResource,
  getResource,
  shareResource,
  updateResource,
} from '../../server/resources/contract.ts';
import { eventually } from '../eventually.ts';
import { draftOf, publishedBy } from '../http/build-resource.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { inChromium, patience, settled, violationsOn } from './open-browser.ts';

inChromium('a draft while it is written', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;

  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'], name: '王建国' });
  }, patience);

  const draftNow = async (id: string) =>
    must(await author.call(getResource, { params: { id }, query: { view: 'draft' } })).body;

  async function open(path: string, by = author): Promise<Page> {
    const page = await browser.open(group, { cookie: by.headers.cookie });
    await page.goto(path);
    await settled(page);
    return page;
  }

  test('begins with words alone, of the usual kind, and says that no file told anything', async () => {
    const page = await open('/upload');
    await page.getByRole('button', { name: '先写说明' }).click();
    await page.waitForURL(/\/edit$/);
    await settled(page);
    expect(await page.getByRole('textbox', { name: '名称' }).inputValue()).toBe('未命名资源');
    expect(await page.getByText('读自文件').count()).toBe(0);
    const id = /resources\/([0-9a-f]{24})/.exec(page.url())?.[1] ?? '';
    expect(await draftNow(id)).toMatchObject({ kind: 'courseware', title: '未命名资源', files: [] });
  });

  test('gets the kind that its author chooses; what was written for the old one comes back on demand', async () => {
    const { id } = await draftOf(author, { courseware: { method: '项目教学' } });
    const page = await open(`/resources/${id}/edit`);
    expect(await page.getByRole('radio', { name: /模块化课件/ }).isChecked()).toBe(true);
    await page.getByRole('radio', { name: /新型教材/ }).check({ force: true });
    await page.getByRole('textbox', { name: 'ISBN' }).waitFor();
    await eventually(async () => {
      const draft = await draftNow(id);
      expect(draft.kind).toBe('textbook');
      expect(draft).not.toHaveProperty('courseware');
    });
    await page.getByRole('button', { name: '撤销' }).click();
    expect(await page.getByRole('textbox', { name: '教学方法' }).inputValue()).toBe('项目教学');
    await eventually(async () =>
      expect(await draftNow(id)).toMatchObject({ kind: 'courseware', courseware: { method: '项目教学' } }),
    );
    expect(await violationsOn(page)).toEqual([]);
  });

  test('of several beside each other each has its kind, and the chosen ones get one together', async () => {
    const ids: string[] = [];
    for (const title of ['焊接仿真', '磨床手册']) ids.push((await draftOf(author, { title })).id);
    const [first = '', second = ''] = ids;
    const page = await open(`/upload/table?drafts=${ids.join(',')}`);
    const choose = async (list: string, kind: string) => {
      await page.getByRole('combobox', { name: list, exact: true }).click();
      await page.locator('.ant-select-dropdown:visible').getByText(kind, { exact: true }).click();
    };
    await choose('类别：焊接仿真', 'VR/AR 实训');
    await eventually(async () => expect((await draftNow(first)).kind).toBe('xr'));
    for (const title of ['焊接仿真', '磨床手册'])
      await page.getByRole('checkbox', { name: `选择 ${title}` }).check();
    await choose('设置类别', '新型教材');
    await eventually(async () => {
      for (const id of [first, second]) expect((await draftNow(id)).kind).toBe('textbook');
    });
  });

  test('of what is published offers no other kind', async () => {
    const { id } = await publishedBy(author, group.admin);
    const page = await open(`/resources/${id}/edit`);
    await page.getByRole('button', { name: '开始新草稿' }).click();
    await page.getByRole('textbox', { name: '名称' }).waitFor();
    expect(await page.getByRole('radio', { name: /新型教材/ }).count()).toBe(0);
  });

  test('is edited together with a colleague, who finds it and cannot do what only its owner may', async () => {
    const { organisation } = author;
    const colleague = await group.member({ organisation, name: '李敏' });
    const another = await group.member({ organisation, name: '赵策' });
    const { id } = await draftOf(author, { title: '液压站拆装' });
    const page = await open(`/resources/${id}/edit`);
    await page.getByRole('button', { name: '邀请共同编辑' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: '谁能编辑这份草稿' });
    must(await group.admin.call(shareResource, { params: { id }, body: { editors: [another.id] } }));
    await dialog.getByRole('combobox', { name: '添加本单位的同事' }).fill('limin');
    await page.locator('.ant-select-item-option', { hasText: '李敏' }).waitFor();
    await page.keyboard.press('Enter');
    await dialog.getByRole('status').getByText('李敏可以编辑了').waitFor();
    expect((await draftNow(id)).editors).toEqual([another.id, colleague.id]);
    expect(await violationsOn(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '共同编辑：赵策、李敏' }).waitFor();

    const beside = await open('/', colleague);
    await beside.getByRole('banner').getByRole('link', { name: '我的资源' }).click();
    await beside.getByRole('link', { name: '液压站拆装' }).click();
    await beside.getByRole('textbox', { name: '简介' }).fill('两人一组，按工作页拆装。');
    await eventually(async () => expect((await draftNow(id)).summary).toBe('两人一组，按工作页拆装。'));
    expect(await beside.getByRole('button', { name: '删除草稿' }).count()).toBe(0);
    await beside.getByRole('button', { name: '共同编辑：王建国、赵策' }).click();
    await beside.getByRole('listitem').filter({ hasText: '王建国' }).getByText('建立者').waitFor();
    expect(await beside.getByRole('dialog').getByRole('combobox').count()).toBe(0);
    expect(await beside.getByRole('button', { name: /^移除/ }).count()).toBe(0);
    const refused = await colleague.call(shareResource, { params: { id }, body: { editors: [] } });
    expect(refused.status).toBe(403);
    expect((await colleague.call(deleteResource, { params: { id } })).status).toBe(403);

    await page.getByRole('button', { name: '共同编辑：赵策、李敏' }).click();
    await dialog.getByRole('button', { name: '移除 李敏' }).press('Enter');
    await dialog.getByRole('button', { name: '撤销' }).press('Enter');
    await dialog.getByText('李敏可以编辑了').waitFor();
    await dialog.getByRole('button', { name: '移除 李敏' }).click();
    await dialog.getByText('李敏不能再编辑它').waitFor();
    expect((await draftNow(id)).editors).toEqual([another.id]);
    const late = await colleague.call(updateResource, { params: { id }, body: { summary: '晚了' } });
    expect(late.status).toBe(404);
    await beside.goto('/mine');
    await settled(beside);
    expect(await beside.getByRole('link', { name: '液压站拆装' }).count()).toBe(0);
    await beside.goto(`/resources/${id}/edit`);
    await beside.getByRole('alert').waitFor();
  });

  test('says at its field what is wrong with an ISBN', async () => {
    const { id } = await draftOf(author, { kind: 'textbook', title: '磨床手册' });
    const page = await open(`/resources/${id}/edit`);
    const isbn = page.getByRole('textbox', { name: 'ISBN' });
    await isbn.fill('9787111213820');
    await page.getByText('有内容没有通过检查').waitFor();
    expect(await isbn.getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('main').textContent()).not.toContain('textbook.isbn');
    await isbn.fill('9787111213826');
    await eventually(async () => expect((await draftNow(id)).textbook).toEqual({ isbn: '9787111213826' }));
    expect(await isbn.getAttribute('aria-invalid')).toBeNull();
  });
});
