/** Durable work: it is stored before it is done, retried when it fails, and outlives the process. */
export interface Jobs {
  /** Says how a kind of job is done. Throwing means: try again later, at most `attempts` times; JobGivenUp: do not. */
  define<Data extends object>(
    name: string,
    options: JobOptions,
    run: (data: Data, work: Work) => Promise<void>,
  ): void;
  /**
   * The same for a kind of which many are small: a run that begins with a small one takes along those that stand right
   * behind it in the queue and are small, too. It tells of each how it ended; one that failed in company, and one whose
   * process ended, is tried again alone, so that none harms the others twice; not one that was given up.
   */
  defineTogether<Data extends object>(
    name: string,
    options: JobOptions & Company<Data>,
    run: (all: readonly Data[], work: CompanyWork) => Promise<readonly PromiseSettledResult<unknown>[]>,
  ): void;
  /**
   * Stores a job; resolves once it is durable. With `unique`, one that waits already under this key is enough, and one
   * that has failed or was stopped is run again in its place. With `whose`, an owner's many jobs of this kind let those of others in
   * between.
   */
  enqueue<Data extends object>(
    name: string,
    data: Data,
    options?: { unique?: string; delay?: number; whose?: string },
  ): Promise<void>;
  /** Stores several of a kind, in this order, with a few commands for all of them. */
  enqueueAll<Data extends object>(
    name: string,
    jobs: readonly { data: Data; unique?: string; whose?: string }[],
  ): Promise<void>;
  /**
   * Takes the job that waits under a key out of the queue, and asks the one that runs to stop, if it tells how far it is.
   * Resolves with what became of it; with nothing when there was none.
   */
  cancel(name: string, unique: string, now: Date): Promise<'removed' | 'stopping' | undefined>;
  /** Runs a job again and again, the first time at once. `interval` as Agenda reads it, for example `5 minutes`. */
  every(interval: string, name: string): Promise<void>;
  /** Begins to work, after everything is defined. */
  start(): Promise<void>;
  /** Lets running jobs end (or hands them back) and stops. */
  stop(): Promise<void>;
}

/** The run of a job, for one that takes long. */
export interface Work {
  /** Tells how much is done, from 0 to 1. A job that tells can be cancelled from then on. */
  tell(share: number): void;
  /** Aborted when somebody cancels it, with the reason that the job is to throw: it is not tried again. */
  readonly signal: AbortSignal;
}

/** Which jobs are done together. */
export interface Company<Data> {
  /** How many at most. */
  atOnce: number;
  isSmall(data: Data): boolean;
}

/** The run of several jobs. It is the first whose progress is told and who can be cancelled. */
export interface CompanyWork extends Work {
  /** Gives back the jobs from this place on, none of which has been begun: somebody else can do them at once. */
  handBack(from: number): Promise<void>;
  /** Lets another run begin in this process: what is left of this one needs little, and both share what is scarce. */
  giveWay(): void;
}

/** What trying again by itself does not mend: the job is kept as failed, with these words, until somebody runs it again. */
export class JobGivenUp extends Error {
  override readonly name: string = 'JobGivenUp';
}

/** What a job is kept with that somebody has stopped. */
export const stopped = 'cancelled';

/** Somebody has stopped a job. */
export class JobCancelled extends JobGivenUp {
  override readonly name = 'JobCancelled';

  constructor() {
    super(stopped);
  }
}

export interface JobOptions {
  /** How many run at a time in this process; 1 unless told. */
  concurrency?: number;
  /** How often it is tried; 3 unless told. */
  attempts?: number;
  /** Milliseconds after which a job that has not ended counts as failed; 10 minutes unless told. */
  timeout?: number;
}
