import { beforeAll, expect, test } from '@jest/globals';
import { collectionEndpoints } from '../../server/collections/contract.ts';
import { draftOf, submittedBy } from '../http/build-resource.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { published } from './build-library.ts';
import { png } from './make-files.ts';
import { inChromium, patience, settled, violationsOn } from './open-browser.ts';

inChromium('pages', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;
  let reviewer: SignedIn;
  let pages: Record<string, { path: string; as?: SignedIn }>;

  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'], name: '周文斌' });
    reviewer = await group.member({ roles: ['reviewer'], organisation: author.organisation });
    const curator = await group.member({ groupRoles: ['curator'] });
    const resource = await published(author, group.admin, { '封面.png': await png(), '工作页.md': '# 对刀' });
    const draft = await draftOf(author, { title: '钳工锉削' });
    await submittedBy(author, { title: '液压回路' });
    const collection = must(
      await curator.call(collectionEndpoints.create, {
        body: { title: '数控入门', audience: { scope: 'public' } },
      }),
    ).body;
    must(
      await curator.call(collectionEndpoints.addItem, { params: { id: collection.id }, body: { resource } }),
    );
    const { admin } = group;
    pages = {
      home: { path: '/' },
      'home of a member': { path: '/', as: author },
      search: { path: '/search' },
      'search with hits and filters': { path: '/search?q=数控&kind=courseware' },
      'search without hits': { path: '/search?q=没有这个词汇' },
      resource: { path: `/resources/${resource}`, as: author },
      version: { path: `/resources/${resource}/versions/1` },
      collections: { path: '/collections' },
      collection: { path: `/collections/${collection.id}` },
      shelves: { path: '/shelves', as: author },
      'sign-in': { path: '/sign-in' },
      'set-up, closed': { path: '/set-up' },
      'nothing there': { path: '/nowhere' },
      upload: { path: '/upload', as: author },
      draft: { path: `/resources/${draft.id}/edit`, as: author },
      'own resources': { path: '/mine', as: author },
      reviews: { path: '/reviews', as: reviewer },
      'collection, edited': { path: `/collections/${collection.id}/edit`, as: curator },
      vocabularies: { path: '/vocabularies', as: curator },
      vocabulary: { path: '/vocabularies/majors', as: curator },
      organisations: { path: '/organisations', as: admin },
      members: { path: `/members?organisation=${author.organisation}`, as: admin },
      jobs: { path: '/jobs', as: admin },
      usage: { path: '/usage', as: admin },
      profile: { path: '/profile', as: author },
    };
  }, patience);

  test('axe-core finds nothing wrong on any page', async () => {
    const found: Record<string, string[]> = {};
    for (const [name, { path, as }] of Object.entries(pages)) {
      const page = await browser.open(group, { cookie: as?.headers.cookie });
      await page.goto(path);
      await settled(page);
      const violations = await violationsOn(page);
      if (violations.length > 0) found[name] = violations;
      await page.context().close();
    }
    expect(found).toEqual({});
  }, 300_000);

  test('on a phone, in the dark and in English, it finds nothing either, and nothing is wider than the screen', async () => {
    const found: Record<string, unknown> = {};
    for (const [name, { path, as }] of Object.entries(pages)) {
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
      const violations = await violationsOn(page);
      const tooWide = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
      const words = await page.locator('button, label, h1, legend, nav a').allTextContents();
      const untranslated = words.filter((text) => /^[a-z]+([.-][a-z]+)+$/.test(text));
      if (violations.length > 0 || tooWide > 0 || untranslated.length > 0)
        found[name] = { violations, tooWide, untranslated };
      await page.context().close();
    }
    expect(found).toEqual({});
  }, 300_000);
});
