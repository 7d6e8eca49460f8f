import { beforeAll, describe, expect, test } from '@jest/globals';
import { listJobs, removeJob, retryJob } from '../../server/jobs/contract.ts';
import { refusal } from './start-app.ts';
import { type RunningGroup, startGroup } from './start-group.ts';

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
