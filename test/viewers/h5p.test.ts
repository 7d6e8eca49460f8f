import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { listPreviews } from '../../server/content/contract.ts';
import { published } from '../browser/build-library.ts';
import { inChromium, patience } from '../browser/open-browser.ts';
import { h5p } from '../browser/pack-zip.ts';
import { eventually } from '../eventually.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';

const checkout = process.env.H5P_DIR;

/** Packages that their own tests play, by the ends of their paths; the others are made to be refused. */
const playable = [
  'long_content_file_name.h5p',
  'interactive-content-2260.h5p',
  'xss-svg.h5p',
  'H5P.DragText.h5p',
  'valid2.h5p',
  'valid3-3-images.h5p',
];

inChromium('H5P', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;
  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'], name: '李老师' });
  }, patience);

  const openFile = async (resource: string, path: string, { by = author, isHostile = false } = {}) => {
    const page = await browser.open(group, { cookie: by.headers.cookie, isHostile });
    await page.goto(`/resources/${resource}?file=${encodeURIComponent(path)}`);
    return { page, inside: page.frameLocator('main iframe') };
  };

  test('content is played with its libraries, and its points become the score of the learner', async () => {
    const id = await published(author, group.admin, { '测验.h5p': await h5p() });
    const { page, inside } = await openFile(id, '测验.h5p');
    await inside.getByText('砂轮先做什么检查？').waitFor();
    await page.getByText('未开始').waitFor();
    // What H5P says itself is in the language of the interface.
    const said = await inside.locator('body').evaluate("['confirmLabel', 'close'].map((key) => H5P.t(key))");
    expect(said).toEqual(['继续', '关闭']);
    const dialog = await inside.locator('body').evaluate(`(() => {
      const asked = new H5P.ConfirmationDialog().appendTo(document.body).show(0);
      const { position } = getComputedStyle(asked.getElement());
      asked.hide();
      return position;
    })()`);
    expect(dialog).toBe('absolute');
    await inside.getByRole('button', { name: '敲击听声' }).click();
    await page.getByText('得分 75', { exact: true }).waitFor();
    await page.getByText('已通过').first().waitFor();
    await page.reload();
    await page.getByText('得分 75', { exact: true }).waitFor();
  });

  test('content goes on where a member stopped, and begins anew for everybody else', async () => {
    const id = await published(author, group.admin, { '步骤.h5p': await h5p() });
    const { page, inside } = await openFile(id, '步骤.h5p');
    await inside.getByText('看过 0 步').waitFor();
    await inside.getByRole('button', { name: '下一步' }).click();
    await inside.getByRole('button', { name: '下一步' }).click();
    await page.getByText('学习中').first().waitFor(); // kept every few seconds
    const again = await openFile(id, '步骤.h5p');
    await again.inside.getByText('看过 2 步').waitFor();
    const other = await openFile(id, '步骤.h5p', { by: await group.member() });
    await other.inside.getByText('看过 0 步').waitFor();
  });

  test('content without its library says what is missing', async () => {
    const id = await published(author, group.admin, { '缺库.h5p': await h5p({ isWhole: false }) });
    const { page } = await openFile(id, '缺库.h5p');
    await page
      .getByRole('alert')
      .filter({ hasText: 'H5P 内容不完整，缺少“H5P.WheelCheck-1.2/library.json”' })
      .waitFor();
  });

  describe('the packages of Lumieducation/H5P-Nodejs-library', () => {
    if (checkout === undefined) {
      test('left out, because H5P_DIR names no checkout', () => {
        process.stderr.write(
          'h5p: left out. Set H5P_DIR to a checkout of Lumieducation/H5P-Nodejs-library.\n',
        );
      });
      return;
    }
    test(
      'are shown where they are whole, and answered with a word or their files where they are not',
      async () => {
        const paths = (await readdir(checkout, { recursive: true })).filter((path) => path.endsWith('.h5p'));
        expect(paths.length).toBeGreaterThan(0);
        const files: Record<string, Buffer> = {};
        for (const path of paths) files[path.replaceAll('/', '_')] = await readFile(join(checkout, path));
        // One is no zip at all, and some checkouts have pointers in place of large files: uploads refuse both.
        for (const [path, bytes] of Object.entries(files))
          if (bytes.toString('latin1', 0, 2) !== 'PK') {
            await expect(published(author, group.admin, { [path]: bytes })).rejects.toThrow('type-differs');
            delete files[path];
          }
        const id = await published(author, group.admin, files);
        const asked = { params: { id }, query: { version: 'newest' as const } };
        const { items } = must(await author.call(listPreviews, asked)).body;
        expect(items).toHaveLength(Object.keys(files).length);
        for (const { path } of items) {
          // What is broken may throw inside of its sandbox, and some ask for foreign players in vain.
          const { page, inside } = await openFile(id, path, { isHostile: true });
          if (playable.some((end) => path.endsWith(end))) {
            const content = inside.locator('.h5p-content.h5p-initialized');
            await eventually(async () => expect([path, await content.count()]).toEqual([path, 1]));
            await eventually(async () => expect([path, await variety(page)]).toEqual([path, true]));
          } else {
            await page.locator('main iframe, main [role=alert], main section').first().waitFor();
          }
          await page.context().close();
        }
      },
      2 * patience, // two dozen of them, one after the other
    );
  });
});

/** Whether the frame shows something: more than one plain colour. */
async function variety(page: Page): Promise<boolean> {
  const picture = await page.locator('main iframe').screenshot();
  const { channels } = await sharp(picture).stats();
  return channels.some(({ stdev }) => stdev > 3);
}
