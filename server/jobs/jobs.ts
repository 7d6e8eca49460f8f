/** Durable work: it is stored before it is done, retried when it fails, and outlives the process. */
export interface Jobs {
  /** Says how a kind of job is done. Throwing means: try again later, at most `attempts` times. */
  define<Data extends object>(name: string, options: JobOptions, run: (data: Data) => Promise<void>): void;
  /**
   * Stores a job; resolves once it is durable. With `unique`, one that waits already under this key is enough. With
   * `whose`, an owner's many jobs of this kind let those of others in between.
   */
  enqueue<Data extends object>(
    name: string,
    data: Data,
    options?: { unique?: string; delay?: number; whose?: string },
  ): Promise<void>;
  /** Runs a job again and again, the first time at once. `interval` as Agenda reads it, for example `5 minutes`. */
  every(interval: string, name: string): Promise<void>;
  /** Begins to work, after everything is defined. */
  start(): Promise<void>;
  /** Lets running jobs end (or hands them back) and stops. */
  stop(): Promise<void>;
}

export interface JobOptions {
  /** How many run at a time in this process; 1 unless told. */
  concurrency?: number;
  /** How often it is tried; 3 unless told. */
  attempts?: number;
  /** Milliseconds after which a job that has not ended counts as failed; 10 minutes unless told. */
  timeout?: number;
}
