import { beforeEach, expect, test } from '@jest/globals';
import { systemMember } from '../../../server/access/index.ts';
import { jobStates } from '../../../server/jobs/contract.ts';
import { countJobs } from '../../../server/jobs/index.ts';
import { JobModel } from '../../../server/jobs/model.ts';
import { presentAll } from '../../../server/jobs/present.ts';
import { filterForState, stateOf } from '../../../server/jobs/rules.ts';
import { openDocuments } from '../open-documents.ts';

openDocuments();

const moment = new Date('2026-11-29T08:00:00Z');
/** As Agenda writes them: one that was never taken up has no word of locks and failures, or nothing in them. */
const stored = [
  { name: 'waits', nextRunAt: moment },
  { name: 'waits again', nextRunAt: moment, lockedAt: null, failedAt: moment },
  { name: 'runs', nextRunAt: moment, lockedAt: moment },
  { name: 'runs for the last time', nextRunAt: null, lockedAt: moment, failedAt: moment },
  { name: 'was given up', nextRunAt: null, lockedAt: null, failedAt: moment },
  { name: 'was given up, too', failedAt: moment },
  { name: 'was stopped', nextRunAt: null, lockedAt: null, failedAt: moment, failReason: 'cancelled' },
  { name: 'was stopped and waits', nextRunAt: moment, failedAt: moment, failReason: 'cancelled' },
];

beforeEach(async () => {
  await JobModel.deleteMany({});
  await JobModel.syncIndexes();
  await JobModel.collection.insertMany(structuredClone(stored));
});

test('the filter of a state finds the jobs that stand there, and they are counted so', async () => {
  const all = await JobModel.find().lean();
  const counts = await countJobs();
  for (const state of jobStates) {
    const found = await JobModel.find(filterForState[state]).lean();
    const names = all.filter((job) => stateOf(job) === state).map(({ name }) => name);
    expect(found.map(({ name }) => name).sort()).toEqual(names.sort());
    expect(counts[state]).toBe(names.length);
  }
});

test.each(['running', 'failed', 'stopped'] as const)(
  'the few %s jobs are found in an index, however many wait',
  async (state) => {
    const many = Array.from({ length: 200 }, (_, n) => ({
      name: 'waits',
      nextRunAt: new Date(+moment + n),
      lockedAt: null,
    }));
    await JobModel.collection.insertMany(many);
    const explained = await JobModel.collection.find(filterForState[state]).sort({ _id: -1 }).explain();
    expect(JSON.stringify(explained.queryPlanner.winningPlan)).toContain('lockedAt_1_nextRunAt_1');
  },
);

test('only a job that waits is told as due: one that runs again and again has its next time already', async () => {
  const all = await presentAll(systemMember('test'), await JobModel.find().lean());
  const due = all.filter(({ dueAt }) => dueAt !== undefined);
  expect(due.map(({ name }) => name)).toEqual(['waits', 'waits again', 'was stopped and waits']);
});
