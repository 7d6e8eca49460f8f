import { beforeAll, expect, test } from '@jest/globals';
import { shelfEndpoints } from '../../server/collections/contract.ts';
import { getResource } from '../../server/resources/contract.ts';
import { recordUse, resourceUsage, usageSummary } from '../../server/usage/contract.ts';
import { draftOf, publishedBy } from './build-resource.ts';
import type { Caller } from './start-app.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from './start-group.ts';

let group: RunningGroup;
let author: SignedIn;
let reader: SignedIn;

beforeAll(async () => {
  group = await startGroup();
  author = await group.member({ roles: ['author', 'organisation-admin'] });
  reader = await group.member();
});

const view = async (by: Caller, id: string) =>
  must(await by.call(getResource, { params: { id }, query: {} }));
const usageOf = async (id: string) =>
  must(await author.call(resourceUsage, { params: { id }, query: {} })).body;

test('views count, a second click does not, and uses elsewhere are told apart', async () => {
  const { id } = await publishedBy(author, author); // its author reads it once
  await view(reader, id);
  await view(reader, id);
  await view(author, id);
  const usage = await usageOf(id);
  expect(usage.total).toMatchObject({ view: 2, download: 0 });
  expect(usage.unique.view).toBe(2);
  expect(usage.elsewhere).toBe(1);
  expect(usage.days).toMatchObject([{ view: 2 }]);
});

test('the page tells of previews and embeddings; taking into a shelf counts as adopting', async () => {
  const { id } = await publishedBy(author, author);
  const use = (kind: 'preview' | 'embed', file?: string) =>
    reader.call(recordUse, { body: { resource: id, kind, file } });
  must(await use('preview', 'a.md'));
  must(await use('preview', 'b.md'));
  must(await use('embed'));
  const shelf = must(await reader.call(shelfEndpoints.create, { body: { title: '收藏' } })).body;
  must(await reader.call(shelfEndpoints.addItem, { params: { id: shelf.id }, body: { resource: id } }));
  expect((await usageOf(id)).total).toMatchObject({ preview: 2, embed: 1, adopt: 1 });
});

test('robots do not count, and visitors are told apart without being known', async () => {
  const { id } = await publishedBy(author, author, { audience: { scope: 'public' } });
  const visitor = (userAgent: string) => group.caller({ 'user-agent': userAgent });
  await view(visitor('Mozilla/5.0 (Windows NT 10.0)'), id);
  await view(visitor('Mozilla/5.0 (Macintosh)'), id);
  await view(visitor('Baiduspider/2.0'), id);
  expect((await usageOf(id)).total.view).toBe(3); // two visitors and the author
});

test('nobody tells of uses of what they cannot read', async () => {
  const { id } = await draftOf(author);
  const answer = await reader.call(recordUse, { body: { resource: id, kind: 'embed' } });
  expect(answer.status).toBe(404);
});

test('numbers of a resource are for its owner and those who report', async () => {
  const { id } = await publishedBy(author, author);
  const ask = (by: Caller) => by.call(resourceUsage, { params: { id }, query: {} });
  expect((await ask(reader)).status).toBe(403);
  const curator = await group.member({ groupRoles: ['curator'] });
  expect((await ask(curator)).status).toBe(200);
});

test('an administrator reports for their organisation, the group for all', async () => {
  const owner = await group.member({ roles: ['author', 'organisation-admin'] });
  const { id } = await publishedBy(owner, owner);
  await publishedBy(owner, owner, { kind: 'xr' });
  await view(reader, id);
  const own = must(await owner.call(usageSummary, { query: {} })).body;
  expect(own.resources).toMatchObject({ total: 2, byKind: { courseware: 1, xr: 1 } });
  expect(own.shares).toMatchObject({ used: 1, renewed: 1, crossOrganisation: 1 / 3 });
  expect(own.uses.view).toBe(3);
  expect(own.top[0]).toMatchObject({ resource: id, uses: 2 });
  expect(own.organisations.map(({ uses }) => uses)).toEqual([2, 1]);
  expect(own.organisations[0]?.name).not.toBe('');
  const other = await owner.call(usageSummary, { query: { organisation: reader.organisation } });
  expect(other.status).toBe(403);
  expect((await reader.call(usageSummary, { query: {} })).status).toBe(403);
  const all = must(await group.admin.call(usageSummary, { query: {} })).body;
  expect(all.resources.total).toBeGreaterThan(2);
});
