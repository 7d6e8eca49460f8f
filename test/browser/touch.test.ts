import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '../eventually.ts';
import { type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { published } from './build-library.ts';
import { png } from './make-files.ts';
import { inChromium, patience, settled } from './open-browser.ts';

inChromium('under a finger', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;

  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'] });
    const description = { majors: ['460103'], courses: ['cnc-turning'], tags: ['对刀', '磨床修整'] };
    await published(
      author,
      group.admin,
      { '封面.png': await png() },
      { title: '数控车床对刀', ...description },
    );
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

/** What is to be touched and smaller than a finger; links within text and the one that fills a card are as they are. */
const smallIn = (page: Page): Promise<string[]> =>
  page
    .locator(
      'button:visible, [role="button"]:visible, .ant-input-password-icon:visible, label:visible:has(input), a[href]:visible',
    )
    .evaluateAll((all) =>
      all
        .filter(
          (one) =>
            !one.closest('article, .ant-select, [class*="skip"]') &&
            !(one.tagName === 'A' && one.closest('p:not([class*="examples"]), header > h2 ~ *')),
        )
        .map((one) => ({ one, box: one.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 1 && (box.width < 43.5 || box.height < 43.5))
        .map(
          ({ one, box }) =>
            `${Math.round(box.width)} × ${Math.round(box.height)}: ${one.outerHTML.slice(0, 160)}`,
        ),
    );
