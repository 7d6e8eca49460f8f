import { beforeAll, expect, test } from '@jest/globals';
import { listEntries } from '../../server/content/contract.ts';
import { publishResource } from '../../server/resources/contract.ts';
import { zipOf } from '../unit/archives/build-zip.ts';
import { draftOf } from './build-resource.ts';
import { refusal } from './start-app.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from './start-group.ts';

const page = Buffer.from(
  '<!doctype html><link rel=stylesheet href="../样式/a.css"><script src="run.js"></script>',
);
const style = Buffer.from('body { color: teal }'.repeat(1000));
const archive = '课件/scorm 包.zip';

let group: RunningGroup;
let author: SignedIn;
let teacher: SignedIn;
let id: string;

beforeAll(async () => {
  group = await startGroup();
  author = await group.member({ roles: ['author', 'organisation-admin'] });
  teacher = await group.member();
  ({ id } = await draftOf(author, { audience: { scope: 'self' } }));
  const form = new FormData();
  const zip = zipOf([
    { name: 'sco/index.html', bytes: page },
    { name: '样式/', mode: 0o040755 },
    { name: '样式/a.css', bytes: style, isDeflated: true },
  ]);
  const bomb = zipOf([{ name: '../../evil.sh', bytes: page }]);
  for (const [path, bytes] of [
    [archive, zip],
    ['坏.zip', bomb],
    ['a.txt', Buffer.from('text')],
  ] as const) {
    form.append('files', new Blob([new Uint8Array(bytes)]), path.split('/').at(-1));
    form.append('paths', path);
  }
  const headers = { 'X-Courseyard': '1' };
  const sent = await author.fetch(`/api/resources/${id}/files`, { method: 'POST', body: form, headers });
  if (sent.status !== 201) throw new Error(await sent.text());
});

const listed = async (path = archive) => author.call(listEntries, { params: { id, version: 'draft', path } });

test('who may read the resource sees what is in its zip; nobody else learns that there is one', async () => {
  const { items } = must(await listed()).body;
  expect(items).toMatchObject([
    { path: 'sco/index.html', size: page.length, mediaType: 'text/html' },
    { path: '样式/a.css', size: style.length, mediaType: 'text/css' },
  ]);
  for (const who of [teacher, group.visitor])
    expect((await who.call(listEntries, { params: { id, version: 'draft', path: archive } })).status).toBe(
      404,
    );
});

test('the files of a package lie on the content origin so that their links work, sandboxed', async () => {
  const { url } = must(await listed()).body;
  expect(new URL(url).port).toBe(new URL(group.contentUrl).port);
  const pageUrl = new URL('sco/index.html', url);
  const answer = await fetch(pageUrl);
  expect(await answer.text()).toBe(page.toString());
  expect(answer.headers.get('content-type')).toBe('text/html');
  expect(answer.headers.get('content-security-policy')).toMatch(/sandbox/);
  const linked = await fetch(new URL('../样式/a.css', pageUrl));
  expect(linked.headers.get('content-length')).toBe(String(style.length));
  expect(await linked.text()).toBe(style.toString());
  expect((await fetch(new URL('sco/run.js', url))).status).toBe(404);
  expect((await fetch(url)).status).toBe(404);
});

test('stored and deflated files come in ranges, with a strong ETag', async () => {
  const { url } = must(await listed()).body;
  for (const [path, whole] of [
    ['sco/index.html', page],
    ['样式/a.css', style],
  ] as const) {
    const get = (headers: Record<string, string>, method = 'GET') =>
      fetch(new URL(path, url), { headers, method });
    const etag = (await get({}, 'HEAD')).headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[^"]+"$/);
    const part = await get({ Range: 'bytes=10-29', 'If-Range': etag });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 10-29/${whole.length}`);
    expect(await part.text()).toBe(whole.subarray(10, 30).toString());
    expect((await get({ 'If-None-Match': etag })).status).toBe(304);
    expect((await get({ Range: `bytes=${whole.length}-` })).status).toBe(416);
  }
  const several = await fetch(new URL('样式/a.css', url), { headers: { Range: 'bytes=0-1,50-60' } });
  expect(several.status).toBe(200);
});

test('an archive that is not safe is refused with its reason, and so is a file that is none', async () => {
  expect(refusal(await listed('坏.zip'))).toMatchObject({
    status: 422,
    type: '/api/problems/archives/unsafe-name',
  });
  expect(refusal(await listed('a.txt'))).toMatchObject({ type: '/api/problems/archives/not-an-archive' });
  expect(refusal(await listed('没有.zip')).type).toBe('/api/problems/resources/no-such-file');
});

test('a published version lists the same', async () => {
  must(await author.call(publishResource, { params: { id }, body: {} }));
  const { items } = must(await author.call(listEntries, { params: { id, version: 1, path: archive } })).body;
  expect(items).toHaveLength(2);
});
