import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda, InMemoryNotificationChannel, type Job } from 'agenda';
import type { Logger } from 'pino';
import type { JobOptions, Jobs } from './jobs.ts';
import { JobModel, jobsCollection } from './model.ts';
import { filterForState, pauseBefore } from './rules.ts';

/** Told of every run, for the metrics. */
export type JobObserver = (name: string, seconds: number, outcome: 'done' | 'failed') => void;

/** A job whose process fell silent is taken over after this long; running ones say twice in that time that they live. */
const silence = 30_000;
/** How often the database is asked for jobs that another process stored; our own are heard of at once. */
const pollEvery = 2000;
/** How long `stop` waits for running jobs before it hands them back. */
const patience = 3000;

/** Opens the durable jobs on the open connection of the documents. Nothing runs before `start`. */
export async function openJobs(log: Logger, observe: JobObserver = () => {}): Promise<Jobs> {
  const { db } = JobModel.db;
  if (!db) throw new Error('Jobs are kept in the database: connect it first');
  const news = new InMemoryNotificationChannel();
  const agenda = new Agenda({
    backend: new MongoBackend({ mongo: db, collection: jobsCollection }),
    notificationChannel: news,
    processEvery: pollEvery,
    maxConcurrency: 50,
    defaultLockLifetime: silence,
    removeOnComplete: true,
  });
  agenda.on('error', (err: Error) => log.error({ err }, 'the job queue has trouble'));
  agenda.on('fail', (err, job) => {
    if (err instanceof Error && 'attrs' in job)
      log.warn(
        { err, job: job.attrs.name, id: job.attrs._id, failures: job.attrs.failCount },
        'a job failed',
      );
  });
  agenda.on('complete', (job) => 'attrs' in job && setImmediate(() => lookAgain(job.attrs.name)));
  await agenda.ready;
  const running = new Map<string, Promise<void>>();

  return {
    define<Data extends object>(name: string, options: JobOptions, run: (data: Data) => Promise<void>) {
      const { concurrency = 1, attempts = 3, timeout = 10 * 60_000 } = options;
      agenda.define<Data>(
        name,
        async (job) => {
          const id = String(job.attrs._id);
          const work = runOnce(job, attempts, timeout, run);
          running.set(
            id,
            work.catch(() => {}), // Agenda records the failure; here only the end matters
          );
          await work.finally(() => running.delete(id));
        },
        // No more is locked than can run, so that other processes get their share of a long queue.
        { concurrency, lockLimit: concurrency, backoff: ({ attempt }) => pauseBefore(attempt, attempts) },
      );
    },

    async enqueue(name, data, { unique, delay = 0 } = {}) {
      const job = agenda.create(name, data).schedule(new Date(Date.now() + delay));
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
      const unfinished = [...running.keys()];
      if (unfinished.length === 0) return;
      const late = Symbol();
      const end = await Promise.race([
        Promise.all(running.values()),
        new Promise((resolve) => setTimeout(resolve, patience, late).unref()),
      ]);
      if (end !== late) return;
      await JobModel.updateMany(
        { _id: { $in: [...running.keys()] } },
        { $set: { lockedAt: null, nextRunAt: new Date() }, $inc: { taken: -1 } },
      );
      log.info({ jobs: running.size }, 'handed running jobs back to the queue');
    },
  };

  /** Agenda fills its queue when it polls; a job that ended has made room before that. */
  function lookAgain(jobName: string) {
    if (news.state !== 'connected') return;
    const found = { jobName, nextRunAt: new Date(), timestamp: new Date(), priority: 0, jobId: '' as never };
    news.publish(found).catch((err: unknown) => log.error({ err }, 'the job queue has trouble'));
  }

  async function runOnce<Data>(
    job: Job<Data>,
    attempts: number,
    timeout: number,
    run: (data: Data) => Promise<void>,
  ): Promise<void> {
    const { name, _id } = job.attrs;
    const began = performance.now();
    const pulse = setInterval(() => {
      job
        .touch()
        .catch((err: unknown) => log.warn({ err, job: name }, 'a running job is no longer in the queue'));
    }, silence / 2);
    let alarm: NodeJS.Timeout | undefined;
    try {
      await refuseKillers(String(_id), attempts);
      const overdue = new Promise<never>((_, reject) => {
        alarm = setTimeout(() => reject(new Error(`not done after ${timeout / 1000} s`)), timeout);
      });
      await Promise.race([run(job.attrs.data), overdue]);
      observe(name, (performance.now() - began) / 1000, 'done');
    } catch (error) {
      observe(name, (performance.now() - began) / 1000, 'failed');
      throw error;
    } finally {
      clearInterval(pulse);
      clearTimeout(alarm);
    }
  }

  /** A job that takes its process down with it never fails by itself: count how often it was taken up. */
  async function refuseKillers(id: string, attempts: number) {
    const before = await JobModel.findByIdAndUpdate(id, { $inc: { taken: 1 } }).lean();
    if (before && !before.repeatInterval && (before.taken ?? 0) >= 2 * attempts)
      throw new Error(`given up: taken up ${before.taken} times, and the process ended before the job did`);
  }
}
