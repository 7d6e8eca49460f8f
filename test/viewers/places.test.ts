import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { search } from '../../server/search/contract.ts';
import { type Bytes, published } from '../browser/build-library.ts';
import { wav } from '../browser/make-files.ts';
import { inChromium, patience, violationsOn } from '../browser/open-browser.ts';
import { eventually } from '../eventually.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { pdfOf } from '../pdf-of.ts';
import { zipOf } from '../zip-of.ts';

const page = (title: string, body: string) =>
  `<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1>${body}</body></html>`;
const filler = Array.from({ length: 120 }, (_, n) => `第${n + 1}行说明\n\n`).join('');

/** What is looked for in each file: each stands in a resource of its own. */
const files: Record<string, () => Bytes | Promise<Bytes>> = {
  '教材.epub': () =>
    zipOf({
      'META-INF/container.xml': '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>',
      'b.opf':
        '<package><manifest><item id="a" href="a.xhtml"/><item id="b" href="b.xhtml"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>',
      'a.xhtml': '<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>第一章</h1></body></html>',
      'b.xhtml':
        '<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>第二章</h1><p>焊条药皮的作用</p></body></html>',
    }),
  '课件.zip': () =>
    zipOf({
      'imsmanifest.xml':
        '<manifest><organizations><organization><item identifier="a" identifierref="r"><title>一</title></item><item identifier="b" identifierref="s"><title>二</title></item></organization></organizations><resources><resource identifier="r" href="one.html"/><resource identifier="s" href="two.html"/></resources></manifest>',
      'one.html': page('起动', ''),
      'two.html': page('制动', '<p>能耗制动的接线</p>'),
      'more.html': page('附页', '<p>反接制动的限流电阻</p>'),
    }),
  '网页.zip': () =>
    zipOf({ 'index.html': page('首页', ''), 'deep/页.html': page('深处', '<p>蜗轮蜗杆自锁条件</p>') }),
  '资料.zip': () => zipOf({ '说明/一/读我.md': '# 说明\n\n伺服驱动器参数备份', '说明/二/其他.md': '# 其他' }),
  '工作页.md': () => `# 开头\n\n${filler}\n\n## 尾座调整\n\n尾座偏移量计算\n\n${filler}`,
  '程序.txt': () => `${'G01 X10 F0.2 车外圆\n'.repeat(900)}刀尖半径补偿取消\n`,
  '单独.srt': () =>
    `${Array.from({ length: 60 }, (_, n) => `${n}\n00:0${Math.floor(n / 10)}:${(n % 10) * 6},000 --> 00:00:01,000\n口令${n}`).join('\n\n')}\n\n61\n00:08:09,000 --> 00:08:10,000\n急停按钮复位\n`,
  '网页.html': () => page('总览', `${'<p>行</p>'.repeat(200)}<h2>润滑</h2><p>导轨润滑油牌号</p>`),
  '讲义.pdf': () => pdfOf(Array.from({ length: 30 }, (_, n) => (n === 24 ? '砂轮静平衡' : `第${n + 1}页`))),
};

inChromium('places', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;

  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'] });
    for (const [name, make] of Object.entries(files))
      await published(author, group.admin, { [name]: await make() }, { title: name });
    await published(
      author,
      group.admin,
      { '讲解.wav': wav(20), '讲解.srt': '1\n00:00:11,000 --> 00:00:12,000\n夹紧力不足的后果\n' },
      { title: '录音' },
    );
  }, patience);

  /** Searches for words and opens the one hit at its passage. */
  async function openHit(words: string): Promise<Page> {
    await eventually(async () => {
      const { items } = must(await author.call(search, { query: { q: `"${words}"` } })).body;
      expect(items[0]?.passages).not.toEqual([]);
    }, 60_000);
    const view = await browser.open(group);
    await view.goto(`/search?q=${encodeURIComponent(`"${words}"`)}`);
    await view.locator('a:has(mark)', { hasText: words }).last().click();
    await view.waitForURL(/\/resources\//);
    return view;
  }

  test('a book opens at the chapter', async () => {
    const view = await openHit('焊条药皮的作用');
    await view.frameLocator('main iframe').getByText('焊条药皮的作用').waitFor();
    await view.getByText('2 / 2').waitFor();
    expect(await violationsOn(view)).toEqual([]);
  });

  test('a SCORM package opens at its part, or at a page of its own that leads to the beginning', async () => {
    const part = await openHit('能耗制动的接线');
    await part.frameLocator('main iframe').frameLocator('iframe').getByText('能耗制动的接线').waitFor();
    expect(await part.getByRole('button', { name: '二' }).getAttribute('aria-current')).toBe('true');
    const alone = await openHit('反接制动的限流电阻');
    await alone.frameLocator('main iframe').frameLocator('iframe').getByText('反接制动的限流电阻').waitFor();
    expect(await violationsOn(alone)).toEqual([]);
    await alone.getByRole('button', { name: '从头开始' }).click();
    await alone.frameLocator('main iframe').frameLocator('iframe').getByText('起动').waitFor();
  });

  test('web content opens at the page', async () => {
    const view = await openHit('蜗轮蜗杆自锁条件');
    await view.frameLocator('main iframe').frameLocator('iframe').getByText('蜗轮蜗杆自锁条件').waitFor();
    await view.getByRole('button', { name: '从头开始' }).click();
    await view
      .frameLocator('main iframe')
      .frameLocator('iframe')
      .getByRole('heading', { name: '首页' })
      .waitFor();
  });

  test('in a zip the folders above the file are open, and it is pointed out', async () => {
    const view = await openHit('伺服驱动器参数备份');
    await view.locator('a[aria-current="true"]', { hasText: '读我.md' }).waitFor();
    expect(await view.getByText('其他.md').count()).toBe(0);
  });

  test('Markdown, plain text and captions are scrolled to the place', async () => {
    const markdown = await openHit('尾座偏移量计算');
    await inSight(markdown, '尾座调整');
    for (const words of ['刀尖半径补偿取消', '急停按钮复位']) {
      const view = await openHit(words);
      await eventually(async () => {
        const scrolled = await view.locator('[role=document]').evaluate((element) => element.scrollTop);
        expect(scrolled).toBeGreaterThan(100);
      });
    }
  });

  test('a page of HTML opens at the section as text, and as a page without one', async () => {
    const view = await openHit('导轨润滑油牌号');
    await inSight(view, '导轨润滑油牌号');
    await view.goto(view.url().replace(/[?&]part=[^&]*/, ''));
    await view.frameLocator('main iframe').getByRole('heading', { name: '总览' }).waitFor();
  });

  test('a PDF opens at the page, a recording at the second that its captions tell', async () => {
    const pdf = await openHit('砂轮静平衡');
    await pdf.locator('[data-page="25"]').getByText('砂').first().waitFor();
    const recording = await openHit('夹紧力不足的后果');
    await recording.locator('audio').waitFor();
    await eventually(async () => {
      const at = await recording
        .locator('audio')
        .evaluate((audio) => (audio as unknown as { currentTime: number }).currentTime);
      expect(at).toBe(11);
    });
  });
});

/** Waits until text stands in what is seen of the viewer. */
async function inSight(view: Page, text: string): Promise<void> {
  await eventually(async () => {
    const place = await view.locator('[role=document]').getByText(text).last().boundingBox();
    const frame = await view.locator('[role=document]').boundingBox();
    expect(place && frame && place.y >= frame.y - 1 && place.y < frame.y + frame.height).toBe(true);
  });
}
