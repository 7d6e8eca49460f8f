import { beforeAll, expect, test } from '@jest/globals';
import { draftOf } from '../http/build-resource.ts';
import { type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { inChromium, patience, settled, violationsOn } from './open-browser.ts';

inChromium('files that are too large', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;
  beforeAll(async () => {
    group = await startGroup({ MAX_FILE_SIZE: '2MB' });
    author = await group.member({ roles: ['author'] });
  }, patience);

  const open = async () => {
    const { id } = await draftOf(author);
    const page = await browser.open(group, { cookie: author.headers.cookie });
    await page.goto(`/resources/${id}/edit`);
    await settled(page);
    return page;
  };

  test('are refused with their name and the limit, and the others arrive', async () => {
    const page = await open();
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles([
        { name: '全景.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(3_000_000, 7) },
        { name: '说明.md', mimeType: 'text/markdown', buffer: Buffer.from('# 说明') },
      ]);
    await page.getByText('文件“全景.bin”超过上限 2 MB，请压缩或拆分后再上传。').first().waitFor();
    await page.getByText('说明.md').first().waitFor();
    expect(await violationsOn(page)).toEqual([]);
  });

  test('for what stands in front of the server are said to be so, for that has no words of its own', async () => {
    const page = await open();
    await page.route(/\/api\/uploads\/./, (route) =>
      route.request().method() === 'PATCH'
        ? route.fulfill({
            status: 413,
            contentType: 'text/html',
            body: '<h1>413 Request Entity Too Large</h1>',
          })
        : route.continue(),
    );
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: '大.md', mimeType: 'text/markdown', buffer: Buffer.from('# 大') });
    await page.getByText('请联系管理员调高上传上限').first().waitFor();
  });
});
