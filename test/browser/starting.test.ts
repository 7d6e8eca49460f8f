import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type RunningApp, startApp } from '../http/start-app.ts';
import { inChromium, patience, settled, violationsOn } from './open-browser.ts';

inChromium('until the application has come', (browser) => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp();
  }, patience);

  /** Opens a page whose scripts wait; gives what lets them go. */
  async function opened(page: Page, path: string): Promise<() => void> {
    let go = () => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    await page.route('**/assets/*.js', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(path, { waitUntil: 'commit' });
    return go;
  }

  test.each([
    ['light', 1440, false],
    ['dark', 1440, false],
    ['light', 360, true],
    ['dark', 800, true],
  ] as const)(
    'its frame is there, %s, %i px wide, and is where it stays',
    async (colorScheme, width, isMobile) => {
      const viewport = { width, height: 800 };
      const page = await browser.open(app, { colorScheme, viewport, isMobile, hasTouch: isMobile });
      const go = await opened(page, '/search');
      await page.getByText('正在载入').waitFor({ state: 'attached' });
      const before = await frameOf(page, '.starting-header', '.starting');
      expect(await violationsOn(page)).toEqual([]);
      go();
      await settled(page);
      expect(before).toEqual(await frameOf(page, 'header', 'html'));
      expect(await page.getByText('正在载入').count()).toBe(0);
    },
  );

  test.each([
    ['dark', 'light', '深色'],
    ['light', 'dark', '浅色'],
  ] as const)(
    'its frame is %s on a %s system, where the reader has chosen so',
    async (_, colorScheme, choice) => {
      const page = await browser.open(app, { colorScheme });
      await page.goto('/search');
      await settled(page);
      await page.getByRole('button', { name: '菜单' }).click();
      await page.getByRole('menuitem', { name: choice }).click();
      const go = await opened(page, '/search');
      await page.getByText('正在载入').waitFor({ state: 'attached' });
      const before = await frameOf(page, '.starting-header', '.starting');
      go();
      await settled(page);
      expect(before).toEqual(await frameOf(page, 'header', 'html'));
    },
  );

  test.each(['light', 'dark'] as const)(
    'without scripts, the page says what it needs (%s)',
    async (colorScheme) => {
      const page = await browser.open(app, { colorScheme, javaScriptEnabled: false });
      await page.goto('/search');
      const needs = page.locator('.starting-needs');
      expect(await needs.textContent()).toMatch(/请启用 JavaScript.*Please enable JavaScript/s);
      const looks = await needs.evaluate((one) => {
        const { width, height } = one.getBoundingClientRect();
        return [width > 100, height > 40];
      });
      expect([...looks, await page.locator('.starting-page').isVisible()]).toEqual([true, true, false]);
    },
  );

  test('a resource in the frame of another page has none of it', async () => {
    const page = await browser.open(app);
    const go = await opened(page, '/embed/0123456789abcdef01234567');
    await page.locator('#root').waitFor({ state: 'attached' });
    expect(await page.locator('.starting').isVisible()).toBe(false);
    go();
  });
});

/** Where the header and the brand in it stand, and in which colours. */
const frameOf = (page: Page, header: string, ground: string) =>
  page.evaluate(`(() => {
    const bar = document.querySelector('${header}');
    const logo = bar.querySelector('svg:has(rect)');
    const place = (one) => {
      const { x, y, width, height } = one.getBoundingClientRect();
      return [x, y, width, height].map(Math.round);
    };
    const { backgroundColor, borderBottomColor } = getComputedStyle(bar);
    return {
      places: [bar, logo, logo.nextElementSibling].map(place),
      colours: [
        getComputedStyle(document.querySelector('${ground}')).backgroundColor,
        backgroundColor,
        borderBottomColor,
        getComputedStyle(logo.nextElementSibling).color,
        ...[...logo.children].map((part) => getComputedStyle(part).fill),
      ],
    };
  })()`);
