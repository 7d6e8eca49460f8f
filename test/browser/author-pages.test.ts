import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { getMe } from '../../server/members/contract.ts';
import { getResource, updateResource } from '../../server/resources/contract.ts';
import { listReviews } from '../../server/reviews/contract.ts';
import { listTerms } from '../../server/vocabularies/contract.ts';
import { eventually } from '../eventually.ts';
import { draftOf, publishedBy, submittedBy } from '../http/build-resource.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { uploadFiles } from './build-library.ts';
import { inChromium, patience, settled, violationsOn } from './open-browser.ts';

inChromium('pages of authors, reviewers and curators', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;
  let reviewer: SignedIn;
  let curator: SignedIn;
  let folder: string;

  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'], name: '王建国' });
    reviewer = await group.member({ roles: ['reviewer'], organisation: author.organisation });
    curator = await group.member({ groupRoles: ['curator'] });
    folder = await mkdtemp(join(tmpdir(), 'courseyard-files-'));
  }, patience);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const draftNow = async (id: string) =>
    must(await author.call(getResource, { params: { id }, query: { view: 'draft' } })).body;

  async function openAs(member: SignedIn, path: string): Promise<Page> {
    const page = await browser.open(group, { cookie: member.headers.cookie });
    await page.goto(path);
    await settled(page);
    return page;
  }

  const idIn = (page: Page) => /resources\/([0-9a-f]{24})/.exec(page.url())?.[1] ?? '';

  test('a picked file begins a draft, arrives in it, and fills in what its name tells', async () => {
    const file = join(folder, '01-磨床操作规程.md');
    await writeFile(file, '# 磨床');
    const page = await openAs(author, '/upload');
    await page.locator('input[type=file][multiple]').setInputFiles(file);
    await page.waitForURL(/\/edit$/);
    await page.getByText('1 个文件，共').waitFor();
    expect(await page.getByText('读自文件').count()).toBeGreaterThan(1);
    expect(await draftNow(idIn(page))).toMatchObject({
      title: '磨床操作规程',
      materialType: 'text',
      language: 'zh-CN',
      files: [{ path: '01-磨床操作规程.md', size: 8 }],
    });
  });

  test('an upload that a reload has cut off goes on when the file is picked again', async () => {
    const file = join(folder, '大型录像.bin');
    await writeFile(file, Buffer.alloc(24_000_000, 7));
    const page = await openAs(author, '/upload');
    await page.route('**/api/uploads/*', async (route) => {
      if (route.request().method() === 'PATCH') await route.abort();
      else await route.continue();
    });
    await page.locator('input[type=file][multiple]').setInputFiles(file);
    await page.waitForURL(/\/edit$/);
    await page.getByText('正在自动重试').waitFor();
    page.on('dialog', (dialog) => dialog.accept());
    await page.unroute('**/api/uploads/*');
    await page.reload();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: '选择文件接着传' }).click();
    await (await chooser).setFiles(file);
    await page.getByText('1 个文件，共').waitFor();
    expect((await draftNow(idIn(page))).files).toMatchObject([{ size: 24_000_000 }]);
  });

  test('what is typed saves itself; when somebody else wrote there meanwhile, both versions are shown', async () => {
    const { id } = await draftOf(author, { title: '铣削入门', summary: '原来的简介' });
    const page = await openAs(author, `/resources/${id}/edit`);
    const summary = page.getByRole('textbox', { name: '简介' });
    await summary.fill('第一稿');
    await page.getByText(/^已保存/).waitFor();
    expect((await draftNow(id)).summary).toBe('第一稿');

    must(await group.admin.call(updateResource, { params: { id }, body: { summary: '对方写的' } }));
    await summary.fill('我写的');
    const both = page.getByRole('dialog', { name: '您和别人改了同一处' });
    const { name = '' } = must(await group.admin.call(getMe)).body.member ?? {};
    await both.getByRole('radio', { name: `对方的 · ${name} · 刚刚` }).waitFor();
    expect(await both.textContent()).toMatch(/我写的[\s\S]*对方写的/);
    expect(await violationsOn(page)).toEqual([]);
    await both.getByRole('radio', { name: /对方写的/ }).check();
    await both.getByRole('button', { name: '保留所选并继续' }).click();
    await both.waitFor({ state: 'detached' });
    expect(await summary.inputValue()).toBe('对方写的');
    expect((await draftNow(id)).summary).toBe('对方写的');
  });

  test('files are put in order by keyboard alone', async () => {
    const { id } = await draftOf(author, { title: '工单' });
    await uploadFiles(author, id, { 'a.md': '# a', 'b.md': '# b', 'c.md': '# c' });
    const page = await openAs(author, `/resources/${id}/edit`);
    await page.getByRole('button', { name: '移动 c.md' }).focus();
    for (const key of ['Space', 'ArrowUp', 'ArrowUp', 'Space']) await page.keyboard.press(key);
    await eventually(async () =>
      expect((await draftNow(id)).files.map(({ path }) => path)).toEqual(['c.md', 'a.md', 'b.md']),
    );
  });

  test('a reviewer returns with words at a field by keyboard, and the author reads them there', async () => {
    const { id } = await submittedBy(author, { title: '液压回路' });
    const page = await openAs(reviewer, `/reviews?open=${id}`);
    const waiting = page.getByRole('banner').getByRole('link', { name: /^审核/ });
    await waiting.getByText('（1 个待审核）').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: '对“简介”的意见' }).click();
    await page.getByRole('textbox', { name: '对“简介”的意见' }).fill('请写明型号');
    await page.getByRole('textbox', { name: '对“简介”的意见' }).blur();
    await page.keyboard.press('r');
    await page.getByRole('textbox', { name: '总体意见' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.type('补充后再提交');
    await page.getByRole('button', { name: /^退回修改/ }).click();
    await page.getByText('已退回“液压回路”').waitFor();
    await eventually(async () => expect(await waiting.textContent()).toBe('审核'));

    const own = await openAs(author, `/resources/${id}/edit`);
    await own.getByText('补充后再提交').waitFor();
    expect(await own.getByRole('textbox', { name: '简介' }).getAttribute('aria-describedby')).toMatch(
      /remark/,
    );
    await own.getByText('请写明型号').waitFor();
    await own.goto('/');
    await own.getByRole('article').filter({ hasText: '液压回路' }).getByText('已退回').waitFor();
  });

  test('A asks before it publishes, and the next resource is read from its beginning', async () => {
    const lines = Array.from({ length: 120 }, (_, i) => `第 ${i + 1} 步`).join('\n');
    const [first, second, third] = [
      await submittedBy(author, { title: '铣削平面', summary: lines }),
      await submittedBy(author, { title: '铣削沟槽', summary: lines }),
      await submittedBy(author, { title: '铣削台阶', summary: lines }),
    ].map(({ id }) => id);
    const waiting = async () =>
      must(await reviewer.call(listReviews, { query: {} })).body.items.map(({ id }) => id);
    const page = await openAs(reviewer, `/reviews?open=${second}`);
    const heading = (name: string) => page.getByRole('heading', { level: 2, name });
    await heading('铣削沟槽').waitFor();
    await page.getByText('第 120 步').waitFor();
    await page.keyboard.press('a');
    const question = page.getByRole('dialog', { name: '通过并发布“铣削沟槽”？' });
    await question.getByText('马上就能找到').waitFor();
    await page.keyboard.press('j'); // not while something is asked
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    expect(await waiting()).toEqual(expect.arrayContaining([first, second, third]));

    await page.mouse.wheel(0, 1500);
    await page.waitForFunction('scrollY > 500');
    await page.keyboard.press('a');
    await question.waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('已发布“铣削沟槽”').waitFor();
    await heading('铣削台阶').and(page.locator(':focus')).waitFor();
    expect(await page.evaluate('scrollY')).toBe(0);
    expect((await waiting()).filter((id) => id === second)).toEqual([]);
    await page.keyboard.press('k');
    await heading('铣削平面').and(page.locator(':focus')).waitFor();
    expect(await violationsOn(page)).toEqual([]);
  });

  test('the figures go up to today as the server counts, whatever the clock of the browser says', async () => {
    const today = await publishedBy(author, reviewer, { title: '今天用过' });
    const page = await browser.open(group, { cookie: group.admin.headers.cookie });
    await page.clock.setFixedTime(Date.now() - 2 * 86_400_000);
    await page.goto('/usage');
    await page.locator(`a[href="/resources/${today.id}"]`).waitFor();
    // What was used most, and by whom, stand side by side: no list hangs alone under the others.
    const topOf = async (name: string) => (await page.getByRole('heading', { name }).boundingBox())?.y;
    expect(await topOf('各单位的使用')).toBe(await topOf('用得最多的资源'));
    expect(await topOf('按类别')).toBe(await topOf('用得最多的资源'));
  });

  test('a course that is typed by name becomes the term by Enter; what no term goes by stays a word', async () => {
    const { id } = await draftOf(author, { title: '可编程控制' });
    const page = await openAs(author, `/resources/${id}/edit`);
    const courses = page.getByRole('combobox', { name: '适用课程' });
    const offers = page.locator(
      '.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option',
    );
    await courses.fill('plc应用技术');
    await eventually(async () =>
      expect(await offers.allTextContents()).toEqual(['PLC 应用技术自动化类课程']),
    );
    await courses.press('Enter');
    await courses.fill('焊条');
    await eventually(async () =>
      expect(await offers.allTextContents()).toEqual(['焊条', '焊条电弧焊焊接类课程']),
    );
    await courses.press('Enter');
    await eventually(async () => expect((await draftNow(id)).courses).toEqual(['plc', '焊条']));
    await courses.fill('Gas metal arc welding');
    await page.getByRole('textbox', { name: '简介' }).click();
    await eventually(async () =>
      expect((await draftNow(id)).courses).toEqual(['plc', '焊条', 'gas-shielded-welding']),
    );
    expect(await page.getByTitle('熔化极气体保护焊').count()).toBeGreaterThan(0);
  });

  test('a CSV tells in the language of the page what is wrong with it, and what it would change', async () => {
    const page = await openAs(curator, '/vocabularies/jobs');
    await page.getByRole('button', { name: '导入 CSV' }).click();
    const dialog = page.getByRole('dialog');
    const pick = async (csv: string) => {
      const file = join(folder, 'table.csv');
      await writeFile(file, csv);
      await dialog.locator('input[type=file][accept*=csv]').setInputFiles(file);
    };
    await pick('code,parent,zh-CN\n无 代码,,甲\n9,9999,\n');
    await dialog.getByText('有误 2').waitFor();
    const words = await dialog.getByRole('table').textContent();
    expect(words).toMatch(/代码“无 代码”不能作代码：以字母或数字开头/);
    expect(words).toMatch(/中文名称不能为空。/);
    await pick('code,zh-CN,synonym\n6-18-01-01,车工,车\n');
    await dialog.getByText('没有名为 synonym 的列').waitFor();
    await pick('code,synonyms\n6-18-01-01,数控车工|普车工\n');
    await dialog.getByText('同义词：数控车工 → 数控车工、普车工').waitFor();
    await page.close();
  });

  test('what was used lately comes first in the list of terms, also in the table of several', async () => {
    const { id } = await draftOf(author, { title: '夹具', majors: [] });
    const page = await openAs(author, `/resources/${id}/edit`);
    const first = (list: Page) => list.locator('.ant-select-item-option').first();
    await page.getByRole('combobox', { name: /适用专业/ }).fill('460305');
    await page.locator('.ant-select-item-option', { hasText: '工业机器人技术' }).click();
    await page.getByText(/^已保存/).waitFor();
    await page.goto(`/upload/table?drafts=${(await draftOf(author, { title: '量具', majors: [] })).id}`);
    await page
      .getByRole('combobox', { name: /适用专业/ })
      .last()
      .click();
    await first(page).waitFor();
    expect(await first(page).textContent()).toContain('工业机器人技术');
  });

  test('what is needed is told from what would help', async () => {
    const { id } = await draftOf(author, { title: '量块', summary: '' });
    const page = await openAs(author, `/resources/${id}/edit`);
    await page.getByRole('button', { name: '文件 必需' }).waitFor();
    await page.getByRole('button', { name: '简介 建议补充' }).waitFor();
    await page.getByRole('button', { name: '名称 已填' }).waitFor();
  });

  test('before it is known who is there, the header offers neither the way in nor a menu, and nothing moves then', async () => {
    const page = await browser.open(group, { cookie: author.headers.cookie });
    let tell = () => {};
    const known = new Promise<void>((resolve) => {
      tell = resolve;
    });
    await page.route('**/api/me', async (route) => {
      await known;
      await route.continue();
    });
    await page.goto('/collections');
    const box = page.getByRole('combobox').first();
    await box.waitFor();
    const before = await box.boundingBox();
    expect(await page.getByRole('banner').getByRole('link', { name: '登录' }).count()).toBe(0);
    tell();
    await page.getByRole('banner').getByRole('link', { name: '上传资源' }).waitFor();
    expect(await box.boundingBox()).toEqual(before);
  });

  test('a CSV shows what it would change before anything is written', async () => {
    const file = join(folder, 'jobs.csv');
    await writeFile(
      file,
      'code,parent,zh-CN,en,synonyms,equivalents,formerCodes,retired\nnew-1,,磨工,,,,,\n',
    );
    const page = await openAs(curator, '/vocabularies/jobs');
    await page.getByRole('button', { name: '导入 CSV' }).click();
    await page.locator('input[type=file][accept*=csv]').setInputFiles(file);
    await page.getByText('新增 1').waitFor();
    const codes = async () =>
      must(await curator.call(listTerms, { params: { key: 'jobs' }, query: {} })).body.items.map(
        ({ code }) => code,
      );
    expect(await codes()).not.toContain('new-1');
    await page.getByRole('button', { name: '写入 1 处更改' }).click();
    await page.getByText('已写入 1 处更改').waitFor();
    expect(await codes()).toContain('new-1');
  });
});
