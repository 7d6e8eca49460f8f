import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openLog } from '../../../server/http/index.ts';
import { type Jobs, openJobs } from '../../../server/jobs/index.ts';
import { JobModel } from '../../../server/jobs/model.ts';
import { openDocuments } from '../open-documents.ts';

openDocuments();

const log = openLog({ LOG_LEVEL: 'silent' });
const opened: Jobs[] = [];
const open = async () => {
  const jobs = await openJobs(log);
  opened.push(jobs);
  return jobs;
};
beforeEach(async () => void (await JobModel.deleteMany({})));
afterEach(async () => {
  for (const jobs of opened.splice(0)) await jobs.stop();
});

/** Waits until it holds, at most five seconds. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const began = Date.now();
  while (!(await holds())) {
    if (Date.now() - began > 5000) throw new Error('It did not come to hold within five seconds');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const isEmpty = async () => (await JobModel.countDocuments()) === 0;

describe('a job', () => {
  test('is done soon after it is stored, and then gone', async () => {
    const jobs = await open();
    const seen: string[] = [];
    jobs.define<{ word: string }>('echo', {}, async ({ word }) => void seen.push(word));
    await jobs.start();
    const began = Date.now();
    await jobs.enqueue('echo', { word: '车削' });
    await until(() => seen.length === 1);
    expect(Date.now() - began).toBeLessThan(1000);
    expect(seen).toEqual(['车削']);
    await until(isEmpty);
  });

  test('that was stored before anybody worked is done when somebody does', async () => {
    const web = await open();
    web.define('later', {}, async () => {});
    await web.enqueue('later', {});
    const worker = await open();
    let done = 0;
    worker.define('later', {}, async () => {
      done += 1;
    });
    await worker.start();
    await until(() => done === 1);
  });

  test('is tried again when it throws, and kept with its reason after the last attempt', async () => {
    const jobs = await open();
    let tries = 0;
    jobs.define('break', { attempts: 2 }, async () => {
      tries += 1;
      throw new Error(`try ${tries}`);
    });
    await jobs.start();
    await jobs.enqueue('break', {});
    await until(async () => (await JobModel.countDocuments({ failReason: 'try 2', lockedAt: null })) === 1);
    expect(await JobModel.findOne().lean()).toMatchObject({ name: 'break', nextRunAt: null, failCount: 2 });
    expect(tries).toBe(2);
  });

  test('that takes too long counts as failed', async () => {
    const jobs = await open();
    jobs.define('hang', { attempts: 1, timeout: 50 }, () => new Promise(() => {}));
    await jobs.start();
    await jobs.enqueue('hang', {});
    await until(async () => (await JobModel.findOne().lean())?.failReason === 'not done after 0.05 s');
  });

  test('that keeps ending its process is given up', async () => {
    const jobs = await open();
    let tries = 0;
    jobs.define('kill', { attempts: 1 }, async () => {
      tries += 1;
    });
    await jobs.enqueue('kill', {});
    await JobModel.updateOne({}, { $set: { taken: 2 } });
    await jobs.start();
    await until(async () => (await JobModel.findOne().lean())?.failReason?.startsWith('given up') ?? false);
    expect(tries).toBe(0);
  });

  test('with a delay waits for it', async () => {
    const jobs = await open();
    let done = 0;
    jobs.define('wait', {}, async () => {
      done = Date.now();
    });
    await jobs.start();
    const began = Date.now();
    await jobs.enqueue('wait', {}, { delay: 700 });
    await until(() => done > 0);
    expect(done - began).toBeGreaterThanOrEqual(690);
  });
});

describe('a unique job', () => {
  test('waits once under its key, whoever asks for it', async () => {
    const jobs = await open();
    jobs.define('index', {}, async () => {});
    for (const unique of ['a', 'a', 'b', 'a']) await jobs.enqueue('index', {}, { unique });
    expect(await JobModel.countDocuments()).toBe(2);
  });

  test('is stored again while the one before it runs, because that may have seen the old state', async () => {
    const jobs = await open();
    let runs = 0;
    let letEnd = () => {};
    jobs.define('index', { concurrency: 2 }, async () => {
      runs += 1;
      if (runs === 1) await new Promise<void>((resolve) => (letEnd = resolve));
    });
    await jobs.start();
    await jobs.enqueue('index', {}, { unique: 'a' });
    await until(() => runs === 1);
    await jobs.enqueue('index', {}, { unique: 'a' });
    await until(() => runs === 2);
    letEnd();
    await until(isEmpty);
  });
});

test('a long queue is worked off without waiting for the next look at it, and never more at a time than allowed', async () => {
  const jobs = await open();
  let running = 0;
  let most = 0;
  let done = 0;
  jobs.define('many', { concurrency: 3 }, async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running -= 1;
    done += 1;
  });
  for (let job = 0; job < 20; job += 1) await jobs.enqueue('many', { job });
  await jobs.start();
  await until(() => done === 20);
  expect(most).toBeLessThanOrEqual(3);
});

test('a job that runs again and again begins at once, and a new start does not put it off', async () => {
  const jobs = await open();
  let runs = 0;
  jobs.define('sweep', {}, async () => {
    runs += 1;
  });
  await jobs.every('1 day', 'sweep');
  await jobs.start();
  await until(() => runs === 1);
  await until(async () => (await JobModel.findOne().lean())?.lockedAt === null);
  const due = (await JobModel.findOne().lean())?.nextRunAt;
  await jobs.every('1 day', 'sweep');
  expect((await JobModel.find().lean()).map(({ nextRunAt }) => nextRunAt)).toEqual([due]);
});

test('stopping lets a running job end', async () => {
  const jobs = await open();
  let ended = false;
  jobs.define('slow', {}, async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    ended = true;
  });
  await jobs.start();
  await jobs.enqueue('slow', {});
  await until(async () => (await JobModel.countDocuments({ lastRunAt: { $ne: null } })) === 1);
  await jobs.stop();
  expect(ended).toBe(true);
  await until(isEmpty);
});

test('stopping hands back a job that does not end, for another process to take up', async () => {
  const jobs = await open();
  jobs.define('endless', {}, () => new Promise(() => {}));
  await jobs.start();
  await jobs.enqueue('endless', {});
  await until(async () => (await JobModel.countDocuments({ lastRunAt: { $ne: null } })) === 1);
  await jobs.stop();
  expect(await JobModel.findOne().lean()).toMatchObject({ lockedAt: null, nextRunAt: expect.any(Date) });
});
