import { existsSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { RunningApp } from '../http/start-app.ts';

/** Where a Chromium may be: of the system, or fetched by playwright. */
const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  chromium.executablePath(),
];
const executable = places.find((place) => existsSync(place));
/** Milliseconds for what is set up before the first look: a product, members, files, a browser. */
export const patience = 180_000;

/**
 * What Chromium leaves out. With the first two, it draws the lists below its address bar as pages of their own for
 * every new profile, thus for every test, which nobody sees and which takes longer than many a page of ours. The
 * others are those that Playwright leaves out: Chromium heeds the last such list alone.
 */
const leftOut = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
];

const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${leftOut.join()}`,
];

interface Sitting extends BrowserContextOptions {
  /** Cookies of somebody who has signed in; without them, a visitor. */
  cookie?: string | undefined;
  language?: 'zh-CN' | 'en';
  /** What is looked at tries to break out: then what the browser refuses is no fault, and the test itself counts. */
  isHostile?: boolean;
}

export interface Chromium {
  /** A new window of somebody on a running product. */
  open(app: RunningApp, sitting?: Sitting): Promise<Page>;
}

/**
 * Tests that need a browser. Whatever they look at, no request may leave the product's two origins, no script may
 * throw and no policy be broken. Without a Chromium they are left out, and that is said.
 */
export function inChromium(subject: string, tests: (browser: Chromium) => void): void {
  if (!executable) {
    test(`${subject}: left out, because no Chromium was found`, () => {
      process.stderr.write(
        `${subject}: left out. Install Chromium, for example by: npx playwright-core install chromium\n`,
      );
    });
    return;
  }
  describe(subject, () => {
    let browser: Browser;
    let faults: string[] = [];
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: executable, args: quiet });
    }, patience);
    afterAll(() => browser.close());
    afterEach(async () => {
      for (const context of browser.contexts()) await context.close();
      const seen = faults;
      faults = [];
      expect(seen).toEqual([]);
    });

    tests({
      async open(app, { cookie, language = 'zh-CN', isHostile = false, ...options } = {}) {
        const context = await browser.newContext({
          locale: language,
          viewport: { width: 1440, height: 900 },
          baseURL: app.url,
          ...options,
        });
        context.setDefaultTimeout(30_000);
        const cookies = [...(cookie?.split('; ') ?? []), `language=${language}`].map((pair) => {
          const cut = pair.indexOf('=');
          return { name: pair.slice(0, cut), value: pair.slice(cut + 1), url: app.url };
        });
        await context.addCookies(cookies);
        const page = await context.newPage();
        if (isHostile) return page;
        const ours = [new URL(app.url).origin, new URL(app.contentUrl).origin];
        page.on('request', (request) => {
          const { origin, protocol } = new URL(request.url());
          if (/^https?:$/.test(protocol) && !ours.includes(origin))
            faults.push(`foreign request: ${request.url()}`);
        });
        page.on('pageerror', (error) => faults.push(`script error: ${error.message}`));
        page.on('console', (message) => {
          if (/Content Security Policy/.test(message.text())) faults.push(message.text());
        });
        return page;
      },
    });
  });
}

/** What axe-core finds wrong with the page as it stands, a line each. */
export async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  // What was just enabled or opened is still pale: it is looked at once it has come to rest. What turns for ever does not.
  await page.evaluate(
    `Promise.allSettled(
      document.getAnimations()
        .filter(({ effect, playState }) => playState === 'running' && Number.isFinite(effect?.getComputedTiming().endTime))
        .map(({ finished }) => finished),
    ).then(() => {})`,
  );
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] }),
  );
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)}`));
}

/** Waits until the page has its title and nothing in it is on its way any more: no skeleton, no spinner. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
  await page.locator('main [aria-busy="true"]').first().waitFor({ state: 'detached' });
  await page.waitForLoadState('load');
}
