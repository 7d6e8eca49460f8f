import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { listPreviews } from '../../server/content/contract.ts';
import { downloadFile } from '../../server/downloads/contract.ts';
import { addressOf } from '../../server/http/contract.ts';
import { publishResource, removeFile, submitResource } from '../../server/resources/contract.ts';
import { storageCondition } from '../../server/uploads/contract.ts';
import { eventually } from '../eventually.ts';
import { eicar, type FakeClamd, startFakeClamd } from '../fake-clamd.ts';
import { draftOf, upload } from './build-resource.ts';
import { refusal } from './start-app.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from './start-group.ts';

let clamd: FakeClamd;
let group: RunningGroup;
let author: SignedIn;

beforeAll(async () => {
  clamd = await startFakeClamd();
  clamd.behave('close'); // as if it were down
  group = await startGroup({ CLAMD_HOST: '127.0.0.1', CLAMD_PORT: String(clamd.port), LOG_LEVEL: 'fatal' });
  author = await group.member({ roles: ['author'] });
});
afterAll(() => clamd.close());

const publish = (id: string) => author.call(publishResource, { params: { id }, body: {} });
const previewOf = async (id: string) =>
  must(await author.call(listPreviews, { params: { id }, query: { version: 'draft' } })).body.items[0];
const scanOf = async (id: string) => (await previewOf(id))?.scan;

test('while the scanner is down files are kept and publishing waits; when it is back, it goes on', async () => {
  const { id } = await draftOf(author, { audience: { scope: 'self' } });
  await upload(author, id, '工作页.md', '# 安全');
  expect(refusal(await publish(id))).toMatchObject({
    type: '/api/problems/resources/still-scanned',
    path: '工作页.md',
  });
  expect(await scanOf(id)).toMatchObject({ state: 'waiting' });
  const draft = addressOf(downloadFile, { id, version: 'draft', path: '工作页.md' }, {});
  expect(await (await author.fetch(draft)).text()).toBe('# 安全');
  clamd.behave('judge');
  await upload(author, (await draftOf(author)).id, 'b.md', '# 叫醒'); // the next round would come within a minute
  await eventually(async () => expect(await scanOf(id)).toMatchObject({ state: 'clean' }), 70_000);
  must(await publish(id));
}, 90_000);

test('an infected file is put into quarantine: told to the author and administrators, handed to nobody', async () => {
  const { id } = await draftOf(author, { audience: { scope: 'self' } });
  await upload(author, id, '坏.txt', `text ${eicar}`);
  await eventually(
    async () => expect(await scanOf(id)).toMatchObject({ state: 'infected', threat: 'Eicar-Signature' }),
    70_000,
  );
  expect((await scanOf(id))?.detail).toContain('Eicar-Signature');
  expect((await previewOf(id))?.setAside).toContain('Eicar-Signature');
  for (const refused of [await publish(id), await author.call(submitResource, { params: { id }, body: {} })])
    expect(refusal(refused)).toMatchObject({
      type: '/api/problems/resources/infected-file',
      threat: 'Eicar-Signature',
    });
  const draft = await author.fetch(addressOf(downloadFile, { id, version: 'draft', path: '坏.txt' }, {}));
  expect(draft.status).toBe(403);
  expect(await draft.json()).toMatchObject({ type: '/api/problems/blobs/quarantined' });
  const { setAside } = must(await group.admin.call(storageCondition)).body;
  expect(setAside).toMatchObject([
    {
      fault: 'infected',
      threat: 'Eicar-Signature',
      organisations: [{ id: author.organisation }],
      places: [{ resource: id, path: '坏.txt' }],
    },
  ]);
  expect((await author.call(storageCondition)).status).toBe(403);
  must(await author.call(removeFile, { params: { id, path: '坏.txt' } }));
  await upload(author, id, '好.txt', 'clean');
  await eventually(async () => must(await publish(id)), 70_000);
}, 160_000);
