import { randomBytes } from 'node:crypto';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { listPreviews } from '../../server/content/contract.ts';
import { downloadBundle, downloadFile } from '../../server/downloads/contract.ts';
import { addressOf } from '../../server/http/contract.ts';
import { storageCondition } from '../../server/uploads/contract.ts';
import { draftOf, upload } from './build-resource.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from './start-group.ts';

let group: RunningGroup;
let author: SignedIn;

beforeAll(async () => {
  group = await startGroup({ LOG_LEVEL: 'fatal' });
  author = await group.member({ roles: ['author'] });
});

/** What was uploaded, and nothing that is being made of it. */
async function storedFiles(): Promise<string[]> {
  const entries = await readdir(join(group.dataDir, 'objects/blobs'), {
    recursive: true,
    withFileTypes: true,
  });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

test('bytes that have rotted are handed to nobody, and administrators learn where they stand', async () => {
  const { id } = await draftOf(author, { title: '数控车床安全操作' });
  await upload(author, id, '工作页.md', '# 安全操作规程');
  expect(must(await group.admin.call(storageCondition)).body).toMatchObject({ blobs: 1, setAside: [] });
  for (const file of await storedFiles()) await writeFile(file, '# 安全操作规尘');
  const address = addressOf(downloadFile, { id, version: 'draft', path: '工作页.md' }, {});
  const refused = await author.fetch(address);
  expect([refused.status, await refused.json()]).toMatchObject([
    503,
    { type: '/api/problems/blobs/damaged' },
  ]);
  const { setAside, checkedSince } = must(await group.admin.call(storageCondition)).body;
  expect(setAside).toMatchObject([
    {
      fault: 'damaged',
      organisations: [{ id: author.organisation }],
      places: [{ resource: id, title: '数控车床安全操作', path: '工作页.md' }],
    },
  ]);
  expect(checkedSince).toBeNull();
  expect((await author.fetch(address)).status).toBe(503);
  const previews = await author.call(listPreviews, { params: { id }, query: { version: 'draft' } });
  const bundle = await author.fetch(addressOf(downloadBundle, { id, version: 'draft' }, {}));
  expect(bundle.status).toBe(409);
  expect(await bundle.json()).toMatchObject({
    type: '/api/problems/downloads/file-set-aside',
    path: '工作页.md',
  });
  expect(must(previews).body.items[0]?.setAside).toContain('重新上传');
});

test('a large file whose end has rotted breaks off before its end, and is handed out no more', async () => {
  const { id } = await draftOf(author, { title: '点云' });
  const bytes = randomBytes(3 * 1024 * 1024);
  await upload(author, id, '点云.bin', bytes);
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
  for (const file of await storedFiles())
    if ((await stat(file)).size === bytes.length) await writeFile(file, bytes);
  const address = addressOf(downloadFile, { id, version: 'draft', path: '点云.bin' }, {});
  const answer = await author.fetch(address);
  expect(answer.status).toBe(200);
  await expect(answer.arrayBuffer()).rejects.toThrow();
  expect((await author.fetch(address)).status).toBe(503);
});
