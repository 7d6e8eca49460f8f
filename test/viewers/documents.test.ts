import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { published } from '../browser/build-library.ts';
import { pdf } from '../browser/make-files.ts';
import { inChromium, patience, violationsOn } from '../browser/open-browser.ts';
import { eventually } from '../eventually.ts';
import { type RunningGroup, startGroup } from '../http/start-group.ts';
import { pdfOf, pdfOfFonts } from '../pdf-of.ts';

/** Pages of the book on which the words stand that are looked for. */
const rare = [890, 905];

inChromium('documents', (browser) => {
  let group: RunningGroup;
  let id: string;

  beforeAll(async () => {
    group = await startGroup();
    const author = await group.member({ roles: ['author'] });
    const line = '主轴转速与进给量按工艺卡选取，先对刀后试切，记录每一刀的尺寸。'.repeat(2);
    const pages = Array.from({ length: 1000 }, (_, index) =>
      [
        `第 ${index + 1} 页`,
        ...(rare.includes(index + 1) ? ['砂轮修', '整用 Ｍ０３ 指令'] : []),
        ...Array.from({ length: 60 }, () => line),
      ].join('\n'),
    );
    const printer = await browser.open(group);
    const handout = await pdf(printer, 12, '数控车床对刀步骤');
    await printer.setContent(
      '<p><a href="#check">量具的选用</a> <a href="https://example.org/gb">国家标准</a> <a href="javascript:alert(1)">脚本</a></p><div style="break-before: page">刀具</div><h2 id="check" style="break-before: page">量具的选用</h2>',
    );
    const linked = await printer.pdf({ format: 'A4' });
    await printer.context().close();
    const signs = pdfOf(['键槽 30×2，孔 φ12']);
    id = await published(author, group.admin, {
      '手册.pdf': pdfOf(pages),
      '讲义.pdf': handout,
      '工艺卡.pdf': signs,
      '导读.pdf': linked,
      '字体.pdf': pdfOfFonts([
        { font: 'Helvetica', text: 'm' },
        { font: 'ArialMT', text: 'm' },
        { font: 'Times-Roman', text: 'm' },
        { font: 'TimesNewRomanPSMT', text: 'm' },
        { font: 'Courier', text: 'm' },
        ...['STSong-Light', 'SimSun', '#CB#CE#CC#E5'].map((font) => ({ font, text: '轴', isChinese: true })),
      ]),
    });
  }, patience);

  test('a book of 1,000 pages opens at page 900 without fetching the pages before it', async () => {
    const page = await browser.open(group);
    const fetched = await countBytes(page, group.contentUrl);
    await page.goto(`/resources/${id}?file=${encodeURIComponent('手册.pdf')}&at=900`);
    await page.locator('[data-page="900"]').getByText('900').first().waitFor();
    expect(await page.getByLabel('页码').inputValue()).toBe('900');
    expect(fetched()).toBeGreaterThan(50_000);
    expect(fetched()).toBeLessThan(1_000_000);
  });

  const open = async (file: string, place = '', sitting = {}) => {
    const page = await browser.open(group, sitting);
    await page.goto(`/resources/${id}?file=${encodeURIComponent(file)}${place}`);
    await page.locator('[data-page] canvas').first().waitFor();
    return page;
  };

  test('letters of fonts that a document does not bring along are as wide as they should be, and Chinese ones are there', async () => {
    const page = await open('字体.pdf');
    const widths = () =>
      page.evaluate<number[]>(`(() => {
        const canvas = document.querySelector('[data-page="1"] canvas');
        const scale = canvas.width / 595;
        return Array.from({ length: 8 }, (_, line) => {
          const { data, width } = canvas.getContext('2d').getImageData(0, (100 * line + 30) * scale, canvas.width, 80 * scale);
          const inked = [];
          for (let at = 0; at < data.length; at += 4)
            if (data[at + 3] > 0 && data[at] < 128) inked.push(((at / 4) % width) / scale);
          return Math.max(...inked) - Math.min(...inked);
        });
      })()`);
    await eventually(async () => expect(Math.min(...(await widths()))).toBeGreaterThan(0));
    const [helvetica, arial, times, timesNew, courier, ...chinese] = await widths();
    const [sans, serif, typewriter] = [70.6, 76, 58]; // of Helvetica, Times and Courier (their font metrics by Adobe)
    const told = [helvetica, arial, times, timesNew, courier];
    for (const [line, meant] of [sans, sans, serif, serif, typewriter].entries())
      expect(Math.abs((told[line] ?? 0) - meant)).toBeLessThan(3);
    for (const width of chinese) expect(width).toBeGreaterThan(80);
  });

  test('what is looked for is shown before the book is searched through, and the search can be stopped', async () => {
    const page = await open('手册.pdf', '&at=900');
    await page.locator('[data-page="900"]').getByText('900').first().waitFor();
    await page.getByRole('document', { name: '手册.pdf' }).focus();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('砂轮修整用m03');
    await page.locator('[data-page="905"] [data-shown]').first().waitFor();
    await page.getByRole('button', { name: '停止' }).click();
    await page.getByRole('button', { name: '查找全文' }).waitFor();
    const searched = await page.getByRole('progressbar', { name: '查找进度' }).getAttribute('value');
    expect(Number(searched)).toBeLessThan(1000);
    await page.getByRole('textbox', { name: '在文档中查找' }).press('Shift+Enter');
    await page.locator('[data-page="890"] [data-shown]').first().waitFor();
    expect(await page.getByRole('search', { name: '在文档中查找' }).getByRole('status').textContent()).toBe(
      '1 / 2',
    );
    await page.keyboard.press('Escape');
    expect(await page.getByRole('search', { name: '在文档中查找' }).count()).toBe(0);
    expect(await page.locator('[data-shown]').count()).toBe(0);
  });

  test('a document is searched to its end, and the hits follow each other around', async () => {
    const page = await open('讲义.pdf');
    const button = page.getByRole('button', { name: '在文档中查找' });
    await button.waitFor();
    // Whoever types at once after the click types into the field, however slowly frames are painted.
    const focused = await button.evaluate((element) => {
      (element as unknown as { click(): void }).click();
      return element.ownerDocument.activeElement?.tagName;
    });
    expect(focused).toBe('INPUT');
    await page.keyboard.type('对刀');
    const bar = page.getByRole('search', { name: '在文档中查找' });
    await bar.getByText('1 / 12').waitFor();
    await page.keyboard.press('Enter');
    await bar.getByText('2 / 12').waitFor();
    await page.locator('[data-page="2"] [data-shown]').first().waitFor();
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.press('Shift+Enter');
    await bar.getByText('12 / 12').waitFor();
    await page.locator('[data-page="12"] [data-shown]').first().waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('铣床');
    await bar.getByText('没有找到').waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('對刀步驟');
    await bar.getByText('12 / 12').waitFor();
  });

  test('a sign is found by one that means the same, as in the search over all resources', async () => {
    const page = await open('工艺卡.pdf');
    await page.getByRole('button', { name: '在文档中查找' }).click();
    const bar = page.getByRole('search', { name: '在文档中查找' });
    for (const asked of ['30*2', 'Ø12', '⌀12']) {
      await page.keyboard.press('Control+a');
      await page.keyboard.type(asked);
      await page.locator('[data-page="1"] [data-shown]').first().waitFor();
      await bar.getByText('1 / 1').waitFor();
      await page.keyboard.press('Control+a');
      await page.keyboard.type('没有的');
      await bar.getByText('没有找到').waitFor();
    }
  });

  test('a hit of the search over all resources is marked in the page that it opens', async () => {
    const page = await browser.open(group);
    const passage = page.getByRole('link', { name: /砂轮修/ });
    await eventually(async () => {
      await page.goto(`/search?q=${encodeURIComponent('砂轮修整')}`);
      await passage.first().waitFor({ timeout: 2000 });
    });
    await passage.first().click();
    await page.locator('[data-page] [data-shown]').first().waitFor();
    expect(rare).toContain(Number(await page.getByLabel('页码').inputValue()));
  });

  test('a link leads to its page of the document, or into the web in a window of its own, and runs no script', async () => {
    const page = await open('导读.pdf');
    const first = page.locator('[data-page="1"]');
    const outside = first.getByRole('link', { name: '国家标准' });
    await outside.waitFor();
    expect(await outside.getAttribute('href')).toBe('https://example.org/gb');
    expect(await outside.getAttribute('target')).toBe('_blank');
    expect(await first.locator('a, button').count()).toBe(2);
    const word = await first.getByText('国家标准').first().boundingBox();
    const box = await outside.boundingBox();
    expect(Math.abs((box?.x ?? 0) - (word?.x ?? 9e9))).toBeLessThan(5);
    expect(Math.abs((box?.y ?? 0) - (word?.y ?? 9e9))).toBeLessThan(10);
    expect(await violationsOn(page)).toEqual([]);
    await first.getByRole('button', { name: '量具的选用' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/at=3/);
    await eventually(async () => expect(await page.getByLabel('页码').inputValue()).toBe('3'));
  });

  test('from a page that a link led to, the browser goes back to where the link was followed, and forward again', async () => {
    const page = await open('导读.pdf');
    const down = () =>
      page.locator('main [role=document]').evaluate((element) => Math.round(element.scrollTop));
    const link = page.locator('[data-page="1"]').getByRole('button', { name: '量具的选用' });
    await link.waitFor();
    await page.locator('main [role=document]').evaluate((element) => element.scrollBy(0, 20));
    const before = await down();
    await link.press('Enter');
    await page.waitForURL(/at=3/);
    await eventually(async () => expect(await page.getByLabel('页码').inputValue()).toBe('3'));
    const after = await down();
    for (let n = 0; n < 2; n++) {
      await page.goBack();
      await eventually(async () => expect(await page.getByLabel('页码').inputValue()).toBe('1'));
      expect(await down()).toBe(before);
      await page.goForward();
      await eventually(async () => expect(await page.getByLabel('页码').inputValue()).toBe('3'));
      expect(await down()).toBe(after);
    }
    expect(page.url()).toMatch(/at=3/);
  });

  test('small pictures lead through a book, and only those in sight are drawn', async () => {
    const page = await open('手册.pdf', '&at=900');
    await page.getByRole('button', { name: '页面与目录' }).click();
    const strip = page.getByRole('navigation', { name: '页面' });
    const button = strip.getByRole('button', { name: '第 901 页' });
    await button.locator('canvas').waitFor();
    expect(await strip.locator('canvas').count()).toBeLessThan(40);
    expect(await page.getByLabel('页码').inputValue()).toBe('900');
    await button.click();
    await page.waitForURL(/at=901/);
    expect(await violationsOn(page)).toEqual([]);
  });

  test('on a phone they come as a drawer that closes once a page is chosen, as does the outline', async () => {
    const page = await open('讲义.pdf', '', { viewport: { width: 360, height: 740 }, hasTouch: true });
    await page.getByRole('button', { name: '页面与目录' }).click();
    await page.getByText('目录', { exact: true }).click();
    const outline = page.getByRole('navigation', { name: '目录' });
    expect(await violationsOn(page)).toEqual([]);
    await outline.getByRole('button', { name: '第 7 页' }).click();
    await page.waitForURL(/at=7/);
    await outline.waitFor({ state: 'hidden' });
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(wide).toBeLessThanOrEqual(360);
  });
});

/** How many bytes of PDF a page has fetched from an origin, from now on. */
async function countBytes(page: Page, origin: string): Promise<() => number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const documents = new Set<string>();
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (response.url.startsWith(origin) && response.mimeType === 'application/pdf') documents.add(requestId);
  });
  session.on('Network.dataReceived', ({ requestId, dataLength }) => {
    if (documents.has(requestId)) bytes += dataLength;
  });
  return () => bytes;
}
