import { createHash, randomBytes } from 'node:crypto';
import { beforeAll, expect, test } from '@jest/globals';
import { getCover, listPreviews, openFile } from '../../server/content/contract.ts';
import { downloadBundle, downloadFile } from '../../server/downloads/contract.ts';
import { addressOf } from '../../server/http/contract.ts';
import { publishResource } from '../../server/resources/contract.ts';
import { draftOf, upload } from './build-resource.ts';
import type { Caller } from './start-app.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from './start-group.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const movie = randomBytes(300_000);
const files = { '模块一/车削 演示.bin': movie, '说明.md': Buffer.from('# 数控车削\n\n安全第一。\n') };

let group: RunningGroup;
let author: SignedIn;
let teacher: SignedIn;
let id: string;

beforeAll(async () => {
  group = await startGroup();
  const organisation = (await group.organisation()).id;
  author = await group.member({ roles: ['author', 'organisation-admin'], organisation });
  teacher = await group.member();
  ({ id } = await draftOf(author, { title: '数控车削入门', audience: { scope: 'self' } }));
  const form = new FormData();
  for (const [path, bytes] of Object.entries(files)) {
    form.append('files', new Blob([new Uint8Array(bytes)]), path.split('/').at(-1));
    form.append('paths', path);
  }
  const headers = { 'X-Courseyard': '1' };
  const sent = await author.fetch(`/api/resources/${id}/files`, { method: 'POST', body: form, headers });
  if (sent.status !== 201) throw new Error(await sent.text());
});

const fileAt = (path: string, version: number | 'draft' = 'draft') =>
  addressOf(downloadFile, { id, version, path }, {});
const bundle = (version: number | 'draft' = 'draft') => addressOf(downloadBundle, { id, version }, {});
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

test('a file comes with its Chinese name, its length and its SHA-256 as ETag', async () => {
  const answer = await author.fetch(fileAt('模块一/车削 演示.bin'));
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-length')).toBe(String(movie.length));
  expect(answer.headers.get('etag')).toBe(`"${sha256(movie)}"`);
  expect(answer.headers.get('content-disposition')).toContain(
    `filename*=UTF-8''${encodeURIComponent('车削 演示.bin')}`,
  );
  expect(sha256(await bytesOf(answer))).toBe(sha256(movie));
});

test('ranges, several ranges, If-Range, HEAD and If-None-Match work as the standard says', async () => {
  const path = fileAt('模块一/车削 演示.bin');
  const etag = `"${sha256(movie)}"`;
  const get = (headers: Record<string, string>, method = 'GET') => author.fetch(path, { headers, method });

  const part = await get({ Range: 'bytes=100000-199999' });
  expect(part.status).toBe(206);
  expect(part.headers.get('content-range')).toBe(`bytes 100000-199999/${movie.length}`);
  expect((await bytesOf(part)).equals(movie.subarray(100_000, 200_000))).toBe(true);

  const two = await get({ Range: 'bytes=0-1,-2' });
  expect(two.status).toBe(206);
  const body = await bytesOf(two);
  expect(two.headers.get('content-length')).toBe(String(body.length));
  const boundary = two.headers.get('content-type')?.split('boundary=')[1];
  expect(body.toString('latin1').split(`--${boundary}`).length).toBe(4);
  expect(body.includes(movie.subarray(-2))).toBe(true);

  expect((await get({ Range: 'bytes=0-1', 'If-Range': etag })).status).toBe(206);
  expect((await get({ Range: 'bytes=0-1', 'If-Range': '"other"' })).status).toBe(200);
  expect((await get({ 'If-None-Match': etag })).status).toBe(304);
  const outside = await get({ Range: `bytes=${movie.length}-` });
  expect(outside.status).toBe(416);
  expect(outside.headers.get('content-range')).toBe(`bytes */${movie.length}`);
  expect((await get({ Range: `bytes=${'0-0,'.repeat(2000)}1-1` })).status).toBe(416);
  const head = await get({}, 'HEAD');
  expect(head.headers.get('content-length')).toBe(String(movie.length));
  expect((await bytesOf(head)).length).toBe(0);
});

test('a bundle has its length beforehand, and any range of it is what the whole has there', async () => {
  const answer = await author.fetch(bundle());
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/zip');
  const whole = await bytesOf(answer);
  expect(answer.headers.get('content-length')).toBe(String(whole.length));
  expect(whole.includes('数控车削入门')).toBe(true);
  const etag = answer.headers.get('etag') ?? '';
  for (const [first, last] of [
    [0, 10],
    [700, 150_000],
    [whole.length - 500, whole.length - 1],
  ] as const) {
    const headers = { Range: `bytes=${first}-${last}`, 'If-Range': etag };
    const part = await author.fetch(bundle(), { headers });
    expect(part.status).toBe(206);
    expect((await bytesOf(part)).equals(whole.subarray(first, last + 1))).toBe(true);
  }
});

test('names that Windows keeps for itself are others once they are downloaded, in a zip and alone', async () => {
  const { id: odd } = await draftOf(author, { title: 'CON' });
  const names = ['CON', 'aux.txt', '第1章: 对刀?.md', 'con_', '小结.'];
  for (const name of names) await upload(author, odd, name, name);
  const zip = await bytesOf(await author.fetch(addressOf(downloadBundle, { id: odd, version: 'draft' }, {})));
  const whole = zip.toString();
  const sums = [...whole.matchAll(/[0-9a-f]{64} {2}files\/(.+)\n/g)].map(([, name]) => name);
  expect(sums).toEqual(['CON__', 'aux_.txt', '第1章_ 对刀_.md', 'con_', '小结_']);
  for (const name of sums) expect(whole).toContain(`files/${name}`);
  const alone = await author.fetch(
    addressOf(downloadFile, { id: odd, version: 'draft', path: 'aux.txt' }, {}),
  );
  expect(alone.headers.get('content-disposition')).toBe('attachment; filename=aux_.txt');
  expect(await alone.text()).toBe('aux.txt');
});

test('what a member may not see is not there, by file, bundle, preview and cover', async () => {
  const previews = addressOf(listPreviews, { id }, { version: 'draft' });
  const content = addressOf(openFile, { id, version: 'draft', path: '说明.md' }, {});
  const cover = addressOf(getCover, { id }, {});
  const status = async (who: Caller, path: string) => (await who.fetch(path, { redirect: 'manual' })).status;
  for (const path of [fileAt('说明.md'), bundle(), previews, content, cover]) {
    expect(await status(teacher, path)).toBe(404);
    expect(await status(group.visitor, path)).toBe(404);
  }
  expect(await status(author, fileAt('说明.pdf'))).toBe(404);
  expect(await status(author, fileAt('说明.md', 7))).toBe(404);
});

test('the content origin serves a file to whoever has its address, sandboxed and without cookies', async () => {
  const { items } = must(
    await author.call(listPreviews, { params: { id }, query: { version: 'draft' } }),
  ).body;
  const text = items.find(({ path }) => path === '说明.md');
  const url = text?.url ?? '';
  expect(new URL(url).port).toBe(new URL(group.contentUrl).port);
  const answer = await fetch(url, { headers: { Origin: group.url } });
  expect(await answer.text()).toBe(files['说明.md'].toString());
  expect(answer.headers.get('content-type')).toContain('text/markdown');
  expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('set-cookie')).toBeNull();
  const foreign = await fetch(url, { headers: { Origin: 'https://evil.example' } });
  expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  const range = await fetch(url, { headers: { Range: 'bytes=2-4' } });
  expect(range.status).toBe(206);
  expect((await fetch(url.replace(/[0-9a-f]{64}/, sha256(movie)))).status).toBe(404);
  expect((await fetch(url, { method: 'POST' })).status).toBe(405);
  expect((await fetch(group.contentUrl)).status).toBe(404);
});

test('the address of a file in place leads to the content origin', async () => {
  const answer = await author.fetch(addressOf(openFile, { id, version: 'draft', path: '说明.md' }, {}));
  expect(new URL(answer.url).port).toBe(new URL(group.contentUrl).port);
  expect(await answer.text()).toBe(files['说明.md'].toString());
});

test('a published version is handed out and stays as it is when the draft goes on', async () => {
  const answer = await author.call(publishResource, { params: { id }, body: {} });
  expect(answer.status).toBe(200);
  const file = await author.fetch(fileAt('说明.md', 1));
  expect(await file.text()).toBe(files['说明.md'].toString());
  expect((await author.fetch(bundle(1))).status).toBe(200);
});
