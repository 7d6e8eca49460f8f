import { beforeAll, expect, test } from '@jest/globals';
import { collectionEndpoints } from '../../server/collections/contract.ts';
import { draftOf, submittedBy } from '../http/build-resource.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { published } from './build-library.ts';
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
}

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
  draft: ({ draft, author }) => [`/resources/${draft}/edit`, author],
  'own resources': ({ author }) => ['/mine', author],
  reviews: ({ reviewer }) => ['/reviews', reviewer],
  'collection, edited': ({ collection, curator }) => [`/collections/${collection}/edit`, curator],
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
    const author = await group.member({ roles: ['author'], name: '周文斌' });
    const reviewer = await group.member({ roles: ['reviewer'], organisation: author.organisation });
    const curator = await group.member({ groupRoles: ['curator'] });
    const resource = await published(author, group.admin, { '封面.png': await png(), '工作页.md': '# 对刀' });
    const draft = await draftOf(author, { title: '钳工锉削' });
    await submittedBy(author, { title: '液压回路' });
    const body = { title: '数控入门', audience: { scope: 'public' } } as const;
    const { id: collection } = must(await curator.call(collectionEndpoints.create, { body })).body;
    must(await curator.call(collectionEndpoints.addItem, { params: { id: collection }, body: { resource } }));
    library = { author, reviewer, curator, admin: group.admin, resource, draft: draft.id, collection };
  }, patience);

  test.each(Object.keys(pages))('axe-core finds nothing wrong: %s', async (name) => {
    const [path, as] = pages[name]?.(library) ?? ['/'];
    const page = await browser.open(group, { cookie: as?.headers.cookie });
    await page.goto(path);
    await settled(page);
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
        beyondTheEdge: await page.evaluate('document.documentElement.scrollWidth - innerWidth'),
        untranslated: words.filter((text) => /^[a-z]+([.-][a-z]+)+$/.test(text)),
      }).toEqual({ violations: [], beyondTheEdge: 0, untranslated: [] });
    },
  );
});
