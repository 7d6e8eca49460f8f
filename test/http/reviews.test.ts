import { beforeAll, expect, test } from '@jest/globals';
import { publishResource } from '../../server/resources/contract.ts';
import { listRatings, listReviews, rateResource, unrateResource } from '../../server/reviews/contract.ts';
import { search } from '../../server/search/contract.ts';
import { eventually } from '../eventually.ts';
import { draftOf, publishedBy, submittedBy } from './build-resource.ts';
import { refusal } from './start-app.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from './start-group.ts';

let group: RunningGroup;
let author: SignedIn;
let reviewer: SignedIn;
let teacher: SignedIn;

beforeAll(async () => {
  group = await startGroup();
  author = await group.member({ roles: ['author'] });
  const { organisation } = author;
  [reviewer, teacher] = await Promise.all([
    group.member({ roles: ['author', 'reviewer'], organisation }),
    group.member({ name: '赵老师' }),
  ]);
});

test('the queue has what waits for this member, the longest wait first, by pages', async () => {
  const waiting = [await submittedBy(author), await submittedBy(author), await submittedBy(author)];
  await submittedBy(reviewer); // one's own is for somebody else to decide
  await draftOf(author);
  const page = async (cursor?: string) =>
    must(await reviewer.call(listReviews, { query: { limit: 2, cursor } })).body;
  const first = await page();
  const second = await page(first.next);
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(waiting.map(({ id }) => id));
  expect(first.items[0]).toMatchObject({
    state: 'submitted',
    submitted: { by: { id: author.id } },
    can: expect.arrayContaining(['publish', 'return']),
  });
  must(await reviewer.call(publishResource, { params: { id: waiting[0]?.id ?? '' }, body: {} }));
  expect((await page()).items.map(({ id }) => id)).toEqual(waiting.slice(1).map(({ id }) => id));
});

test('the queue is empty for those who decide nothing, and closed to visitors', async () => {
  expect(must(await teacher.call(listReviews, { query: {} })).body.items).toEqual([]);
  expect((await group.visitor.call(listReviews, { query: {} })).status).toBe(401);
});

test('a reader rates once, may change it and take it back', async () => {
  const { id } = await publishedBy(author, reviewer);
  const rate = (by: SignedIn, stars: number, comment = '') =>
    by.call(rateResource, { params: { id }, body: { stars, comment } });
  must(await rate(teacher, 2));
  must(await rate(teacher, 5, '步骤清楚'));
  must(await rate(reviewer, 4));
  const read = async () => must(await teacher.call(listRatings, { params: { id }, query: {} })).body;
  expect(await read()).toMatchObject({
    count: 2,
    average: 4.5,
    distribution: [0, 0, 0, 1, 1],
    mine: { stars: 5, comment: '步骤清楚', name: '赵老师', version: 1 },
    items: [{ stars: 4 }, { stars: 5 }],
  });
  must(await teacher.call(unrateResource, { params: { id } }));
  expect(await read()).toMatchObject({ count: 1, mine: null });
});

test('authors do not rate their own, and nobody rates what they cannot see', async () => {
  const { id } = await publishedBy(author, reviewer, { audience: { scope: 'organisation' } });
  const rate = (by: SignedIn) => by.call(rateResource, { params: { id }, body: { stars: 5 } });
  expect(refusal(await rate(author)).type).toBe('/api/problems/reviews/own-resource');
  expect((await rate(teacher)).status).toBe(404);
  expect((await teacher.call(listRatings, { params: { id }, query: {} })).status).toBe(404);
});

test('search puts what is rated best first when asked to, and follows a changed mind', async () => {
  const title = '齿轮箱装配';
  const praised = await publishedBy(author, reviewer, { title });
  const plain = await publishedBy(author, reviewer, { title });
  const rate = (id: string, stars: number) =>
    teacher.call(rateResource, { params: { id }, body: { stars, comment: '' } });
  const best = async () => {
    const query = { q: title, sort: 'best-rated' as const };
    return must(await teacher.call(search, { query })).body.items.map(({ id }) => id);
  };
  must(await rate(praised.id, 5));
  must(await rate(plain.id, 2));
  await eventually(async () => expect(await best()).toEqual([praised.id, plain.id]));
  must(await rate(praised.id, 1));
  await eventually(async () => expect(await best()).toEqual([plain.id, praised.id]));
});
