import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openLog } from '../../../server/http/index.ts';
import { type CompanyWork, JobGivenUp, type Jobs, openJobs } from '../../../server/jobs/index.ts';
import { JobModel } from '../../../server/jobs/model.ts';
import { eventually } from '../../eventually.ts';
import { openDocuments } from '../open-documents.ts';

openDocuments();

interface Picture {
  n: number;
  isLarge?: boolean;
}
type Run = (all: readonly Picture[], work: CompanyWork) => Promise<PromiseSettledResult<unknown>[]>;

let jobs: Jobs;
let runs: number[][];
let run: Run;
const allDone: Run = (all) => Promise.allSettled(all);
beforeEach(async () => {
  await JobModel.deleteMany({});
  await JobModel.syncIndexes();
  jobs = await openJobs(openLog({ LOG_LEVEL: 'silent' }));
  runs = [];
  run = allDone;
  jobs.defineTogether<Picture>(
    'draw',
    { atOnce: 3, isSmall: ({ isLarge }) => !isLarge },
    async (all, work) => {
      runs.push(all.map(({ n }) => n));
      return run(all, work);
    },
  );
});
afterEach(() => jobs.stop());

const enqueue = (...all: Picture[]) =>
  jobs.enqueueAll(
    'draw',
    all.map((data) => ({ data })),
  );
const begin = async (...all: Picture[]) => {
  await enqueue(...all);
  await jobs.start();
};
const untilGone = () => eventually(async () => expect(await JobModel.countDocuments()).toBe(0));

test('small jobs are done together in the order of the queue, at most so many, and are then gone', async () => {
  await begin({ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 });
  await untilGone();
  expect(runs).toEqual([[1, 2, 3], [4]]);
});

test('a large one is done alone, and none overtakes it', async () => {
  await begin({ n: 1 }, { n: 2, isLarge: true }, { n: 3 }, { n: 4 });
  await untilGone();
  expect(runs).toEqual([[1], [2], [3, 4]]);
});

test('one that fails in company is tried alone, and the others are done', async () => {
  run = (all) =>
    Promise.allSettled(all.map(async ({ n }) => n === 2 && runs.length === 1 && Promise.reject(new Error())));
  await begin({ n: 1 }, { n: 2 }, { n: 3 });
  await untilGone();
  expect(runs).toEqual([[1, 2, 3], [2]]);
});

test('one that is given up in company is kept as failed with its reason, until it is asked for again', async () => {
  let isMended = false;
  run = (all) =>
    Promise.allSettled(
      all.map(async ({ n }) => {
        if (n === 2 && !isMended) throw new JobGivenUp('no paper');
      }),
    );
  await jobs.enqueueAll<Picture>(
    'draw',
    [1, 2, 3].map((n) => ({ data: { n }, unique: String(n) })),
  );
  await jobs.start();
  await eventually(async () => expect(await JobModel.countDocuments()).toBe(1));
  const kept = await JobModel.findOne({ 'data.n': 2 }).lean();
  expect(kept).toMatchObject({ failReason: 'no paper', failCount: 1, nextRunAt: null, lockedAt: null });

  isMended = true;
  await jobs.enqueueAll<Picture>('draw', [{ data: { n: 2 }, unique: '2' }]);
  await untilGone();
  expect(runs).toEqual([[1, 2, 3], [2]]);
});

test('when the whole run fails, each is tried alone', async () => {
  run = (all) => (all.length > 1 ? Promise.reject(new Error('the disk is full')) : Promise.allSettled(all));
  await begin({ n: 1 }, { n: 2 });
  await untilGone();
  expect(runs.toSorted()).toEqual([[1], [1, 2], [2]]);
});

test('those whose process ended in the middle are tried alone by another', async () => {
  await enqueue({ n: 1 }, { n: 2 });
  await JobModel.updateMany({}, { $set: { lockedAt: new Date(Date.now() - 60_000), taken: 1 } });
  await begin();
  await untilGone();
  expect(runs.toSorted()).toEqual([[1], [2]]);
});

test('what is given back is done while the one before it still takes its time', async () => {
  let letEnd = () => {};
  run = async (all, { handBack }) => {
    if (all.length < 3) return Promise.allSettled(all);
    await handBack(1);
    await new Promise<void>((resolve) => (letEnd = resolve));
    return Promise.allSettled(all.slice(0, 1));
  };
  const another = await openJobs(openLog({ LOG_LEVEL: 'silent' }));
  const byAnother: number[] = [];
  another.define<Picture>('draw', {}, async ({ n }) => void byAnother.push(n));
  await begin({ n: 1 }, { n: 2 }, { n: 3 });
  await eventually(async () => expect(runs).toHaveLength(1));
  await another.start();
  await eventually(async () => expect(byAnother.toSorted()).toEqual([2, 3]));
  letEnd();
  await untilGone();
  await another.stop();
});

test('what is given back and taken up by the same process is left alone when the run that gave it back ends', async () => {
  const letEnd: (() => void)[] = [];
  run = async (all, { handBack, giveWay }) => {
    if (all.length > 1) {
      await handBack(1);
      giveWay(); // to the one just given back
    }
    await new Promise<void>((resolve) => letEnd.push(resolve));
    return Promise.allSettled(all.slice(0, 1));
  };
  await begin({ n: 1 }, { n: 2 });
  await eventually(async () => expect(letEnd).toHaveLength(2));
  letEnd[0]?.();
  await eventually(async () => expect(await JobModel.countDocuments()).toBe(1));
  const stillRunning = await JobModel.countDocuments({ lockedAt: { $ne: null } });
  letEnd[1]?.();
  await untilGone();
  expect(stillRunning).toBe(1);
  expect(runs).toEqual([[1, 2], [2]]);
});

test('the end of a queue is shared by the runs that go on at a time', async () => {
  const painted: number[][] = [];
  jobs.defineTogether<Picture>('paint', { atOnce: 10, concurrency: 2, isSmall: () => true }, async (all) => {
    painted.push(all.map(({ n }) => n));
    return Promise.allSettled(all);
  });
  await jobs.enqueueAll<Picture>(
    'paint',
    Array.from({ length: 10 }, (_, n) => ({ data: { n } })),
  );
  await jobs.start();
  await untilGone();
  expect(painted.flat().toSorted()).toEqual(Array.from({ length: 10 }, (_, n) => n));
  expect(Math.max(...painted.map((all) => all.length))).toBeLessThanOrEqual(5);
});

test('a run that gives way lets another begin before it has ended, and no more than that', async () => {
  let letEnd = () => {};
  const ended = new Promise<void>((resolve) => (letEnd = resolve));
  run = async (all, { giveWay }) => {
    giveWay();
    giveWay();
    await ended;
    return Promise.allSettled(all);
  };
  await begin({ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }, { n: 5 }, { n: 6 }, { n: 7 });
  await eventually(async () => expect(runs).toHaveLength(2));
  await jobs.enqueue('draw', { n: 8 }); // announced, too
  const begun = runs.length;
  run = allDone;
  letEnd();
  await untilGone();
  expect(begun).toBe(2);
  expect(runs.flat()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('stopping gives back all that a run has not ended', async () => {
  run = () => new Promise(() => {});
  await begin({ n: 1 }, { n: 2 });
  await eventually(async () => expect(runs).toEqual([[1, 2]]));
  await jobs.stop();
  expect(await JobModel.countDocuments({ lockedAt: null, nextRunAt: { $ne: null }, taken: 0 })).toBe(2);
});
