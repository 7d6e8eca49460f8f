import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openLog } from '../../../server/http/index.ts';
import { type Jobs, openJobs } from '../../../server/jobs/index.ts';
import { JobModel } from '../../../server/jobs/model.ts';
import { eventually } from '../../eventually.ts';
import { openDocuments } from '../open-documents.ts';

openDocuments();

let jobs: Jobs;
let done: string[];
beforeEach(async () => {
  await JobModel.deleteMany({});
  await JobModel.syncIndexes();
  jobs = await openJobs(openLog({ LOG_LEVEL: 'silent' }));
  const now: string[] = []; // what the test before has begun may end only now
  done = now;
  jobs.define<{ of: string }>('draw', {}, async ({ of }) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    now.push(of);
  });
});
afterEach(() => jobs.stop());

const enqueue = (whose: string, n: number) => jobs.enqueue('draw', { of: `${whose}${n}` }, { whose });

test('one file of a school does not wait for the hundred of another: it is worked on next but one', async () => {
  for (let n = 1; n <= 100; n++) await enqueue('many', n);
  await jobs.start();
  await eventually(async () => expect(done.length).toBeGreaterThan(5));
  const before = done.length;
  await enqueue('one', 1);
  await eventually(async () => expect(done).toContain('one1'));
  expect(done.indexOf('one1') - before).toBeLessThan(10); // what was done while it was being stored is among them
  expect(done.filter((of) => of.startsWith('many'))).toEqual(done.filter((of) => of !== 'one1'));
});

test('those who have much take turns, each in their own order, and who comes later is not behind', async () => {
  for (let n = 1; n <= 4; n++) await enqueue('a', n);
  for (let n = 1; n <= 3; n++) await enqueue('b', n);
  await enqueue('c', 1);
  await jobs.start();
  await eventually(async () => expect(done).toHaveLength(8));
  expect(done).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'b3', 'a4']);
});

test('what has been given up or waits for its next attempt holds nobody’s turn', async () => {
  await JobModel.create({ name: 'draw', whose: 'a', priority: -50, nextRunAt: null, failedAt: new Date() });
  await JobModel.create({ name: 'draw', priority: 0, nextRunAt: new Date(Date.now() + 60_000) });
  for (let n = 1; n <= 2; n++) await enqueue('a', n);
  await enqueue('b', 1);
  const waiting = await JobModel.find({ nextRunAt: { $lte: new Date() } }).sort({
    priority: -1,
    nextRunAt: 1,
  });
  expect(waiting.map(({ data, priority }) => [data?.of, priority])).toEqual([
    ['a1', 0],
    ['b1', 0],
    ['a2', -1],
  ]);
});

test('the next job is found in an index, in its order', async () => {
  const due = { lockedAt: { $eq: null }, nextRunAt: { $lte: new Date() } };
  const fallenSilent = { lockedAt: { $lte: new Date(0) } };
  const next = { name: 'draw', disabled: { $ne: true }, $or: [due, fallenSilent] }; // as Agenda asks
  const explained = await JobModel.collection.find(next).sort({ priority: -1, nextRunAt: 1 }).explain();
  const plan = JSON.stringify(explained.queryPlanner.winningPlan);
  expect(plan).toContain('name_1_priority_-1_nextRunAt_1');
  expect(plan).not.toContain('"SORT"');
});
