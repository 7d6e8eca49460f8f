import { beforeAll, expect, test } from '@jest/globals';
import { published } from '../browser/build-library.ts';
import { inChromium, patience, violationsOn } from '../browser/open-browser.ts';
import { type RunningGroup, startGroup } from '../http/start-group.ts';

const guide =
  '# 对刀练习\n\n**试切**\n\n<img src="https://example.org/pixel.png" onerror="document.title=1">\n\n<script>document.title=2</script>';

const tasks = `---
title: "主轴装配 <b>任务</b>"
tags: [装配, 主轴]
steps:
  - 清洗
  - 压装
---

# 准备

- [ ] 领取量具
- [x] 清洁工位 <input type="text" autofocus onfocus="document.title=1">
- 普通一项
`;

const links =
  '# 参考\n\n[标准](https://example.org/a?b="1"&c=2)，[上一课](../第一课.md)，[运行](javascript:document.title=3)，说明[^1]\n\n[^1]: 出处\n';

inChromium('Markdown', (browser) => {
  let group: RunningGroup;
  let id: string;

  beforeAll(async () => {
    group = await startGroup();
    const author = await group.member({ roles: ['author'] });
    id = await published(author, group.admin, {
      '工作页.md': guide,
      '任务单.md': tasks,
      '参考.md': links,
      '分隔.md': '---\n\n安全须知：先断电\n\n---\n\n正文\n',
    });
  }, patience);

  const openFile = async (path: string) => {
    const page = await browser.open(group);
    await page.goto(`/resources/${id}?file=${encodeURIComponent(path)}`);
    return page;
  };

  test('reads as text, and what it brings along neither runs nor fetches', async () => {
    const page = await openFile('工作页.md');
    await page.getByRole('heading', { name: '对刀练习' }).waitFor();
    expect(await page.locator('main img[src*="example.org"], main script').count()).toBe(0);
    expect(await page.title()).not.toMatch(/^[12]$/);
  });

  test('links of Markdown to other sites open beside the page, others lead to nowhere and are words', async () => {
    const page = await openFile('参考.md');
    await page.getByRole('heading', { name: '参考' }).waitFor();
    const text = page.locator('[role=document]');
    const inside = await text
      .getByRole('link')
      .evaluateAll((all) => all.map((one) => ['href', 'target'].map((name) => one.getAttribute(name))));
    expect(inside).toEqual([['https://example.org/a?b=%221%22&c=2', '_blank']]);
    await text.getByText('标准，上一课，运行').waitFor();
  });

  test('facts before a Markdown text stand in a table above it, and tasks keep their boxes, which take nothing in', async () => {
    const page = await openFile('任务单.md');
    await page.getByRole('heading', { name: '准备' }).waitFor();
    expect(await page.locator('main [role=document] h2').count()).toBe(0);
    const facts = page.locator('main [role=document] table tr');
    expect(await facts.allTextContents()).toEqual([
      ...['title主轴装配 <b>任务</b>', 'tags装配, 主轴', 'steps清洗, 压装'],
    ]);
    const items = page.locator('main [role=document] li');
    expect((await items.allTextContents()).map((item) => item.trim().slice(0, 6))).toEqual([
      ...['☐ 领取量具', '☑ 清洁工位', '普通一项'],
    ]);
    const bullets = `[...document.querySelectorAll('main [role=document] li')].map((one) => getComputedStyle(one).listStyleType)`;
    expect(await page.evaluate(bullets)).toEqual(['none', 'none', 'disc']);
    expect(await page.locator('main [role=document] input').count()).toBe(0);
    expect(await violationsOn(page)).toEqual([]);
    const divided = await openFile('分隔.md');
    await divided.getByText('安全须知：先断电').waitFor();
  });
});
