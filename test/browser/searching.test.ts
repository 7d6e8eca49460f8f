import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { editMe } from '../../server/members/contract.ts';
import { eventually } from '../eventually.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { published } from './build-library.ts';
import { png } from './make-files.ts';
import { inChromium, patience, settled, violationsOn } from './open-browser.ts';

inChromium('searching', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;

  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'] });
    const files = { '封面.png': await png() };
    await published(author, group.admin, files, { title: '数控车床对刀' });
    await published(author, group.admin, files, { title: '数控铣床平面加工' });
    await published(author, group.admin, files, { title: '焊接机器人示教', kind: 'xr', majors: ['460305'] });
  }, patience);

  test('the keyboard alone finds, looks into and opens a resource', async () => {
    const page = await browser.open(group);
    await page.goto('/search');
    await page.locator('[data-hit]').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('数控');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=/);
    await hits(page, 2);
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowDown');
    const focused = () => page.locator(':focus').getAttribute('data-hit');
    const first = await focused();
    expect(first).toBeTruthy();
    await page.keyboard.press(' ');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused()).toBe(first);
    await page.keyboard.press('ArrowRight');
    const second = await focused();
    expect(second).not.toBe(first);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/resources/${second}`);
  });

  test('the keys lead into the hits of a search from the home page, and go on at the hit that one comes back from', async () => {
    const page = await browser.open(group);
    await page.goto('/');
    await page.locator('main').getByRole('combobox').fill('数控');
    await page.keyboard.press('Enter');
    await hits(page, 2, 'at least');
    const [first, second] = await page
      .locator('[data-hit]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-hit') ?? ''));
    const focused = (hit = '') => page.locator(`[data-hit="${hit}"]:focus`).waitFor();
    await page.keyboard.press('ArrowDown');
    await focused(first);
    await page.keyboard.press('ArrowRight');
    await focused(second);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/resources/${second}`);
    await settled(page);
    await page.goBack();
    await focused(second);
    await page.keyboard.press('ArrowLeft');
    await focused(first);
    await page.keyboard.press(' ');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await focused(first);
  });

  test('until the first results show, at most 250 kB of scripts come over the wire', async () => {
    const page = await browser.open(group);
    await page.goto('/search');
    await hits(page, 3);
    const { scripts, whole } = await page.evaluate(() => {
      const loaded: unknown[] = performance.getEntriesByType('resource');
      const own = (loaded as { name: string; encodedBodySize: number; decodedBodySize: number }[]).filter(
        ({ name }) => name.endsWith('.js'),
      );
      return {
        scripts: own.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
        whole: own.reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0),
      };
    });
    expect({ scripts, fits: scripts > 0 && scripts <= 250_000 }).toEqual({ scripts, fits: true });
    expect(whole).toBeGreaterThan(2 * scripts);
  });

  test('the address holds the whole question', async () => {
    const page = await browser.open(group);
    await page.goto('/search');
    await hits(page, 3);
    await page.getByRole('checkbox', { name: /VR/ }).check();
    await page.waitForURL(/kind=xr/);
    await hits(page, 1);
    await page.reload();
    await hits(page, 1);
    expect(await page.getByRole('checkbox', { name: /VR/ }).isChecked()).toBe(true);
    await page.getByRole('button', { name: /取消筛选/ }).click();
    await hits(page, 3);
  });

  test('majors unfold step by step, and stay unfolded where one is chosen', async () => {
    const page = await browser.open(group);
    await page.goto('/search');
    const majors = page.getByRole('group', { name: '专业' });
    const machining = majors.getByRole('checkbox', { name: '数控技术' });
    const unfold = majors.getByRole('button', { name: /^机械设计制造类/ });
    await unfold.waitFor();
    expect(await machining.isVisible()).toBe(false);
    await unfold.click();
    expect(await unfold.getAttribute('aria-expanded')).toBe('true');
    expect(await majors.getByRole('checkbox', { name: '工业机器人技术' }).isVisible()).toBe(false);
    await machining.check();
    await page.waitForURL(/major=460103/);
    await hits(page, 2);
    await page.reload();
    await machining.waitFor();
    expect(await machining.isChecked()).toBe(true);
  });

  test('a course keeps its whole name where a slash stands in it; a media type is named by its format', async () => {
    for (const courses of [['AD/DA 转换技术'], ['焊接实训']])
      await published(author, group.admin, { '封面.png': await png() }, { title: '自动编程', courses });
    const page = await browser.open(group);
    await eventually(async () => {
      await page.goto('/search?q=自动编程');
      await hits(page, 2, 'at least', 3_000);
    }, 30_000);
    const courses = page.getByRole('group', { name: '课程' });
    await courses.getByRole('checkbox', { name: 'AD/DA 转换技术', exact: true }).waitFor();
    const formats = page.getByRole('group', { name: '文件格式' });
    await formats.getByRole('checkbox', { name: 'PNG', exact: true }).waitFor({ state: 'attached' });
  });

  test('what matches is marked, and what a title contains is never markup', async () => {
    const files = { '封面.png': await png() };
    await published(author, group.admin, files, { title: '车床 <b onclick=alert(1)>粗体</b>' });
    const page = await browser.open(group);
    await page.goto('/search?q=车床');
    await page.locator('mark').first().waitFor();
    await page.getByText('<b onclick=alert(1)>').first().waitFor();
    expect(await page.locator('main b[onclick]').count()).toBe(0);
  });

  test.each([360, 1440])('a hit shows where its passage matches, at %i px', async (width) => {
    const before = '铣削之前先看图样，量毛坯，查工艺卡，再选铣刀和垫铁；';
    const text = `# 任务三：平面与台阶的铣削和检测以及记录表的填写\n\n${before.repeat(3)}然后用百分表找正平口钳${'，并记下读数'.repeat(20)}`;
    await published(author, group.admin, { '工作页.md': text }, { title: '铣工实训' });
    const page = await browser.open(group, { viewport: { width, height: 800 } });
    await eventually(async () => {
      await page.goto('/search?q=找正平口钳');
      await page.locator('article a mark').first().waitFor({ timeout: 3_000 });
    }, 30_000);
    for (const view of ['卡片', '列表']) {
      await page.getByRole('button', { name: view }).click();
      const isSeen = await page
        .locator('article a mark')
        .first()
        .evaluate((mark) => {
          const shown = mark.parentElement?.getBoundingClientRect();
          const { bottom } = mark.getClientRects()[0] ?? {};
          return shown !== undefined && bottom !== undefined && bottom <= shown.bottom + 1;
        });
      expect(isSeen).toBe(true);
    }
  });

  test('without hits it says what was looked for and what to do', async () => {
    const page = await browser.open(group);
    await page.goto('/search?q=没有这种东西');
    await page.getByText('没有找到相关资源').waitFor();
    await page.getByRole('link', { name: '浏览全部资源' }).click();
    await page.locator('[data-hit]').first().waitFor();
  });

  test('without hits it shows what is nearest: without the filters, in the majors that one teaches, or used by all', async () => {
    const teacher = await group.member();
    must(await teacher.call(editMe, { body: { majors: ['460305'] } }));
    const page = await browser.open(group, { cookie: teacher.headers.cookie });
    const near = async (path: string, title: string): Promise<string> => {
      await page.goto(path);
      const region = page.getByRole('region', { name: title });
      await region.locator('[data-hit]').first().waitFor();
      expect(await violationsOn(page)).toEqual([]);
      return (await region.locator('[data-hit]').allTextContents()).join();
    };
    expect(await near('/search?q=量子纠缠态', '您任教的专业里用得最多的')).toBe('焊接机器人示教');
    expect(await near('/search?q=焊接机器人示教&kind=textbook', '不加筛选能找到')).toContain(
      '焊接机器人示教',
    );
    must(await teacher.call(editMe, { body: { majors: [] } }));
    expect(await near('/search?q=量子纠缠态', '大家用得最多的')).toContain('数控车床对刀');
    await page.getByRole('link', { name: '看看专题' }).click();
    await page.waitForURL('**/collections');
  });

  test('days and sizes narrow the hits, stand in the address and are taken back one by one', async () => {
    const page = await browser.open(group);
    await page.goto('/search?q="平面加工"');
    await hits(page, 1);
    const later = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel('从', { exact: true }).fill(later);
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`publishedFrom=${later}`));
    await page.getByText('没有找到相关资源').waitFor();
    await page.getByRole('button', { name: `取消筛选： 发布日期 ${later} 起` }).click();
    await hits(page, 1);
    await page.goto('/search?q="平面加工"&publishedFrom=2026-02-02&publishedTo=2026-01-01&sizeTo=10000000');
    await page.getByText('开始日期晚于结束日期').waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole('button', { name: /取消筛选： 发布日期/ }).click();
    await hits(page, 1);
    expect(page.url()).toContain('sizeTo=10000000');
  });

  test('on a phone the days stand in the drawer of filters', async () => {
    const page = await browser.open(group, { viewport: { width: 390, height: 844 }, hasTouch: true });
    await page.goto('/search');
    await hits(page, 3, 'at least');
    await page.getByRole('button', { name: /筛选/ }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel('到', { exact: true }).fill('2020-01-01');
    await drawer.getByLabel('到', { exact: true }).blur();
    await drawer.getByText(/查看 0 个结果/).waitFor();
    expect(await violationsOn(page)).toEqual([]);
  });

  test('a misspelled question is offered as it was meant, and leads there', async () => {
    const page = await browser.open(group);
    await page.goto('/search?q=数空车床');
    await page.getByText('数控车床').first().waitFor();
    await page.locator('[data-hit]').first().waitFor();
    await page.getByText(/已显示“数控车床”的结果|您是不是要找/).waitFor();
    expect(await violationsOn(page)).toEqual([]);
  });

  test('a member follows a search, is told of what is new, and stops following it', async () => {
    const teacher = await group.member();
    const page = await browser.open(group, { cookie: teacher.headers.cookie });
    await page.goto('/search?q=钻床夹具');
    await page.getByRole('button', { name: '关注此搜索' }).first().click();
    await page.getByRole('button', { name: '已关注' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: '已关注' }).waitFor();
    await published(author, group.admin, { '封面.png': await png() }, { title: '钻床夹具设计' });
    const saved = page.getByRole('region', { name: '关注的搜索' });
    await eventually(async () => {
      await page.goto('/search');
      await saved.getByTitle('1 条新结果').waitFor({ timeout: 3_000 });
    }, 30_000);
    expect(await violationsOn(page)).toEqual([]);
    await saved.getByRole('link', { name: /钻床夹具/ }).click();
    await hits(page, 1);
    await page.getByRole('button', { name: '不再关注：钻床夹具' }).click();
    await saved.waitFor({ state: 'detached' });
  });

  test('below a resource stand those that share its words', async () => {
    const page = await browser.open(group);
    await page.goto('/search?q=数控车床对刀');
    await page.locator('[data-hit]').first().click();
    const similar = page.getByRole('region', { name: '相似资源' });
    await similar
      .getByRole('link', { name: /数控铣床平面加工/ })
      .first()
      .waitFor();
    expect(await violationsOn(page)).toEqual([]);
  });

  test.each([
    ['zh-CN', '对刀仪', '磨床修整'],
    ['en', 'Tool presetter', 'Gas metal arc welding'],
  ] as const)('the home page offers questions that find something, in %s', async (language, tag, other) => {
    const tags = ['对刀仪', 'Tool presetter', '磨床:修整', 'G41'];
    const files = { '封面.png': await png() };
    await published(author, group.admin, files, { title: '对刀仪的使用', tags });
    const more = { title: '砂轮', tags: ['磨床修整'], courses: ['gas-shielded-welding'] };
    await published(author, group.admin, files, more);
    const page = await browser.open(group, { language });
    const offers = page.getByText(/^(试试：|Try:)/).getByRole('link');
    await eventually(async () => {
      await page.goto('/');
      await offers.filter({ hasText: tag }).waitFor({ timeout: 3_000 });
      await offers.filter({ hasText: other }).waitFor({ timeout: 3_000 });
    }, 30_000);
    expect(await offers.filter({ hasText: /磨床:|G41/ }).count()).toBe(0);
    await offers.filter({ hasText: tag }).click();
    await page.waitForURL(/q=/);
    await page.getByRole('link', { name: '对刀仪的使用' }).first().waitFor();
  });

  test('the home page leads to the majors with most resources, and asks a member to say what they teach', async () => {
    const teacher = await group.member();
    const page = await browser.open(group, { cookie: teacher.headers.cookie });
    await page.goto('/');
    const majors = page.getByRole('region', { name: '按专业找' });
    const offered = majors.getByRole('listitem');
    expect(await majors.getByRole('link', { name: '去填写' }).getAttribute('href')).toBe('/profile');
    expect(await offered.first().textContent()).toMatch(/^数控技术\d+$/);
    expect(await violationsOn(page)).toEqual([]);
    must(await teacher.call(editMe, { body: { majors: ['460305'] } }));
    await page.reload();
    await offered.first().filter({ hasText: '工业机器人技术' }).waitFor();
    expect(await majors.getByRole('link', { name: '去填写' }).count()).toBe(0);
    await offered.first().getByRole('link').click();
    await page.waitForURL('**/search?major=460305');
    await page.getByRole('link', { name: '焊接机器人示教' }).first().waitFor();
  });

  test('while the search engine is away, nothing is offered that the database alone cannot do', async () => {
    const away = await startGroup({ MEILI_URL: 'http://127.0.0.1:9' });
    const writer = await away.member({ roles: ['author'] });
    await published(writer, away.admin, { '封面.png': await png() }, { title: '铰孔练习' });
    const page = await browser.open(away);
    await page.goto('/search?q=铰孔');
    await hits(page, 1);
    await page.getByText('暂时只按标题、标签和术语查找').waitFor();
    expect(await page.getByLabel('发布日期').count()).toBe(0);
    expect(await page.getByRole('group').count()).toBe(0);
    expect(await violationsOn(page)).toEqual([]);
  });

  test('of a hit with several files, each can be looked at beside the results', async () => {
    const steps = { '第一步.md': '# 装夹', '第二步.md': '# 对中' };
    const id = await published(author, group.admin, steps, { title: '立式钻床找正' });
    const page = await browser.open(group);
    await eventually(async () => {
      await page.goto('/search?q=立式钻床找正');
      await page.locator(`[data-hit="${id}"]`).waitFor({ timeout: 2000 });
    }, 30_000);
    await page.locator(`[data-hit="${id}"]`).focus();
    await page.keyboard.press(' ');
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('heading', { name: '装夹' }).waitFor();
    await drawer.getByRole('combobox', { name: '文件' }).selectOption('第二步.md');
    await drawer.getByRole('heading', { name: '对中' }).waitFor();
    expect(await violationsOn(page)).toEqual([]);
  });
});

/** Waits until exactly so many hits are shown, or at least so many. */
async function hits(
  page: Page,
  count: number,
  how: 'exactly' | 'at least' = 'exactly',
  timeout?: number,
): Promise<void> {
  if (count > 0)
    await page
      .locator('[data-hit]')
      .nth(count - 1)
      .waitFor(timeout === undefined ? {} : { timeout });
  if (how === 'exactly') await page.locator('[data-hit]').nth(count).waitFor({ state: 'detached' });
}
