import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { published } from '../browser/build-library.ts';
import { inChromium, patience } from '../browser/open-browser.ts';
import { type RunningGroup, startGroup } from '../http/start-group.ts';
import { pdfOf } from '../pdf-of.ts';

inChromium('documents', (browser) => {
  let group: RunningGroup;
  let id: string;

  beforeAll(async () => {
    group = await startGroup();
    const author = await group.member({ roles: ['author'] });
    const line = '主轴转速与进给量按工艺卡选取，先对刀后试切，记录每一刀的尺寸。'.repeat(2);
    const pages = Array.from({ length: 1000 }, (_, index) =>
      [`第 ${index + 1} 页`, ...Array.from({ length: 60 }, () => line)].join('\n'),
    );
    id = await published(author, group.admin, { '手册.pdf': pdfOf(pages) });
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
