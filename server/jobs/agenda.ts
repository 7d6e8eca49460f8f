import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda, InMemoryNotificationChannel, type Job, type JobId } from 'agenda';
import type { Logger } from 'pino';
import { JobCancelled, type JobOptions, type Jobs, type Work } from './jobs.ts';
import { JobModel, jobsCollection } from './model.ts';
import { filterForState, pauseBefore } from './rules.ts';
import { turnFor } from './turns.ts';

/** Told of every run, for the metrics. */
export type JobObserver = (name: string, seconds: number, outcome: 'done' | 'failed') => void;

/** A job whose process fell silent is taken over after this long; running ones say twice in that time that they live. */
const silence = 30_000;
/** How often the database is asked for jobs that another process stored; our own are heard of at once. */
const pollEvery = 2000;
/** Milliseconds between two notes of how far a job is. */
const tellEvery = 1000;
/** How long `stop` waits for running jobs before it hands them back. */
const patience = 3000;

/** Opens the durable jobs on the open connection of the documents. Nothing runs before `start`. */
export async function openJobs(log: Logger, observe: JobObserver = () => {}): Promise<Jobs> {
  const { db } = JobModel.db;
  if (!db) throw new Error('Jobs are kept in the database: connect it first');
  const news = new InMemoryNotificationChannel();
  const agenda = new Agenda({
    backend: new MongoBackend({
      mongo: db,
      collection: jobsCollection,
      sort: { priority: 'desc', nextRunAt: 'asc' },
      ensureIndex: false, // ours are made with those of the other collections
    }),
    notificationChannel: news,
    processEvery: pollEvery,
    maxConcurrency: 50,
    defaultLockLifetime: silence,
  });
  agenda.on('error', (err: Error) => log.error({ err }, 'the job queue has trouble'));
  agenda.on('fail', (err, job) => {
    if (err instanceof Error && 'attrs' in job)
      log.warn(
        { err, job: job.attrs.name, id: job.attrs._id, failures: job.attrs.failCount },
        'a job failed',
      );
  });
  agenda.on('complete', (job) => {
    if ('attrs' in job) follow(afterwards(job));
  });
  await agenda.ready;
  const running = new Map<string, { work: Promise<void>; letGo: () => void }>();
  const following = new Set<Promise<void>>();

  return {
    define<Data extends object>(
      name: string,
      options: JobOptions,
      run: (data: Data, work: Work) => Promise<void>,
    ) {
      const { concurrency = 1, attempts = 3, timeout = 10 * 60_000 } = options;
      agenda.define<Data>(
        name,
        (job) => runOnce(job, attempts, timeout, run),
        // No more is locked than can run, so that other processes get their share of a long queue.
        {
          concurrency,
          lockLimit: concurrency,
          backoff: ({ attempt, error }) =>
            error instanceof JobCancelled ? null : pauseBefore(attempt, attempts),
        },
      );
    },

    async enqueue(name, data, { unique, delay = 0, whose } = {}) {
      const job = agenda.create(name, data).schedule(new Date(Date.now() + delay));
      if (whose !== undefined) {
        Object.assign(job.attrs, { whose });
        job.priority(await turnFor(name, whose));
      }
      if (unique !== undefined) {
        Object.assign(job.attrs, { uniqueKey: unique });
        job.unique({ uniqueKey: unique, ...filterForState.waiting }, { insertOnly: true });
      }
      await job.save();
    },

    async every(interval, name) {
      // Agenda would begin the interval anew at each start, and a daily job of a restless process would never run.
      const known = await JobModel.findOne({ name, repeatInterval: interval }).lean();
      if (known && (known.nextRunAt || known.lockedAt)) return;
      const job = agenda.create(name).repeatEvery(interval);
      Object.assign(job.attrs, { type: 'single', nextRunAt: new Date() });
      await job.save();
    },

    start: () => agenda.start(),

    async stop() {
      await agenda.stop();
      const ended = Promise.allSettled([...running.values()].map(({ work }) => work));
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, patience).unref())]);
      await Promise.all(following);
      if (running.size === 0) return;
      const unfinished = [...running];
      running.clear();
      for (const [, { letGo }] of unfinished) letGo();
      await JobModel.updateMany(
        { _id: { $in: unfinished.map(([id]) => id) } },
        { $set: { lockedAt: null, nextRunAt: new Date() }, $inc: { taken: -1 } },
      );
      log.info({ jobs: unfinished.length }, 'handed running jobs back to the queue');
    },
  };

  function follow(work: Promise<void>) {
    const end = work
      .catch((err: unknown) => log.error({ err }, 'the job queue has trouble'))
      .finally(() => following.delete(end));
    following.add(end);
  }

  /** Removes what is done. Agenda fills its queue when it polls; the end of a job has made room before that. */
  async function afterwards({ attrs: { _id, name, nextRunAt, failCount } }: Job) {
    if (!nextRunAt && !failCount) await JobModel.deleteOne({ _id });
    if (news.state !== 'connected') return;
    const now = new Date();
    await news.publish({ jobId: _id as JobId, jobName: name, nextRunAt: now, timestamp: now, priority: 0 });
  }

  async function runOnce<Data>(
    job: Job<Data>,
    attempts: number,
    timeout: number,
    run: (data: Data, work: Work) => Promise<void>,
  ): Promise<void> {
    const { name, data } = job.attrs;
    const id = String(job.attrs._id);
    const began = performance.now();
    const tell = (outcome: 'done' | 'failed') => observe(name, (performance.now() - began) / 1000, outcome);
    const pulse = setInterval(() => follow(job.touch()), silence / 2);
    let alarm: NodeJS.Timeout | undefined;
    const overdue = new Promise<never>((_, reject) => {
      alarm = setTimeout(() => reject(new Error(`not done after ${timeout / 1000} s`)), timeout);
    });
    const letGo = () => {
      clearInterval(pulse);
      clearTimeout(alarm);
    };
    const work = Promise.race([refuseKillers(id, attempts).then(() => run(data, workOf(id))), overdue]);
    running.set(id, { work, letGo });
    await work
      .then(
        () => tell('done'),
        (error: unknown) => {
          tell('failed');
          throw error;
        },
      )
      .finally(() => {
        letGo();
        running.delete(id);
      });
  }

  /** Notes how far a job is, now and then, and hears on that way whether it is to stop, whichever process was asked. */
  function workOf(id: string): Work {
    const stop = new AbortController();
    let told = Number.NEGATIVE_INFINITY;
    return {
      signal: stop.signal,
      tell(share) {
        if (performance.now() - told < tellEvery) return;
        told = performance.now();
        const noted = JobModel.findByIdAndUpdate(id, { $set: { doneShare: share } }).lean();
        follow(noted.then((job) => job?.cancelledAt && stop.abort(new JobCancelled())).then(() => {}));
      },
    };
  }

  /** A job that takes its process down with it never fails by itself: count how often it was taken up. */
  async function refuseKillers(id: string, attempts: number) {
    const before = await JobModel.findByIdAndUpdate(id, {
      $inc: { taken: 1 },
      $unset: { doneShare: 1, cancelledAt: 1 },
    }).lean();
    if (before && !before.repeatInterval && (before.taken ?? 0) >= 2 * attempts)
      throw new Error(`given up: taken up ${before.taken} times, and the process ended before the job did`);
  }
}
