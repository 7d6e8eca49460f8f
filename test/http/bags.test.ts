import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { downloadBag, downloadCollectionBag, importBag } from '../../server/bags/contract.ts';
import { collectionEndpoints, shelfEndpoints } from '../../server/collections/contract.ts';
import { downloadCollection, downloadSelection, downloadShelf } from '../../server/downloads/contract.ts';
import { addressOf, type EndpointDefinition } from '../../server/http/contract.ts';
import { getResource, listResources } from '../../server/resources/contract.ts';
import { zipOf } from '../unit/archives/build-zip.ts';
import { draftOf, publishedBy } from './build-resource.ts';
import { type Caller, refusal } from './start-app.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from './start-group.ts';

let group: RunningGroup;
let author: SignedIn;
let curator: SignedIn;
let stranger: SignedIn;
let shared: string;
let internal: string;
let collection: string;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'courseyard-bags-'));
  group = await startGroup();
  author = await group.member({ roles: ['author'] });
  curator = await group.member({ groupRoles: ['curator', 'group-admin'] });
  stranger = await group.member({ roles: ['author'] });
  const description = { tags: ['对刀'], courseware: { minutes: 45 } };
  shared = (await publishedBy(author, group.admin, { title: '数控 100% 入门', ...description })).id;
  internal = (
    await publishedBy(author, group.admin, { title: '内部资料', audience: { scope: 'organisation' } })
  ).id;
  const body = { title: '车工 专题', sections: [{ id: 'one', title: '第一节' }] };
  ({ id: collection } = must(await curator.call(collectionEndpoints.create, { body })).body);
  for (const resource of [shared, internal])
    must(
      await curator.call(collectionEndpoints.addItem, {
        params: { id: collection },
        body: { resource, section: 'one' },
      }),
    );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function taken(
  by: Caller,
  endpoint: EndpointDefinition,
  params: object,
  query: object = {},
): Promise<Buffer> {
  const answer = await by.fetch(addressOf(endpoint, params, query));
  if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
  return Buffer.from(await answer.arrayBuffer());
}

/** Unpacks with another program. */
async function unpacked(zip: Buffer, name: string): Promise<string> {
  await writeFile(join(folder, `${name}.zip`), zip);
  execFileSync('unzip', ['-tq', `${name}.zip`], { cwd: folder });
  execFileSync('unzip', ['-q', `${name}.zip`, '-d', name], { cwd: folder });
  return join(folder, name);
}
/** `sha256sum` does not know that BagIt writes %25 for a percent sign. */
const check = (where: string, sums: string) =>
  execFileSync('sh', ['-c', 'sed s/%25/%/g "$0" | sha256sum -c --quiet', sums], { cwd: where });
const list = (where: string) =>
  execFileSync('find', ['.', '-type', 'f'], { cwd: where }).toString().trim().split('\n').sort();

async function uploaded(by: Caller, zip: Buffer): Promise<string> {
  const { id } = await draftOf(by);
  const form = new FormData();
  form.append('files', new Blob([new Uint8Array(zip)]), 'bag.zip');
  const headers = { 'X-Courseyard': '1' };
  const sent = await by.fetch(`/api/resources/${id}/files`, { method: 'POST', body: form, headers });
  if (sent.status !== 201) throw new Error(await sent.text());
  return id;
}
const imported = async (by: Caller, zip: Buffer) =>
  by.call(importBag, { body: { resource: await uploaded(by, zip), path: 'bag.zip' } });

describe('a bag of a version', () => {
  const exported = () => taken(author, downloadBag, { id: shared, version: 1 });

  test('is BagIt 1.0 whose checksums another program confirms', async () => {
    const where = await unpacked(await exported(), 'version');
    expect(list(where)).toEqual([
      './数控 100% 入门-v1/bag-info.txt',
      './数控 100% 入门-v1/bagit.txt',
      './数控 100% 入门-v1/data/files/工作页.md',
      './数控 100% 入门-v1/data/resource.json',
      './数控 100% 入门-v1/manifest-sha256.txt',
      './数控 100% 入门-v1/tagmanifest-sha256.txt',
    ]);
    const bag = join(where, '数控 100% 入门-v1');
    check(bag, 'manifest-sha256.txt');
    check(bag, 'tagmanifest-sha256.txt');
  });

  test('comes back as a draft with the same description and files', async () => {
    const { resources } = must(await imported(stranger, await exported())).body;
    expect(resources).toMatchObject([{ title: '数控 100% 入门' }]);
    const id = resources[0]?.id ?? '';
    const back = must(await stranger.call(getResource, { params: { id }, query: {} })).body;
    const was = must(await author.call(getResource, { params: { id: shared }, query: {} })).body;
    const { title, tags, majors, courseware, files, summary } = was;
    expect(back).toMatchObject({ title, tags, majors, courseware, files, summary, state: 'draft' });
  });

  test('with a byte changed in a file makes nothing', async () => {
    const zip = await exported();
    zip[zip.indexOf('# 对刀')] = 0x24;
    const before = must(await stranger.call(listResources, { query: { mine: 'true', limit: 100 } })).body
      .items;
    expect(refusal(await imported(stranger, zip)).type).toBe('/api/problems/bags/wrong-checksum');
    const after = must(await stranger.call(listResources, { query: { mine: 'true', limit: 100 } })).body
      .items;
    expect(after.length).toBe(before.length + 1); // the draft that the bag was uploaded into
  });
});

describe('a bag from elsewhere', () => {
  const sum = '5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03'; // of "hello\n"
  const tags = {
    'b/bagit.txt': 'BagIt-Version: 0.97\r\nTag-File-Character-Encoding: UTF-8\r\n',
    'b/bag-info.txt': 'Source-Organization: 别处\nExternal-Description: 一段很长的\n  说明\n',
    'b/manifest-sha256.txt': `${sum.toUpperCase()} *data/a 50%25.txt\n`,
    'b/data/a 50%.txt': 'hello\n',
  };
  const bagOf = (files: Record<string, string>) =>
    zipOf(
      Object.entries(files).map(([name, text]) => ({ name, bytes: Buffer.from(text), isDeflated: true })),
    );

  test('becomes one draft with all its files, named as the bag describes itself', async () => {
    const { resources } = must(await imported(author, bagOf(tags))).body;
    expect(resources).toMatchObject([{ title: '一段很长的 说明' }]);
    const params = { id: resources[0]?.id ?? '' };
    const { files } = must(await author.call(getResource, { params, query: {} })).body;
    expect(files).toMatchObject([{ path: 'a 50%.txt', sha256: sum }]);
  });

  for (const [what, type, files] of [
    ['lacks a file', 'bags/incomplete', { ...tags, 'b/manifest-sha256.txt': `${sum}  data/other.txt\n` }],
    ['has a file that no manifest names', 'bags/incomplete', { ...tags, 'b/data/more.txt': 'x' }],
    ['has other bytes', 'bags/wrong-checksum', { ...tags, 'b/data/a 50%.txt': 'hallo\n' }],
    ['wants to fetch', 'bags/not-a-bag', { ...tags, 'b/fetch.txt': 'http://example.org 6 data/x\n' }],
    ['is of another version', 'bags/not-a-bag', { ...tags, 'b/bagit.txt': 'BagIt-Version: 3.0\n' }],
    [
      'has damaged tag files',
      'bags/wrong-checksum',
      { ...tags, 'b/tagmanifest-sha256.txt': `${sum}  bag-info.txt\n` },
    ],
    ['is only a zip', 'bags/not-a-bag', { 'a.txt': 'hello\n' }],
  ] as const)
    test(`that ${what} is refused`, async () => {
      expect(refusal(await imported(author, bagOf(files as Record<string, string>))).type).toBe(
        `/api/problems/${type}`,
      );
    });
});

describe('several at once', () => {
  test('a collection as a bag comes back as drafts and a shelf in its order', async () => {
    const zip = await taken(author, downloadCollectionBag, { id: collection });
    check(join(await unpacked(zip, 'collection'), '车工 专题'), 'manifest-sha256.txt');
    const { resources, set } = must(await imported(author, zip)).body;
    expect(resources.map(({ title }) => title)).toEqual(['数控 100% 入门', '内部资料']);
    expect(set?.subject).toBe('shelf');
    const shelf = must(await author.call(shelfEndpoints.get, { params: { id: set?.id ?? '' } })).body;
    expect(shelf).toMatchObject({ title: '车工 专题', sections: [{ title: '第一节' }] });
    expect(shelf.items.map(({ resource }) => resource)).toEqual(resources.map(({ id }) => id));
  });

  test('a collection, a shelf and a selection come as one zip, without what the member may not read', async () => {
    const own = must(await author.call(shelfEndpoints.create, { body: { title: '我的 书架' } })).body.id;
    must(await author.call(shelfEndpoints.addItem, { params: { id: own }, body: { resource: internal } }));
    const selection = { resource: [shared, internal, '0'.repeat(24)] };
    for (const [name, zip, titles] of [
      [
        'all',
        await taken(author, downloadCollection, { id: collection }),
        ['01 数控 100% 入门', '02 内部资料'],
      ],
      ['part', await taken(stranger, downloadCollection, { id: collection }), ['01 数控 100% 入门']],
      ['shelf', await taken(author, downloadShelf, { id: own }), ['01 内部资料']],
      ['mine', await taken(author, downloadSelection, {}, selection), ['01 数控 100% 入门', '02 内部资料']],
      ['theirs', await taken(stranger, downloadSelection, {}, selection), ['01 数控 100% 入门']],
    ] as const) {
      const where = await unpacked(zip, name);
      check(where, 'sha256sums.txt');
      expect(list(where)).toEqual(
        [
          './manifest.json',
          './sha256sums.txt',
          ...titles.flatMap((t) => [`./${t}/files/工作页.md`, `./${t}/licence.txt`]),
        ].sort(),
      );
      expect(zip.includes('内部资料')).toBe(titles.some((title) => title.includes('内部资料')));
    }
    expect((await group.visitor.fetch('/api/bundle.zip')).status).toBe(400);
    const none = await group.visitor.fetch(addressOf(downloadSelection, {}, { resource: [internal] }));
    expect(Buffer.from(await none.arrayBuffer()).includes('内部资料')).toBe(false);
    expect((await stranger.fetch(addressOf(downloadShelf, { id: own }, {}))).status).toBe(404);
  });
});
