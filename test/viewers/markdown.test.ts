import { beforeAll, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { published } from '../browser/build-library.ts';
import { inChromium, patience, violationsOn } from '../browser/open-browser.ts';
import { eventually } from '../eventually.ts';
import { type RunningGroup, startGroup } from '../http/start-group.ts';
import { pdfOf } from '../pdf-of.ts';

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
  '# 参考\n\n[标准](https://example.org/a?b="1"&c=2)，[上一课](../第一课.md)，[运行](javascript:document.title=3)\n';

const handbook = `# 手册

先看[步骤](图/步骤2.md#压装)、[图纸](./图/总装%20图.pdf)，或[下文](#body)；[缺](图/缺.md)；[外](../../别的.md)；规范见[^gb]，另见[^无]。

${'说明文字\n\n'.repeat(60)}

# body

到了下文。

[^gb]: GB/T 1800.1，[步骤](图/步骤2.md)
    第二行
`;

const steps = `# 清洗

${'说明文字\n\n'.repeat(60)}

## 压装

均匀加力。[回到手册](../手册.md)
`;

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
      '装配/手册.md': handbook,
      '装配/图/步骤2.md': steps,
      '装配/图/总装 图.pdf': pdfOf(['总装']),
      '分隔.md': '---\n\n安全须知：先断电\n\n---\n\n正文\n',
    });
  }, patience);

  const openFile = async (path: string) => {
    const page = await browser.open(group);
    await page.goto(`/resources/${id}?file=${encodeURIComponent(path)}`);
    return page;
  };

  const expectInSight = async (page: Page, element: Locator) => {
    await element.waitFor();
    await eventually(async () => {
      const { y = -1, height = 0 } = (await element.boundingBox()) ?? {};
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y + height).toBeLessThanOrEqual(page.viewportSize()?.height ?? 0);
    });
  };
  const ids = (page: Page) =>
    page.evaluate<string[]>("[...document.querySelectorAll('[role=document] [id]')].map(({ id }) => id)");

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

  test('links of Markdown to files of the same resource open them in place, at the heading they name, and Back leads back', async () => {
    const page = await openFile('装配/手册.md');
    const text = page.locator('[role=document]');
    await text.getByRole('link', { name: '步骤' }).first().waitFor();
    expect(await text.getByRole('link').allTextContents()).toEqual([
      ...['步骤', '图纸', '下文', '[1]', '步骤', '↩'],
    ]);
    const elsewhere = await text.getByRole('link', { name: '图纸' }).getAttribute('href');
    expect(elsewhere).toBe(`/resources/${id}?${new URLSearchParams({ file: '装配/图/总装 图.pdf' })}`);
    const opened = await page.evaluate<string>('document.location.href');
    await text.getByRole('link', { name: '步骤' }).first().click();
    await expectInSight(page, text.getByRole('heading', { name: '压装' }));
    const { searchParams } = new URL(page.url());
    expect([searchParams.get('file'), searchParams.get('part')]).toEqual(['装配/图/步骤2.md', '压装']);
    await page.goBack();
    await text.getByRole('link', { name: '图纸' }).waitFor();
    expect(page.url()).toBe(opened);
    await text.getByRole('link', { name: '图纸' }).click();
    await page.getByLabel('页码').waitFor();
  });

  test('links of Markdown to a heading and to footnotes lead there and back, and no id takes the place of something else', async () => {
    const page = await openFile('装配/手册.md');
    const text = page.locator('[role=document]');
    await text.getByRole('link', { name: '下文' }).click();
    await expectInSight(page, text.getByRole('heading', { name: 'body' }));
    expect(await page.evaluate('document.activeElement?.textContent')).toBe('body');
    const note = text.getByRole('listitem').filter({ hasText: 'GB/T 1800.1' });
    await note.getByText('第二行').waitFor();
    await text.getByText('另见[^无]').waitFor();
    await note.getByRole('link', { name: '回到正文' }).focus();
    await page.keyboard.press('Enter');
    await expectInSight(page, text.getByRole('link', { name: '[1]' }));
    await text.getByRole('link', { name: '[1]' }).click();
    await expectInSight(page, note);
    expect(await ids(page)).toEqual(
      ['手册', 'to-note-1', 'body', 'note-1'].map((one) => `user-content-${one}`),
    );
    expect(await violationsOn(page)).toEqual([]);
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
