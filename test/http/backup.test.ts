import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { downloadFile } from '../../server/downloads/contract.ts';
import { addressOf } from '../../server/http/contract.ts';
import { getMe } from '../../server/members/contract.ts';
import { getResource } from '../../server/resources/contract.ts';
import { search } from '../../server/search/contract.ts';
import { eventually } from '../eventually.ts';
import { publishedBy } from './build-resource.ts';
import { startApp } from './start-app.ts';
import { must, startGroup } from './start-group.ts';

const run = promisify(execFile);
const script = (name: string, dataDir: string, words: string[]) =>
  run(process.execPath, [fileURLToPath(new URL(`../../scripts/${name}.js`, import.meta.url)), ...words], {
    env: { PATH: process.env.PATH, DATA_DIR: dataDir },
  });

test('drill: backed up while it runs, destroyed, restored elsewhere, and everything is there', async () => {
  const place = await mkdtemp(join(tmpdir(), 'courseyard-drill-'));
  const [backup, restored] = [join(place, 'backup'), join(place, 'data')];
  const group = await startGroup();
  const author = await group.member({ roles: ['author', 'organisation-admin'] });
  const before = await publishedBy(author, group.admin, { title: '灾难演练', audience: { scope: 'public' } });
  const { id } = before;
  await eventually(async () => {
    const { files } = must(await author.call(getResource, { params: { id }, query: {} })).body;
    expect(files.map(({ derivatives }) => derivatives?.thumbnails?.state)).toEqual(['done']);
  });
  const first = JSON.parse((await script('backup', group.dataDir, ['--to', backup, '--json'])).stdout);
  expect(first).toMatchObject({ objects: 2, copied: { objects: 2 }, lost: [] }); // the file and its pictures;
  const once = ['--to', backup, '--keep', 'last 1', '--json'];
  const again = JSON.parse((await script('backup', group.dataDir, once)).stdout);
  expect(again).toMatchObject({ copied: { objects: 0 }, pruned: { removed: [first.id], objects: 0 } });
  const planned = JSON.parse((await script('backup', group.dataDir, [...once, '--dry-run'])).stdout);
  expect(planned).toMatchObject({ kept: [{ id: again.id, periods: ['last'] }], removed: [] });
  await expect(script('backup', group.dataDir, ['--to', backup, '--keep', 'some'])).rejects.toThrow(
    'daily 7',
  );
  await expect(script('restore', group.dataDir, ['--from', backup])).rejects.toThrow('stop it first');

  await group.kill();
  await rm(group.dataDir, { recursive: true });
  const done = JSON.parse((await script('restore', restored, ['--from', backup, '--json'])).stdout);
  expect(done).toMatchObject({ id: again.id, documents: again.documents, objects: 2, lost: [] });

  const app = await startApp({ DATA_DIR: restored });
  const visitor = app.caller();
  expect(must(await visitor.call(getResource, { params: { id }, query: {} })).body).toMatchObject({
    title: '灾难演练',
    files: before.files.map(({ path, size, sha256 }) => ({ path, size, sha256 })),
    revision: before.revision,
  });
  const file = addressOf(downloadFile, { id, version: 1, path: '工作页.md' }, {});
  expect(await (await visitor.fetch(file)).text()).toBe('# 对刀');
  const session = await fetch(`${app.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Courseyard': '1' },
    body: JSON.stringify({ email: author.email, password: author.password }),
  });
  expect(session.status).toBe(200);
  const cookie = session.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  expect(must(await app.caller({ cookie }).call(getMe)).body.member?.id).toBe(author.id);
  await eventually(async () => {
    const { items } = must(await visitor.call(search, { query: { q: '灾难演练' } })).body;
    expect(items.map((item) => item.id)).toEqual([id]);
  });
  await app.stop();
  await rm(place, { recursive: true, force: true });
}, 240_000); // seven programs start one after the other
