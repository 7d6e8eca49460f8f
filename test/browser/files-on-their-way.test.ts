import { beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { getResource } from '../../server/resources/contract.ts';
import { eventually } from '../eventually.ts';
import { draftOf } from '../http/build-resource.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { inChromium, patience, settled } from './open-browser.ts';

inChromium('files on their way', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;
  let page: Page;
  let draft: string;
  /** Requests of the tus protocol, by method. */
  let made: string[];

  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'] });
  }, patience);

  beforeEach(async () => {
    draft = (await draftOf(author)).id;
    page = await browser.open(group, { cookie: author.headers.cookie });
    made = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/uploads')) made.push(request.method());
    });
    await page.goto(`/resources/${draft}/edit`);
    await settled(page);
  }, patience);

  const signOut = () => page.context().clearCookies({ name: /session/ });
  const pick = () =>
    page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: '工艺卡.md', mimeType: 'text/markdown', buffer: Buffer.from('# 工艺卡') });
  const dialog = () => page.getByRole('dialog', { name: '登录已过期' });

  async function signIn(): Promise<void> {
    await dialog().getByRole('textbox', { name: '邮箱' }).fill(author.email);
    await dialog().getByRole('textbox', { name: '密码' }).fill(author.password);
    await page.keyboard.press('Enter');
    await dialog().waitFor({ state: 'detached' });
  }

  const arrived = () =>
    eventually(async () => {
      const query = { view: 'draft' } as const;
      const { body } = must(await author.call(getResource, { params: { id: draft }, query }));
      expect(body.files.map(({ path }) => path)).toEqual(['工艺卡.md']);
    });

  test('wait for their author to sign in again, and may be sent later', async () => {
    await signOut();
    await pick();
    await dialog().waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('请重新登录后再试').waitFor();
    await page.getByRole('button', { name: '重试 工艺卡.md' }).click();
    await signIn();
    await arrived();
  });

  test('wait for it, too, where they travel as a form', async () => {
    await page.route('**/api/uploads', (route) => route.fulfill({ status: 405, body: 'Not here' }));
    await signOut();
    await pick();
    await signIn();
    await arrived();
  });

  test('leave no moment in which the draft is said to have none', async () => {
    const gates: (() => void)[] = [];
    const gate = () => new Promise<void>((resolve) => gates.push(resolve));
    const hold = (url: string | RegExp) =>
      page.route(url, async (route) => {
        await gate();
        await route.continue();
      });
    const saidToHaveNone = () => page.locator('main').getByText('还没有文件').count();
    const isHeld = (count: number) => eventually(async () => expect(gates).toHaveLength(count));
    expect(await saidToHaveNone()).toBe(1);
    await hold(new RegExp(`/api/resources/${draft}\\?view=draft`));
    await pick();
    await isHeld(1); // the file has arrived, and the draft is read again
    expect(await saidToHaveNone()).toBe(0);
    gates.pop()?.();
    await page.getByRole('button', { name: '重命名 工艺卡.md' }).waitFor();
    await page.unrouteAll();

    await page.goto('/upload');
    await hold('**/api/uploads');
    const files = ['甲.md', '乙.md'].map((name) => ({
      name,
      mimeType: 'text/markdown',
      buffer: Buffer.from(`# ${name}`),
    }));
    await page.locator('input[type=file][multiple]').first().setInputFiles(files);
    await page.getByRole('button', { name: /^每个一个资源/ }).click();
    await page.waitForURL('**/upload/table?**');
    await page.getByRole('row').nth(2).waitFor();
    expect(await saidToHaveNone()).toBe(0);
    await isHeld(2);
    await hold(/\?view=draft/);
    for (const goOn of gates.splice(0)) goOn();
    await isHeld(2);
    expect(await saidToHaveNone()).toBe(0);
    for (const goOn of gates.splice(0)) goOn();
    await page
      .getByRole('row', { name: /1 个文件/ })
      .nth(1)
      .waitFor();
  });

  test('go on where they were after an outage and after the session has ended', async () => {
    const answers = [503, 503, 401];
    await page.route(/\/api\/uploads\/./, (route) => {
      const status = route.request().method() === 'GET' ? undefined : answers.shift();
      if (status) void route.fulfill({ status, body: '' });
      else void route.continue();
    });
    await pick();
    await signIn();
    await arrived();
    // At last the page asks what has become of it, which may be later than we did.
    await eventually(async () =>
      expect(made).toEqual(['POST', 'PATCH', 'HEAD', 'HEAD', 'HEAD', 'PATCH', 'GET']),
    );
  });
});
