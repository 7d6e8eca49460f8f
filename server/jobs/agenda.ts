import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda, InMemoryNotificationChannel, type Job, type JobId } from 'agenda';
import type { Logger } from 'pino';
import { conclude, type Ended, putBack, renew, type Taken, takeAlong } from './company.ts';
import {
  type Company,
  type CompanyWork,
  JobCancelled,
  JobGivenUp,
  type JobOptions,
  type Jobs,
  type Work,
} from './jobs.ts';
import { JobModel, jobsCollection } from './model.ts';
import { cancelJobOf, type NewJob, putJobs } from './put.ts';
import { pauseBefore } from './rules.ts';

/** Told of every run, for the metrics. */
export type JobObserver = (name: string, seconds: number, outcome: 'done' | 'failed') => void;

type Run<Data> = (data: Data, work: Work, isFirstTry: boolean) => Promise<void>;
type Outcomes = readonly PromiseSettledResult<unknown>[];

/** A job that this process is at. */
interface Running {
  work: Promise<unknown>;
  /** No longer says that it lives, and no longer counts its time. */
  letGo: () => void;
}

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
  const running = new Map<string, Running>();
  const following = new Set<Promise<void>>();

  return {
    define,

    defineTogether<Data extends object>(
      name: string,
      { atOnce, isSmall, ...options }: JobOptions & Company<Data>,
      run: (all: readonly Data[], work: CompanyWork) => Promise<Outcomes>,
    ) {
      define<Data>(name, options, async (data, work, isFirstTry) => {
        const mayLead = isFirstTry && isSmall(data);
        const most = { atMost: atOnce - 1, runs: options.concurrency ?? 1 };
        const others = mayLead ? await takeAlong(name, most, (other) => isSmall(other as Data)) : [];
        const all = [data, ...others.map((other) => other.data as Data)];
        const way = wayFor(name, options.concurrency);
        await inCompany(name, others, (handBack) =>
          run(all, { ...work, handBack, giveWay: way.give }),
        ).finally(way.close);
      });
    },

    async enqueue(name, data, { delay = 0, ...options } = {}) {
      await put(name, [{ data, ...options }], delay);
    },

    enqueueAll: (name, all) => put(name, all),

    cancel: cancelJobOf,

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

  function define<Data extends object>(name: string, options: JobOptions, run: Run<Data>) {
    const { concurrency = 1, attempts = 3, timeout = 10 * 60_000 } = options;
    agenda.define<Data>(
      name,
      (job) => runOnce(job, attempts, timeout, run),
      // No more is locked than can run, so that other processes get their share of a long queue.
      {
        concurrency,
        lockLimit: concurrency,
        backoff: ({ attempt, error }) =>
          error instanceof JobGivenUp ? null : pauseBefore(attempt, attempts),
      },
    );
  }

  /** Room for one more run while the rest of one needs little; no more of those than may run at a time. */
  function wayFor(name: string, concurrency = 1) {
    const definition = agenda.definitions[name];
    let given = 0;
    const change = (by: number) => {
      if (!definition) return;
      given += by;
      definition.lockLimit += by;
      definition.concurrency = definition.lockLimit;
    };
    const give = () => {
      if (given > 0 || !definition || definition.lockLimit >= 2 * concurrency) return;
      change(1);
      follow(announce(name, new Date()));
    };
    return { give, close: () => change(-given) };
  }

  async function put(name: string, all: readonly NewJob[], delay = 0) {
    const nextRunAt = new Date(Date.now() + delay);
    await putJobs(name, all, nextRunAt);
    if (all.length > 0 && delay < pollEvery) await announce(name, nextRunAt);
  }

  async function announce(name: string, nextRunAt: Date, jobId = '' as JobId) {
    if (news.state !== 'connected') return;
    await news.publish({ jobId, jobName: name, nextRunAt, timestamp: new Date(), priority: 0 });
  }

  function follow(work: Promise<unknown>) {
    const end: Promise<void> = work
      .then(() => {})
      .catch((err: unknown) => log.error({ err }, 'the job queue has trouble'))
      .finally(() => following.delete(end));
    following.add(end);
  }

  /** Removes what is done. Agenda fills its queue when it polls; the end of a job has made room before that. */
  async function afterwards({ attrs: { _id, name, nextRunAt, failCount } }: Job) {
    if (!nextRunAt && !failCount) await JobModel.deleteOne({ _id });
    await announce(name, new Date(), _id);
  }

  async function runOnce<Data>(
    job: Job<Data>,
    attempts: number,
    timeout: number,
    run: Run<Data>,
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
    const runs = refuseKillers(id, attempts).then((taken) => run(data, workOf(id), taken === 0));
    const work = Promise.race([runs, overdue]);
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
        follow(noted.then((job) => job?.cancelledAt && stop.abort(new JobCancelled())));
      },
    };
  }

  /** Works on a job, whose outcome is the first, and those that it took along: they are ended here, not by Agenda. */
  async function inCompany(
    name: string,
    others: readonly Taken[],
    use: (handBack: CompanyWork['handBack']) => Promise<Outcomes>,
  ): Promise<void> {
    const began = performance.now();
    // What was given back may run again in this process: then it is that run's.
    const isOurs = ({ id }: Taken) => running.get(id)?.work === work;
    const idsOf = (some: readonly Taken[]) => some.filter(isOurs).map(({ id }) => id);
    const pulse = setInterval(() => follow(renew(idsOf(others))), silence / 2);
    const letGo = () => clearInterval(pulse);
    const handBack = async (from: number) => {
      const back = idsOf(others.slice(Math.max(0, from - 1)));
      for (const id of back) running.delete(id);
      if (back.length === 0) return;
      await putBack(back);
      await announce(name, new Date());
    };
    const work = Promise.resolve().then(() => use(handBack));
    for (const { id } of others) running.set(id, { work, letGo });
    const outcomes = await work.catch((reason: unknown): Outcomes => [{ status: 'rejected', reason }]);
    letGo();
    const ended = others.filter(isOurs); // the rest is somebody else's now
    const seconds = (performance.now() - began) / 1000 / (ended.length + 1);
    const concluded: Ended = { done: [], failed: [], givenUp: [] };
    for (const one of ended) {
      const { id } = one;
      running.delete(id);
      const outcome = outcomes[others.indexOf(one) + 1];
      const isDone = outcome?.status === 'fulfilled';
      observe(name, seconds, isDone ? 'done' : 'failed');
      if (isDone) concluded.done.push(id);
      else if (outcome?.reason instanceof JobGivenUp)
        concluded.givenUp.push({ id, reason: outcome.reason.message });
      else concluded.failed.push(id);
      if (!isDone) log.warn({ job: name, id, err: outcome?.reason }, 'a job failed in company');
    }
    await conclude(concluded);
    if (outcomes[0]?.status === 'rejected') throw outcomes[0].reason;
  }

  /**
   * A job that takes its process down with it never fails by itself: count how often it was taken up. Resolves with how
   * often it had been before.
   */
  async function refuseKillers(id: string, attempts: number): Promise<number> {
    const before = await JobModel.findByIdAndUpdate(id, {
      $inc: { taken: 1 },
      $unset: { doneShare: 1, cancelledAt: 1 },
    }).lean();
    const taken = before?.taken ?? 0;
    if (!before?.repeatInterval && taken >= 2 * attempts)
      throw new Error(`given up: taken up ${taken} times, and the process ended before the job did`);
    return taken;
  }
}
