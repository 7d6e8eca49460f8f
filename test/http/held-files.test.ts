import { createHash, randomBytes } from 'node:crypto';
import { beforeAll, expect, test } from '@jest/globals';
import { getResource } from '../../server/resources/contract.ts';
import { attachHeldFiles, lookUpFiles, storage } from '../../server/uploads/contract.ts';
import { draftOf, publishedBy, upload } from './build-resource.ts';
import { refusal } from './start-app.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from './start-group.ts';

let group: RunningGroup;
let author: SignedIn;
let colleague: SignedIn;
let stranger: SignedIn;

beforeAll(async () => {
  group = await startGroup();
  author = await group.member({ roles: ['author'] });
  colleague = await group.member({ roles: ['author'], organisation: author.organisation });
  stranger = await group.member({ roles: ['author'] });
});

const sum = (text: string) => createHash('sha256').update(text).digest('hex');
const ask = async (by: SignedIn, id: string, sha256: string) => {
  const body = { files: [{ path: '工作页.md', sha256 }] };
  return must(await by.call(lookUpFiles, { params: { id }, body })).body.items[0];
};

test('what the own organisation holds is attached without being sent, and counted once', async () => {
  const text = `# ${randomBytes(20).toString('hex')}`;
  await upload(author, (await draftOf(author)).id, '工作页.md', text);
  const before = must(await colleague.call(storage)).body;
  const { id } = await draftOf(colleague);
  expect(await ask(colleague, id, sum(text))).toEqual({ path: '工作页.md', held: true, published: [] });
  const body = { files: [{ path: '新/页.md', sha256: sum(text) }] };
  const { items } = must(await colleague.call(attachHeldFiles, { params: { id }, body })).body;
  expect(items).toMatchObject([{ path: '新/页.md', sha256: sum(text), size: text.length }]);
  const { files } = must(await colleague.call(getResource, { params: { id }, query: {} })).body;
  expect(files).toMatchObject(items);
  expect(must(await colleague.call(storage)).body).toEqual(before);
});

test('what only others hold is answered as what nobody holds', async () => {
  const text = `# ${randomBytes(20).toString('hex')}`;
  await upload(author, (await draftOf(author)).id, '工作页.md', text);
  const { id } = await draftOf(stranger);
  expect(await ask(stranger, id, sum(text))).toEqual(await ask(stranger, id, sum('nobody has this')));
  const body = { files: [{ path: 'a.md', sha256: sum(text) }] };
  const refused = refusal(await stranger.call(attachHeldFiles, { params: { id }, body }));
  expect(refused).toMatchObject({ status: 409, type: '/api/problems/uploads/not-held' });
  expect(must(await stranger.call(getResource, { params: { id }, query: {} })).body.files).toEqual([]);
});

test('the same checks hold as for bytes that are sent: a name that promises another type is refused', async () => {
  const text = `# ${randomBytes(20).toString('hex')}`;
  const { id } = await draftOf(author);
  await upload(author, id, 'a.md', text);
  const body = { files: [{ path: 'a.pdf', sha256: sum(text) }] };
  expect(refusal(await author.call(attachHeldFiles, { params: { id }, body })).type).toBe(
    '/api/problems/blobs/type-differs',
  );
});

test('a published file with the same bytes is named to whoever may read it', async () => {
  const published = await publishedBy(author, group.admin, { title: '对刀', audience: { scope: 'group' } });
  const inside = await publishedBy(author, group.admin, {
    title: '内部',
    audience: { scope: 'organisation' },
  });
  const sha256 = published.files[0]?.sha256 ?? '';
  const theirs = await ask(stranger, (await draftOf(stranger)).id, sha256);
  expect(theirs).toMatchObject({ held: false, published: [{ id: published.id, title: '对刀' }] });
  expect(theirs?.published).toHaveLength(1);
  const ours = await ask(colleague, (await draftOf(colleague)).id, sha256);
  expect(ours?.published.map(({ id }) => id).sort()).toEqual([published.id, inside.id].sort());
});

test('somebody else’s draft is not there to ask about', async () => {
  const { id } = await draftOf(author);
  const body = { files: [{ path: 'a.md', sha256: sum('x') }] };
  expect((await stranger.call(lookUpFiles, { params: { id }, body })).status).toBe(404);
  expect((await stranger.call(attachHeldFiles, { params: { id }, body })).status).toBe(404);
});
