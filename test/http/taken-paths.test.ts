import { createHash, randomBytes } from 'node:crypto';
import { beforeAll, expect, test } from '@jest/globals';
import { getResource } from '../../server/resources/contract.ts';
import { attachHeldFiles, getUpload } from '../../server/uploads/contract.ts';
import { draftOf, upload } from './build-resource.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from './start-group.ts';

let group: RunningGroup;
let author: SignedIn;

beforeAll(async () => {
  group = await startGroup();
  author = await group.member({ roles: ['author'] });
});

const ours = { 'X-Courseyard': '1' };
const text = () => `# ${randomBytes(20).toString('hex')}`;
const sum = (content: string) => createHash('sha256').update(content).digest('hex');
const filesOf = async (id: string) =>
  must(await author.call(getResource, { params: { id }, query: { view: 'draft' } })).body.files.map(
    ({ path, sha256 }) => [path, sha256],
  );

async function sendForm(id: string, content: string, taken: string) {
  const form = new FormData();
  form.append('files', new Blob([content]), '讲义.md');
  form.append('taken', taken);
  return author.fetch(`/api/resources/${id}/files`, { method: 'POST', body: form, headers: ours });
}

/** Sends a file resumably, in one piece. */
async function sendByTus(id: string, content: string, said: Record<string, string>) {
  const metadata = Object.entries({ filename: '讲义.md', resource: id, ...said })
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');
  return author.fetch('/api/uploads', {
    method: 'POST',
    headers: {
      ...ours,
      'Tus-Resumable': '1.0.0',
      'Content-Type': 'application/offset+octet-stream',
      'Upload-Length': String(content.length),
      'Upload-Metadata': metadata,
    },
    body: content,
  });
}

test('a file whose path is taken replaces the one there or, when that is wanted, gets a name of its own', async () => {
  const { id } = await draftOf(author);
  const [first, second, third, fourth] = [text(), text(), text(), text()];
  await upload(author, id, '讲义.md', first);
  const answer = await sendForm(id, second, 'rename');
  expect(await answer.json()).toMatchObject({ items: [{ path: '讲义 (2).md', sha256: sum(second) }] });
  const resumable = await sendByTus(id, third, { taken: 'rename' });
  const upload3 = resumable.headers.get('location')?.split('/').at(-1) ?? '';
  expect(must(await author.call(getUpload, { params: { id: upload3 } })).body).toMatchObject({
    path: '讲义.md',
    file: { path: '讲义 (3).md' },
  });
  expect((await sendByTus(id, fourth, {})).status).toBe(201);
  expect(await filesOf(id)).toEqual([
    ['讲义.md', sum(fourth)],
    ['讲义 (2).md', sum(second)],
    ['讲义 (3).md', sum(third)],
  ]);
});

test('the same file that comes again does not stand there twice', async () => {
  const { id } = await draftOf(author);
  const [first, second] = [text(), text()];
  await upload(author, id, '讲义.md', first);
  for (const content of [second, second, first]) await sendForm(id, content, 'rename');
  const files = [{ path: '讲义.md', sha256: sum(second) }];
  const { items } = must(
    await author.call(attachHeldFiles, { params: { id }, body: { files, taken: 'rename' } }),
  ).body;
  expect(items).toMatchObject([{ path: '讲义 (2).md' }]);
  expect(await filesOf(id)).toEqual([
    ['讲义.md', sum(first)],
    ['讲义 (2).md', sum(second)],
  ]);
});

test('another word for what becomes of it is refused before anything is taken', async () => {
  const { id } = await draftOf(author);
  expect((await sendForm(id, text(), 'keep')).status).toBe(400);
  expect((await sendByTus(id, text(), { taken: 'keep' })).status).toBe(400);
  expect(await filesOf(id)).toEqual([]);
});
