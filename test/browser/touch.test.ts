import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '../eventually.ts';
import { type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { pdfOf } from '../pdf-of.ts';
import { published } from './build-library.ts';
import { assembly, png } from './make-files.ts';
import { inChromium, patience, settled } from './open-browser.ts';

inChromium('under a finger', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;
  let id: string;

  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'] });
    const description = { majors: ['460103'], courses: ['cnc-turning'], tags: ['对刀', '磨床修整'] };
    id = await published(
      author,
      group.admin,
      { '封面.png': await png(), '手册.pdf': pdfOf(['对刀']), '钻床.glb': await assembly() },
      { title: '数控车床对刀', ...description, audience: { scope: 'public' } },
    );
    await group.admin.fetch('/api/search?q=nothing');
  }, patience);

  const places: Record<string, () => [path: string, as?: SignedIn, open?: (page: Page) => Promise<void>]> = {
    home: () => ['/', author],
    'the sign-in page': () => ['/sign-in'],
    'the filters of a search': () => [
      '/search',
      undefined,
      async (page) => {
        await page.getByRole('button', { name: '筛选' }).click();
        await page
          .getByRole('dialog')
          .getByRole('button', { name: /装备制造大类/ })
          .waitFor();
      },
    ],
    'own profile': () => ['/profile', author],
    'the jobs': () => ['/jobs', group.admin],
    organisations: () => ['/organisations', group.admin],
    'a vocabulary': () => ['/vocabularies/majors', group.admin],
    'the figures': () => ['/usage', group.admin],
    'a document': () => [
      `/resources/${id}?file=${encodeURIComponent('手册.pdf')}`,
      author,
      (page) => page.getByRole('textbox', { name: '页码' }).waitFor(),
    ],
    'a model': () => [
      `/resources/${id}?file=${encodeURIComponent('钻床.glb')}`,
      author,
      (page) => page.getByRole('slider', { name: '把各部分拆开' }).waitFor({ timeout: 60_000 }),
    ],
  };

  test.each(Object.keys(places))('everything is at least 44 px large: %s', async (name) => {
    const [path, as, open] = places[name]?.() ?? ['/'];
    const page = await browser.open(group, {
      cookie: as?.headers.cookie,
      viewport: { width: 360, height: 780 },
      hasTouch: true,
      isMobile: true,
    });
    await page.goto(path);
    await settled(page);
    await open?.(page);
    await eventually(async () => expect(await smallIn(page)).toEqual([]));
  });
});

/**
 * What is to be touched and smaller than a finger. Links within text and the one that fills a card are as they are; of
 * what stands in a label or a frame of the library, that is what one touches.
 */
const smallIn = (page: Page): Promise<string[]> =>
  page
    .locator(
      'button:visible, [role="button"]:visible, input:visible, .ant-input-password-icon:visible, label:visible:has(input, button), a[href]:visible',
    )
    .evaluateAll((all) =>
      all
        .filter(
          (one) =>
            !one.closest(
              'article, .ant-select, .ant-input-affix-wrapper > input, [class*="skip"], [class*="sentence"]',
            ) && !one.matches('label > *, label > * > *'),
        )
        .map((one) => ({ one, box: one.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 1 && (box.width < 43.5 || box.height < 43.5))
        .map(
          ({ one, box }) =>
            `${Math.round(box.width)} × ${Math.round(box.height)}: ${one.outerHTML.slice(0, 160)}`,
        ),
    );
