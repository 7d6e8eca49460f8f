import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { withdrawResource } from '../../server/resources/contract.ts';
import { published } from '../browser/build-library.ts';
import { png } from '../browser/make-files.ts';
import { inChromium, patience, violationsOn } from '../browser/open-browser.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';

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

  /** The embedded page of a resource in the page of another site, on a phone. */
  const framed = async (id: string) => {
    html = `<body style="margin:0"><iframe src="${group.url}/embed/${id}" style="border:0;width:360px;height:740px"></iframe>`;
    const other = await browser.open(group, { isHostile: true, viewport: { width: 360, height: 740 } });
    await other.goto(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`);
    const inside = other.frameLocator('iframe');
    /** Links that would lead the frame to a page that may not be framed. */
    const deadLinks = () => inside.locator('a[href]:not([target="_blank"]):not([href*="/files/"])').count();
    return { other, inside, deadLinks };
  };

  test('what is not for everybody says so in the frame of another site, and opens in a tab of its own', async () => {
    const id = await published(
      author,
      group.admin,
      { '图.png': await png() },
      { audience: { scope: 'group' } },
    );
    const { other, inside, deadLinks } = await framed(id);
    await inside.getByRole('heading', { name: '这里看不到该资源' }).waitFor({ state: 'attached' });
    expect(await deadLinks()).toBe(0);
    const opened = other.context().waitForEvent('page');
    await inside.getByRole('link', { name: '在新标签页打开' }).click();
    expect((await opened).url()).toBe(`${group.url}/resources/${id}`);
  });

  test('of what was withdrawn, the frame tells the reason and leads to its successor', async () => {
    const files = { '图.png': await png() };
    const successor = await published(author, group.admin, files, { title: '对刀步骤（新）' });
    const id = await published(author, group.admin, files, { title: '对刀步骤' });
    const reason = '机床已更换';
    must(await group.admin.call(withdrawResource, { params: { id }, body: { reason, successor } }));
    const { inside, deadLinks } = await framed(id);
    await inside.getByText(reason).waitFor();
    const link = inside.getByRole('link', { name: '对刀步骤（新）' });
    expect(await link.getAttribute('target')).toBe('_blank');
    expect(await deadLinks()).toBe(0);
  });

  test('the stage fills the frame, and what has no preview is downloaded there', async () => {
    const id = await published(author, group.admin, { '程序.bin': Buffer.from([0, 1, 2, 255]) });
    const { other, inside, deadLinks } = await framed(id);
    await inside.getByText('不能在线预览').waitFor();
    const stage = await inside.getByText('不能在线预览').locator('xpath=../..').boundingBox();
    expect((stage?.y ?? 0) + (stage?.height ?? 0)).toBeGreaterThan(720);
    expect(await deadLinks()).toBe(0);
    const download = other.waitForEvent('download');
    await inside.getByRole('link', { name: '下载' }).click();
    expect((await download).suggestedFilename()).toBe('程序.bin');
  });

  test('of several files, the frame of another site offers the list, and shows the one that is chosen', async () => {
    const id = await published(author, group.admin, { '第一步.md': '# 装夹', '图/第二步.md': '# 对刀' });
    const { inside } = await framed(id);
    await inside.getByRole('heading', { name: '装夹' }).waitFor();
    const files = inside.getByRole('combobox', { name: '文件' });
    expect(await files.getByRole('option').allTextContents()).toEqual(['第一步.md', '图/第二步.md']);
    await files.focus();
    await files.press('ArrowDown');
    await inside.getByRole('heading', { name: '对刀', exact: true }).waitFor();
    await inside
      .getByRole('link', { name: '下载' })
      .and(inside.locator('[href*="%E7%AC%AC%E4%BA%8C%E6%AD%A5"]'))
      .waitFor();
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
