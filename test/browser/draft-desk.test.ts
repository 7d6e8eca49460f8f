import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  deleteResource,
  getResource,
  shareResource,
  submitResource,
  updateResource,
} from '../../server/resources/contract.ts';
import { eventually } from '../eventually.ts';
import { draftOf, upload } from '../http/build-resource.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { zipOf } from '../zip-of.ts';
import { uploadFiles } from './build-library.ts';
import { png } from './make-files.ts';
import { inChromium, patience, settled, violationsOn } from './open-browser.ts';

inChromium('the desk of a draft', (browser) => {
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

  test('lets an author invite a colleague, who finds the draft and cannot do what only its owner may', async () => {
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

  test('asks once, before anything is sent, what becomes of files whose names are taken', async () => {
    const { id } = await draftOf(author, { title: '工艺卡' });
    const names = Array.from({ length: 6 }, (_, n) => `工艺卡-${n + 1}.md`);
    for (const name of names.slice(0, 3)) await upload(author, id, name, `# 原来的 ${name}`);
    const file = (name: string, words: string) => ({
      name,
      mimeType: 'text/markdown',
      buffer: Buffer.from(`# ${words} ${name}`),
    });
    const page = await open(`/resources/${id}/edit`);
    const pick = (words: string, some: readonly string[]) =>
      page.locator('input[type=file][multiple]').setInputFiles(some.map((name) => file(name, words)));
    const pathsNow = async () => (await draftNow(id)).files.map(({ path }) => path);

    await pick('第二次的', names);
    const dialog = page.getByRole('dialog', { name: '草稿里已有 3 个同名的文件' });
    await dialog.getByRole('listitem').filter({ hasText: '工艺卡-3.md' }).waitFor();
    expect(await dialog.getByRole('listitem').count()).toBe(3);
    expect(await dialog.getByRole('radio', { name: /两个都保留/ }).isChecked()).toBe(true);
    expect(await violationsOn(page)).toEqual([]);
    await dialog.getByRole('button', { name: '取消' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await pathsNow()).toHaveLength(3);

    await pick('第二次的', names);
    await dialog.getByRole('radio', { name: /不传同名的/ }).check();
    await dialog.getByRole('button', { name: '上传 3 个文件' }).click();
    await eventually(async () => expect((await pathsNow()).toSorted()).toEqual(names.toSorted()));

    await pick('第三次的', names.slice(0, 1));
    await page.getByRole('button', { name: '上传 1 个文件' }).click();
    await page.getByRole('button', { name: '重命名 工艺卡-1 (2).md' }).waitFor();
    const before = await draftNow(id);
    await pick('第四次的', names.slice(0, 1));
    await page.getByRole('radio', { name: /^替换/ }).check();
    await page.getByRole('button', { name: '上传 1 个文件' }).click();
    const first = async () => (await draftNow(id)).files.find(({ path }) => path === names[0])?.sha256;
    await eventually(async () =>
      expect(await first()).not.toBe(before.files.find(({ path }) => path === names[0])?.sha256),
    );
    expect(await pathsNow()).toEqual(before.files.map(({ path }) => path));
  });

  test('opens a file by its name or picture', async () => {
    const { id } = await draftOf(author, { title: '工艺卡' });
    await upload(author, id, '工艺卡.md', '# 车外圆');
    const page = await open(`/resources/${id}/edit`);
    const drawer = page.getByRole('dialog', { name: '工艺卡.md' });
    await page.getByRole('button', { name: '工艺卡.md', exact: true }).click();
    await drawer.getByRole('heading', { name: '车外圆' }).waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await page.getByRole('list', { name: /^文件/ }).locator('button[aria-hidden]').click();
    await drawer.getByRole('heading', { name: '车外圆' }).waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    expect(await violationsOn(page)).toEqual([]);
  });

  test('tells which name a file got when another has taken its own meanwhile', async () => {
    const { id } = await draftOf(author, { title: '对刀记录' });
    const page = await open(`/resources/${id}/edit`);
    await upload(author, id, '记录.md', '# 同事刚传的');
    const file = { name: '记录.md', mimeType: 'text/markdown', buffer: Buffer.from('# 我的') };
    await page.locator('input[type=file][multiple]').setInputFiles(file);

    const news = page.getByRole('status').filter({ hasText: '已另存为' });
    await news.getByRole('listitem').filter({ hasText: '记录.md → 记录 (2).md' }).waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await news.getByRole('button', { name: '知道了' }).click();
    await news.waitFor({ state: 'detached' });
    expect((await draftNow(id)).files.map(({ path }) => path)).toEqual(['记录.md', '记录 (2).md']);
  });

  test('shows a draft under review as readable as any, without what to do before it is submitted', async () => {
    const { id } = await draftOf(author, { title: '已经送审的草稿', creators: ['王建国'], tags: ['对刀'] });
    await upload(author, id);
    must(await author.call(submitResource, { params: { id }, body: {} }));
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.open(group, { cookie: author.headers.cookie, colorScheme });
      await page.goto(`/resources/${id}/edit`);
      await settled(page);
      await page.getByRole('status').filter({ hasText: '待审核' }).waitFor();
      await page.locator('.ant-select-disabled', { hasText: '王建国' }).waitFor();
      expect(await page.getByRole('complementary', { name: '提交前' }).count()).toBe(0);
      expect(await violationsOn(page)).toEqual([]);
    }
  });

  test('marks every file of which something could not be made, also one that has a picture, with the reason', async () => {
    const { id } = await draftOf(author, { title: '缺页的教案' });
    const document = await zipOf({
      mimetype: 'application/vnd.oasis.opendocument.text',
      'META-INF/manifest.xml': '<manifest/>',
      'Thumbnails/thumbnail.png': await png(),
    });
    await uploadFiles(author, id, {
      '教案.odt': document,
      '夹具.glb': Buffer.from('glTF\x02\0\0\0\x40\0\0\0'),
      '说明.md': '# 说明',
    });
    const page = await open(`/resources/${id}/edit`);
    const row = (name: string) => page.getByRole('listitem').filter({ hasText: name });
    await row('教案.odt')
      .getByText(/^文件已损坏/)
      .waitFor({ timeout: 60_000 });
    await row('教案.odt').locator('img').waitFor();
    await row('夹具.glb')
      .getByText(/^文件已损坏/)
      .waitFor({ timeout: 60_000 });
    expect(await page.getByText(/^文件已损坏/).count()).toBe(2);
    expect(await violationsOn(page)).toEqual([]);
  });

  test('says at once why a file is not taken, when the draft cannot take any', async () => {
    const { id } = await draftOf(author, { title: '送审中的草稿' });
    await upload(author, id);
    const page = await open(`/resources/${id}/edit`);
    must(await author.call(submitResource, { params: { id }, body: {} }));
    const file = { name: '补充.md', mimeType: 'text/markdown', buffer: Buffer.from('# 补充') };
    await page.locator('input[type=file][multiple]').setInputFiles(file);
    await page.getByText('草稿正在审核中。需要修改时，请先撤回提交。').waitFor({ timeout: 10_000 });
    await page.getByRole('button', { name: '重试 补充.md' }).waitFor();
  });

  test('puts the files of a folder in the order of their numbers, Chinese ones too, however they arrive', async () => {
    const { id } = await draftOf(author, { title: '机械加工' });
    const names = [
      '项目一/课时1.md',
      '项目一/课时2.md',
      '项目一/课时10.md',
      '项目二.md',
      '项目三.md',
      '项目十一.md',
      '项目二十.md',
    ];
    const folder = await mkdtemp(join(tmpdir(), 'courseyard-folder-'));
    await mkdir(join(folder, '项目一'));
    for (const name of names) await writeFile(join(folder, name), `# ${name}`);
    const page = await open(`/resources/${id}/edit`);
    let sent = 0;
    await page.route('**/api/uploads', async (route) => {
      sent += 1;
      if (sent === 1) await new Promise((resolve) => setTimeout(resolve, 1500));
      await route.continue();
    });
    await page.locator('input[type=file][webkitdirectory]').setInputFiles(folder);
    await eventually(async () => expect((await draftNow(id)).files.map(({ path }) => path)).toEqual(names));
    const shown = page.getByRole('button', { name: /^重命名/ });
    await eventually(async () =>
      expect(
        await shown.evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label'))),
      ).toEqual(names.map((name) => `重命名 ${name}`)),
    );
    await rm(folder, { recursive: true, force: true });
  });

  test('takes a file in place of one that was just removed, and keeps it', async () => {
    const { id } = await draftOf(author, { title: '工序卡' });
    for (const path of ['a.md', 'b.md']) await upload(author, id, path, '# 原来的');
    const page = await open(`/resources/${id}/edit`);
    for (const path of ['a.md', 'b.md']) await page.getByRole('button', { name: `移除 ${path}` }).click();
    const file = { name: 'a.md', mimeType: 'text/markdown', buffer: Buffer.from('# 新的') };
    await page.locator('input[type=file][multiple]').setInputFiles(file);
    await page.getByRole('button', { name: '重命名 a.md' }).waitFor();
    expect((await draftNow(id)).files).toMatchObject([{ path: 'a.md', size: file.buffer.length }]);
    expect(await page.getByRole('button', { name: '撤销' }).count()).toBe(0);
    await upload(author, id, 'c.md', '# 多余的');
    await page.reload();
    await page.getByRole('button', { name: '移除 c.md' }).click();
    await page.getByRole('button', { name: '提交审核' }).click();
    await page.waitForURL('**/mine');
    expect((await draftNow(id)).files.map(({ path }) => path)).toEqual(['a.md']);
  });

  test('keeps the field of a file that is given a taken name open, with what was typed and why', async () => {
    const { id } = await draftOf(author, { title: '工单' });
    for (const path of ['a.md', 'b.md']) await upload(author, id, path, path);
    const page = await open(`/resources/${id}/edit`);
    await page.getByRole('button', { name: '重命名 b.md' }).click();
    const field = page.getByRole('textbox', { name: '新名称' });
    await field.fill('A.md');
    await field.press('Enter');
    await page.getByRole('alert').getByText('路径 A.md 已有文件').waitFor();
    expect(await field.inputValue()).toBe('A.md');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await field.and(page.locator(':focus')).waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole('textbox', { name: '名称', exact: true }).click();
    expect(await field.inputValue()).toBe('A.md');
    await field.fill('c.md');
    await field.press('Enter');
    await page.getByRole('button', { name: '重命名 c.md' }).and(page.locator(':focus')).waitFor();
    expect((await draftNow(id)).files.map(({ path }) => path)).toEqual(['a.md', 'c.md']);
  });
});
