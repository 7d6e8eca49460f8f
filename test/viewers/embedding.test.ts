import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { published } from '../browser/build-library.ts';
import { png } from '../browser/make-files.ts';
import { inChromium, patience, violationsOn } from '../browser/open-browser.ts';
import { type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';

inChromium('embedding', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;
  let html = '';
  /** Somebody else's site, into whose page the code is pasted. */
  const elsewhere = createServer((_req, res) => {
    res.setHeader('Content-Type', 'text/html; charset=utf-8');
    res.end(`<!doctype html><title>教学平台</title>${html}`);
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    group = await startGroup();
    author = await group.member({ roles: ['author'] });
  }, patience);
  afterAll(() => void elsewhere.close());

  test('the code of a public resource is copied, and shows it in the page of another site', async () => {
    const id = await published(author, group.admin, { '图.png': await png() }, { title: '对刀步骤' });
    const page = await browser.open(group, {
      cookie: author.headers.cookie,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.goto(`/resources/${id}`);
    await page.getByRole('button', { name: '嵌入' }).click();
    await page.getByText('始终显示最新版本').waitFor();
    await page.getByText('<iframe').waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole('button', { name: /复\s*制/ }).click();
    html = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(html).toContain(`/embed/${id}`);

    const other = await browser.open(group, { isHostile: true });
    await other.goto(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`);
    const inside = other.frameLocator('iframe');
    await inside.getByRole('heading', { name: '对刀步骤' }).waitFor();
    await inside.getByRole('img', { name: '图.png' }).waitFor();
  });

  test('is not offered for what only members see', async () => {
    const id = await published(
      author,
      group.admin,
      { '图.png': await png() },
      { audience: { scope: 'group' } },
    );
    const page = await browser.open(group, { cookie: author.headers.cookie });
    await page.goto(`/resources/${id}`);
    await page.getByRole('button', { name: '引用' }).waitFor();
    expect(await page.getByRole('button', { name: '嵌入' }).count()).toBe(0);
  });
});
