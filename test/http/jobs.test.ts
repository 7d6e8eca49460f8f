import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { listPreviews } from '../../server/content/contract.ts';
import { listJobs, removeJob, retryFailedJobs, retryJob } from '../../server/jobs/contract.ts';
import { stepBox } from '../build-step.ts';
import { eventually } from '../eventually.ts';
import { draftOf, upload } from './build-resource.ts';
import { refusal } from './start-app.ts';
import { must, type RunningGroup, startGroup } from './start-group.ts';

const png = await sharp({ create: { width: 900, height: 600, channels: 3, background: 'navy' } })
  .png()
  .toBuffer();

let group: RunningGroup;
beforeAll(async () => {
  group = await startGroup();
});

describe('the queue', () => {
  test('is shown to the group administrator, with what runs again and again', async () => {
    const { admin } = group;
    const answer = await admin.call(listJobs, { query: {} });
    expect(answer.status).toBe(200);
    expect(answer.body.items.length).toBeGreaterThan(0);
    for (const job of answer.body.items)
      expect(job).toMatchObject({ can: ['edit'], every: expect.any(String) });
  });

  test('is nobody else’s business', async () => {
    const teacher = await group.member({ roles: ['organisation-admin'] });
    expect((await teacher.call(listJobs, { query: {} })).status).toBe(403);
    expect((await group.visitor.call(listJobs, { query: {} })).status).toBe(401);
  });

  test('keeps what has to run again and again', async () => {
    const { admin } = group;
    const { items } = (await admin.call(listJobs, { query: {} })).body;
    const id = items.find(({ state }) => state === 'waiting')?.id ?? '';
    expect(refusal(await admin.call(removeJob, { params: { id } })).type).toBe(
      '/api/problems/jobs/repeating',
    );
    expect((await admin.call(retryJob, { params: { id } })).body).toMatchObject({ id, state: 'waiting' });
  });

  test('answers "not found" for a job that is gone', async () => {
    const { admin } = group;
    expect((await admin.call(retryJob, { params: { id: '0'.repeat(24) } })).status).toBe(404);
  });
});

/** What operators install to read drawings of machine parts; here, one that kills the converter that opens it. */
const killing = "process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000);";
/** One that reads a triangle, whatever the drawing. */
const reading = `module.exports = async () => ({ ReadStepFile: () => ({
  success: true,
  root: { name: 'part', meshes: [0], children: [] },
  meshes: [{ attributes: { position: { array: [0, 0, 0, 1, 0, 0, 0, 1, 0] } }, index: { array: [0, 1, 2] } }],
}) });`;

describe('a conversion that fails', () => {
  let library: string;
  let workshop: RunningGroup;
  beforeAll(async () => {
    library = await mkdtemp(join(tmpdir(), 'courseyard-reader-'));
    workshop = await startGroup({ OCCT_IMPORT_JS: library, LOG_LEVEL: 'silent' });
  });
  afterAll(() => rm(library, { recursive: true }));

  test('is there with its reason, stays there while that holds, and is made once it is run again', async () => {
    const { admin } = workshop;
    const author = await workshop.member({ roles: ['author'] });
    const { id } = await draftOf(author);
    await upload(author, id, 'part.step', stepBox('part', [2, 1, 1], [1, 0, 0]));
    await upload(author, id, 'broken.png', Buffer.concat([png.subarray(0, 60), png.subarray(-12)]));
    const failed = (reason: string) =>
      eventually(async () => {
        const { items, counts } = must(await admin.call(listJobs, { query: { state: 'failed' } })).body;
        const file = { resource: id, path: 'part.step' };
        expect(items).toMatchObject([{ name: 'derive/make', state: 'failed', reason, failures: 1, file }]);
        expect(counts.failed).toBe(1);
        return items[0]?.id ?? '';
      }, 30_000);
    const states = async () => {
      const query = { version: 'draft' } as const;
      const { items } = must(await author.call(listPreviews, { params: { id }, query })).body;
      const made = items.find(({ path }) => path === 'part.step')?.made ?? [];
      return [...new Set(made.map(({ state, reason }) => reason ?? state))].join();
    };

    const job = await failed('cad-missing');
    expect(await states()).toBe('cad-missing');
    await writeFile(join(library, 'index.js'), killing);
    must(await admin.call(retryJob, { params: { id: job } }));
    expect(await failed('crashed')).toBe(job);
    expect(await states()).toBe('crashed');

    await writeFile(join(library, 'index.js'), reading);
    expect((await author.call(retryFailedJobs)).status).toBe(403);
    expect(must(await admin.call(retryFailedJobs)).body).toEqual({ retried: 1 });
    await eventually(async () => expect(await states()).toBe('done'), 30_000);
    const { counts } = must(await admin.call(listJobs, { query: { state: 'failed' } })).body;
    expect(counts.failed).toBe(0);
  }, 120_000);
});
