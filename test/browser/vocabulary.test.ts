import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { listTerms } from '../../server/vocabularies/contract.ts';
import { eventually } from '../eventually.ts';
import { draftOf, publishedBy } from '../http/build-resource.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { inChromium, patience, settled, violationsOn } from './open-browser.ts';

inChromium('the page of a vocabulary', (browser) => {
  let group: RunningGroup;
  let curator: SignedIn;
  beforeAll(async () => {
    group = await startGroup();
    curator = await group.member({ groupRoles: ['curator'] });
  }, patience);

  async function open(key: string, width = 1440): Promise<Page> {
    const page = await browser.open(group, {
      cookie: curator.headers.cookie,
      reducedMotion: 'reduce',
      viewport: { width, height: 900 },
    });
    await page.goto(`/vocabularies/${key}`);
    await settled(page);
    return page;
  }

  async function termsOf(key: string) {
    const query = { limit: 2000, retired: 'true' } as const;
    return must(await curator.call(listTerms, { params: { key }, query })).body.items;
  }

  const below = async (key: string, parent: string) =>
    (await termsOf(key)).filter((term) => term.parent === parent).map(({ code }) => code);

  async function choose(page: Page, field: string, typed: string): Promise<void> {
    await page.getByRole('dialog').getByRole('combobox', { name: field }).fill(typed);
    await page.locator('.ant-select-item-option:visible').first().click();
  }

  test('a term moves below another, to its place there, with its equivalents and former codes', async () => {
    const page = await open('courses');
    await page.getByRole('button', { name: '修改 钳工技能实训' }).click();
    await choose(page, '上级', '焊接类');
    await choose(page, '排列', '排在最前');
    await choose(page, '对应术语', '氩弧焊');
    await page.getByRole('combobox', { name: '旧代码' }).fill('gy-01');
    await page.keyboard.press('Enter');
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存 钳工技能实训').waitFor();

    expect(await below('courses', 'welding-courses')).toEqual([
      'fitting',
      'arc-welding',
      'gas-shielded-welding',
      'tig-welding',
      'robot-welding',
    ]);
    expect((await termsOf('courses')).find(({ code }) => code === 'fitting')).toMatchObject({
      labels: { 'zh-CN': '钳工技能实训' },
      equivalents: ['tig-welding'],
      formerCodes: ['gy-01'],
    });
  });

  test('a term is added below another, behind the one that was chosen', async () => {
    const page = await open('courses');
    await page.getByRole('button', { name: '添加术语' }).click();
    await page.getByRole('dialog').getByLabel('中文名称').fill('变频器应用');
    await page.getByRole('textbox', { name: '代码' }).fill('vfd');
    await choose(page, '上级', '自动化类');
    await choose(page, '排列', 'plc');
    await page.getByRole('button', { name: '添加', exact: true }).click();
    await page.getByText('已添加 变频器应用').waitFor();
    expect((await below('courses', 'automation-courses')).slice(0, 3)).toEqual([
      'plc',
      'vfd',
      'motor-control',
    ]);
  });

  test('a term is retired, stays in sight of curators and is brought back', async () => {
    const page = await open('material-types');
    const isRetired = async () =>
      (await termsOf('material-types')).find(({ code }) => code === 'audio')?.retired;
    for (const retired of [true, false]) {
      await page.getByRole('button', { name: '修改 音频' }).click();
      await page.getByRole('checkbox', { name: '停用' }).click();
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await eventually(async () => expect(await isRetired()).toBe(retired));
      await page.getByText('已停用').waitFor({ state: retired ? 'visible' : 'detached' });
    }
  });

  test('the form of a term with a long place fits on a phone', async () => {
    const page = await open('majors', 360);
    await page.getByRole('button', { name: '修改 高速铁路动车组制造与维护' }).click();
    const edges = page.getByRole('dialog').locator('.ant-select');
    const right = await edges.evaluateAll((found) => found.map((one) => one.getBoundingClientRect().right));
    expect(Math.max(...right)).toBeLessThan(350);
  });

  test('a term without synonyms leaves no empty line for them on a phone', async () => {
    const page = await open('majors', 360);
    const synonyms = page
      .locator('tr', { hasText: '装备制造大类（高职专科）' })
      .first()
      .locator('td[data-label="同义词"]');
    await synonyms.waitFor();
    const bare = page.locator('tr', { hasText: '4601' }).first().locator('td[data-label="同义词"]');
    await bare.waitFor({ state: 'hidden' });
  });

  test('branches fold and unfold by keyboard, one by one and all at once', async () => {
    const page = await open('majors');
    const rows = page.getByRole('table').locator('tbody tr');
    const all = await rows.count();
    const handle = page.getByRole('button', { name: '自动化类 的下级' });
    await handle.focus();
    await page.keyboard.press('Enter');
    expect(await handle.getAttribute('aria-expanded')).toBe('false');
    expect(await rows.count()).toBe(all - 11);
    await page.keyboard.press('Space');
    expect(await rows.count()).toBe(all);
    await page.getByRole('button', { name: '全部收起' }).click();
    expect(await rows.allTextContents()).toHaveLength(3);
    await page.getByRole('searchbox', { name: /按名称/ }).fill('机电一体化');
    await page.getByText('机电一体化技术').waitFor();
  });

  test('a merge tells before how many resources it moves', async () => {
    const author = await group.member({ roles: ['author'] });
    const description = { courses: ['chassis'], licence: 'cc-by-4.0' as const };
    await publishedBy(author, group.admin, description);
    await draftOf(author, description);
    await draftOf(author, description);
    const page = await open('courses');
    await page.getByRole('button', { name: '合并 汽车底盘构造与维修' }).click();
    await choose(page, '并入', '动力电池');
    await page.getByText('已发布 1 个，草稿 2 个').waitFor();
  });
});
