import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { collectionEndpoints, shelfEndpoints } from '../../server/collections/contract.ts';
import { draftOf, submittedBy } from '../http/build-resource.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { published, uploadFiles } from './build-library.ts';
import { png } from './make-files.ts';
import { inChromium, patience, settled, violationsOn } from './open-browser.ts';

/** What stands in the library, and who looks at it. */
interface Library {
  author: SignedIn;
  reviewer: SignedIn;
  curator: SignedIn;
  admin: SignedIn;
  resource: string;
  draft: string;
  collection: string;
  shelf: string;
}

/** As wide as words get, with no place to break them in. */
const wide = 'Electropneumatics-and-programmable-logic-controllers';

const pages: Record<string, (library: Library) => [path: string, as?: SignedIn]> = {
  home: () => ['/'],
  'home of a member': ({ author }) => ['/', author],
  search: () => ['/search'],
  'search with filters': () => ['/search?q=数控&kind=courseware'],
  'search without hits': () => ['/search?q=没有这个词汇'],
  resource: ({ resource, author }) => [`/resources/${resource}`, author],
  results: ({ resource, author }) => [`/resources/${resource}/results`, author],
  version: ({ resource }) => [`/resources/${resource}/versions/1`],
  collections: () => ['/collections'],
  collection: ({ collection }) => [`/collections/${collection}`],
  shelves: ({ author }) => ['/shelves', author],
  'sign-in': () => ['/sign-in'],
  'set-up, closed': () => ['/set-up'],
  'nothing there': () => ['/nowhere'],
  upload: ({ author }) => ['/upload', author],
  'table of drafts': ({ draft, author }) => [`/upload/table?drafts=${draft}`, author],
  draft: ({ draft, author }) => [`/resources/${draft}/edit`, author],
  'own resources': ({ author }) => ['/mine', author],
  reviews: ({ reviewer }) => ['/reviews', reviewer],
  'collection, edited': ({ collection, curator }) => [`/collections/${collection}/edit`, curator],
  'shelf, edited': ({ shelf, author }) => [`/shelves/${shelf}/edit`, author],
  vocabularies: ({ curator }) => ['/vocabularies', curator],
  vocabulary: ({ curator }) => ['/vocabularies/majors', curator],
  organisations: ({ admin }) => ['/organisations', admin],
  members: ({ admin }) => ['/members', admin],
  jobs: ({ admin }) => ['/jobs', admin],
  storage: ({ admin }) => ['/storage', admin],
  usage: ({ admin }) => ['/usage', admin],
  profile: ({ author }) => ['/profile', author],
};

inChromium('pages', (browser) => {
  let group: RunningGroup;
  let library: Library;

  beforeAll(async () => {
    group = await startGroup();
    const { id: organisation } = await group.organisation(`东江装备制造职业学院 ${wide}`);
    const author = await group.member({ roles: ['author'], name: '周文斌', organisation });
    const reviewer = await group.member({ roles: ['reviewer'], organisation: author.organisation });
    const curator = await group.member({ groupRoles: ['curator'], name: '方老师' });
    const long = {
      title: `数控车床对刀 ${wide} ${wide}`,
      summary: wide,
      tags: [wide.slice(0, 40)],
      courses: [wide],
    };
    const files = { '封面.png': await png(), [`工作页-${wide}.md`]: `# 对刀 ${wide}` };
    const resource = await published(author, group.admin, files, long);
    const draft = await draftOf(author, {
      ...long,
      majors: ['460103', '460305', '460104'],
      jobs: [`Operator of ${wide}`, '6-18-01-01'],
      creators: [wide],
    });
    await uploadFiles(author, draft.id, files);
    await submittedBy(author, { title: `液压回路 ${wide}` });
    const body = { title: `数控入门 ${wide}`, audience: { scope: 'public' } } as const;
    const { id: collection } = must(await curator.call(collectionEndpoints.create, { body })).body;
    must(await curator.call(collectionEndpoints.addItem, { params: { id: collection }, body: { resource } }));
    must(
      await curator.call(collectionEndpoints.update, {
        params: { id: collection },
        body: { cover: resource },
      }),
    );
    const { id: shelf } = must(await author.call(shelfEndpoints.create, { body: { title: wide } })).body;
    must(await author.call(shelfEndpoints.addItem, { params: { id: shelf }, body: { resource } }));
    library = { author, reviewer, curator, admin: group.admin, resource, draft: draft.id, collection, shelf };
  }, patience);

  test('the page of a collection shows its cover', async () => {
    const page = await browser.open(group);
    await page.goto(`/collections/${library.collection}`);
    await settled(page);
    expect(
      await page
        .locator('header')
        .filter({ has: page.getByRole('heading', { level: 1 }) })
        .locator('img')
        .count(),
    ).toBe(1);
  });

  test.each(Object.keys(pages))(
    'axe-core finds nothing wrong, nor is it too wide for a phone: %s',
    async (name) => {
      const [path, as] = pages[name]?.(library) ?? ['/'];
      const page = await browser.open(group, { cookie: as?.headers.cookie });
      await page.goto(path);
      await settled(page);
      expect(await violationsOn(page)).toEqual([]);
      await page.setViewportSize({ width: 360, height: 780 });
      expect(await widthOf(page)).toBe(360);
    },
  );

  test('nor with a row under the pointer and another chosen', async () => {
    const page = await browser.open(group, { cookie: library.author.headers.cookie });
    const other = await draftOf(library.author, { title: '锯削', summary: '' });
    await page.goto(`/upload/table?drafts=${library.draft},${other.id}`);
    const row = page.getByRole('row', { name: /锯削/ });
    await row.getByRole('cell', { name: /未填/ }).hover();
    expect(await violationsOn(page)).toEqual([]);
    await row.getByRole('checkbox').check();
    await page.mouse.move(0, 0);
    expect(await violationsOn(page)).toEqual([]);
  });

  test.each(Object.keys(pages))(
    'nor on a phone, in the dark, in English, and nothing is too wide: %s',
    async (name) => {
      const [path, as] = pages[name]?.(library) ?? ['/'];
      const page = await browser.open(group, {
        cookie: as?.headers.cookie,
        language: 'en',
        colorScheme: 'dark',
        viewport: { width: 360, height: 780 },
        hasTouch: true,
        isMobile: true,
      });
      await page.goto(path);
      await settled(page);
      const words = await page.locator('button, label, h1, legend, nav a').allTextContents();
      expect({
        violations: await violationsOn(page),
        width: await widthOf(page),
        untranslated: words.filter((text) => /^[a-z]+([.-][a-z]+)+$/.test(text)),
      }).toEqual({ violations: [], width: 360, untranslated: [] });
    },
  );

  const opened: Record<string, (page: Page) => Promise<void>> = {
    'the menu of the member': async (page) => {
      await page.getByRole('button', { name: '方老师的菜单' }).click();
      await page.getByRole('menuitem', { name: '跟随系统' }).hover();
    },
    'a dialog that warns of danger, and a list in it': async (page) => {
      await page.goto('/vocabularies/majors');
      await page.getByRole('button', { name: '合并 数控技术', exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('combobox').fill('机械制造');
      await page.locator('.ant-select-item-option-content').first().waitFor();
      expect(await violationsOn(page)).toEqual([]);
      await page.locator('.ant-select-item-option-content').first().click();
      await dialog.getByRole('button', { name: '合并', exact: true }).hover();
    },
    'a list of a page': async (page) => {
      await page.goto('/profile');
      await page.getByRole('main').getByRole('combobox').click();
      await page.locator('.ant-select-item-option-content').first().waitFor();
    },
  };

  test.each(['light', 'dark'] as const)('nor in what opens over a page: %s', async (colorScheme) => {
    for (const open of Object.values(opened)) {
      const cookie = library.curator.headers.cookie;
      const page = await browser.open(group, { cookie, colorScheme, reducedMotion: 'reduce' });
      await page.goto('/');
      await settled(page);
      await open(page);
      expect(await violationsOn(page)).toEqual([]);
    }
  });

  test.each([
    ['its code', '/collections', '**/*.js', 'main [aria-busy]'],
    ['its resource', '/embed/', '**/api/resources/*', '[aria-busy]'],
    ['the names of organisations', '/resources/', '**/api/organisations*', 'h1'],
  ])('nor while a page waits for %s', async (_what, path, held, shown) => {
    const page = await browser.open(group);
    if (!path.endsWith('/')) {
      await page.goto('/');
      await settled(page);
    }
    await page.route(held, () => {}); // never answered
    if (path.endsWith('/')) await page.goto(path + library.resource);
    else await page.locator(`a[href="${path}"]`).first().click();
    await page.locator(shown).first().waitFor();
    expect(await violationsOn(page)).toEqual([]);
  });
});

/** How wide what stands on it is: browsers of phones widen the window itself, which thus tells nothing. */
const widthOf = (page: Page): Promise<number> => page.evaluate('document.documentElement.scrollWidth');
