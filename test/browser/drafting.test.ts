import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { getResource } from '../../server/resources/contract.ts';
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

  async function open(path: string): Promise<Page> {
    const page = await browser.open(group, { cookie: author.headers.cookie });
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

  test('says at its field what is wrong with a part of courseware, until that is another', async () => {
    const { id } = await draftOf(author, { title: '刀补' });
    const page = await open(`/resources/${id}/edit`);
    const method = page.getByRole('textbox', { name: '教学方法' });
    const aims = page.getByRole('textbox', { name: '学习目标 · 技能' });
    await method.fill('项目\u202e教学');
    await aims.fill('会对刀\u202e');
    for (const field of [method, aims])
      await eventually(async () => expect(await field.getAttribute('aria-invalid')).toBe('true'));
    expect(await page.locator('main').textContent()).not.toMatch(/courseware|aims/);
    await aims.fill('会对刀');
    expect(await aims.getAttribute('aria-invalid')).toBeNull();
    expect(await method.getAttribute('aria-invalid')).toBe('true');
    await method.fill('项目教学');
    await eventually(async () =>
      expect((await draftNow(id)).courseware).toEqual({ method: '项目教学', aims: { skill: '会对刀' } }),
    );
    await page.getByText(/^已保存/).waitFor();
  });

  test('says at the very task of a training asset what is wrong with it', async () => {
    const xr = { tasks: [{ title: '开机' }, { title: '对刀' }] };
    const { id } = await draftOf(author, { kind: 'xr', title: '数控仿真', xr });
    const page = await open(`/resources/${id}/edit`);
    const task = (n: number) => page.getByRole('textbox', { name: `第 ${n} 个任务`, exact: true });
    await task(1).fill('');
    await task(2).fill('试切\u202e对刀');
    await eventually(async () => expect(await task(2).getAttribute('aria-invalid')).toBe('true'));
    expect(await task(1).getAttribute('aria-invalid')).toBeNull();
    expect(await page.locator('main').textContent()).not.toContain('tasks');
    expect(await violationsOn(page)).toEqual([]);
    await task(2).fill('试切对刀');
    await eventually(async () => expect((await draftNow(id)).xr).toEqual({ tasks: [{ title: '试切对刀' }] }));
  });

  test.each([
    ['shukongjishu', '数控技术'],
    ['znhjjs', '智能焊接技术'],
    ['460305', '工业机器人技术'],
    ['industrial robot', '工业机器人技术'],
  ])('finds a major by what is typed of it: %s', async (typed, label) => {
    const { id } = await draftOf(author, { majors: [] });
    const page = await open(`/resources/${id}/edit`);
    await page.getByRole('combobox', { name: '适用专业' }).fill(typed);
    await page.locator('.ant-select-item-option').filter({ hasText: label }).first().waitFor();
    await page.keyboard.press('Enter');
    const major = page.locator('.ant-select-selection-item').filter({ hasText: label });
    await major.waitFor();
    await eventually(async () => expect((await draftNow(id)).majors).toHaveLength(1));
  });

  test('takes a post by its pinyin, though words that are in no list are welcome there', async () => {
    const { id } = await draftOf(author, { jobs: [] });
    const page = await open(`/resources/${id}/edit`);
    const jobs = page.getByRole('combobox', { name: '对应岗位' });
    if (!(await jobs.isVisible())) await page.getByText('更多说明').click();
    await jobs.fill('hangong');
    await page.locator('.ant-select-item-option').filter({ hasText: '焊工' }).first().waitFor();
    await page.keyboard.press('Enter');
    await eventually(async () => expect((await draftNow(id)).jobs).toHaveLength(1));
    expect((await draftNow(id)).jobs).not.toContain('hangong');
  });

  test('keeps a new word on leaving, and pinyin that is half typed in the field until it is chosen or kept', async () => {
    const { id } = await draftOf(author, { jobs: [] });
    const page = await open(`/resources/${id}/edit`);
    const jobs = page.getByRole('combobox', { name: '对应岗位' });
    if (!(await jobs.isVisible())) await page.getByText('更多说明').click();
    const title = page.getByRole('textbox', { name: '名称', exact: true });
    const typed = async (words: string) => {
      await jobs.fill(words);
      await page.locator('.ant-select-item-option').first().waitFor();
      await title.focus();
    };
    await typed('量子焊接员');
    await eventually(async () => expect((await draftNow(id)).jobs).toEqual(['量子焊接员']));
    await typed('hango');
    await page.getByText('“hango”像是拼音').waitFor();
    expect(await jobs.inputValue()).toBe('hango');
    await typed('ch'); // as in Mechanical
    await page.getByText('“ch”像是拼音').waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await typed('xyzzy');
    await eventually(async () => expect((await draftNow(id)).jobs).toEqual(['量子焊接员', 'xyzzy']));
    await typed('hango');
    await page.getByRole('button', { name: '保留这个词' }).click();
    await eventually(async () => expect((await draftNow(id)).jobs).toEqual(['量子焊接员', 'xyzzy', 'hango']));
    expect(await page.getByText('像是拼音').count()).toBe(0);
  });

  test('says what to do where no major goes by what is typed, and keeps the words until something is chosen', async () => {
    const { id } = await draftOf(author, { majors: [] });
    const page = await open(`/resources/${id}/edit`);
    const majors = page.getByRole('combobox', { name: '适用专业' });
    await majors.fill('量子纠缠');
    await page.getByText('可按名称、别名、拼音、首字母或代码查找').waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole('textbox', { name: '名称', exact: true }).focus();
    await page.getByText('“量子纠缠”还不是列表中的一项').waitFor();
    expect(await majors.inputValue()).toBe('量子纠缠');
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole('button', { name: '清除' }).click();
    await majors.fill('智能焊接技术');
    await page.keyboard.press('Tab');
    await eventually(async () => expect((await draftNow(id)).majors).toEqual(['460110']));
    expect(await page.getByText('还不是列表中的一项').count()).toBe(0);
  });

  test('a title of which nothing is to be seen is none, and what was said of it goes when it changes', async () => {
    const { id } = await draftOf(author, { title: '刨床' });
    const page = await open(`/resources/${id}/edit`);
    const title = page.getByRole('textbox', { name: '名称', exact: true });
    const side = page.getByRole('complementary');
    for (const blank of ['\u200b', '   ']) {
      await title.fill(blank);
      await page.getByRole('button', { name: '名称 必需' }).waitFor();
      await side.getByText('原因写在相应的栏目下').waitFor();
      expect(await page.getByRole('alert').allTextContents()).toEqual(['请填写名称']);
      let goOn = () => {};
      const held = new Promise<void>((resolve) => {
        goOn = resolve;
      });
      await page.route('**/api/resources/*', async (route) => {
        await held;
        await route.continue();
      });
      await title.fill(`牛头刨床${blank.length}`);
      await side.getByText('没能保存').waitFor({ state: 'detached' });
      expect(await side.textContent()).not.toMatch(/title|请修改后重试/);
      goOn();
      await eventually(async () => expect((await draftNow(id)).title).toBe(`牛头刨床${blank.length}`));
      await page.unroute('**/api/resources/*');
    }
  });
});
