import { model, Schema } from 'mongoose';

/** Where Agenda keeps its jobs, beside everything else in the same database. */
export const jobsCollection = 'jobs';

/** What we read of Agenda's documents. Agenda writes them and makes the index that it works by. */
export interface StoredJob {
  name: string;
  data?: Record<string, unknown> | null;
  /** Agenda's words for the time between runs; null for a job that is done once. */
  repeatInterval?: string | null;
  nextRunAt?: Date | null;
  lockedAt?: Date | null;
  lastRunAt?: Date | null;
  failedAt?: Date | null;
  failCount?: number | null;
  failReason?: string | null;
  /** How often a process took it up, also when the process ended before the job did. Ours, not Agenda's. */
  taken?: number | null;
  /** The key under which one waiting job is enough. Ours, not Agenda's. */
  uniqueKey?: string | null;
}

const schema = new Schema<StoredJob>(
  {
    name: { type: String, required: true },
    data: Schema.Types.Mixed,
    repeatInterval: String,
    nextRunAt: Date,
    lockedAt: Date,
    lastRunAt: Date,
    failedAt: Date,
    failCount: Number,
    failReason: String,
    taken: Number,
    uniqueKey: String,
  },
  { collection: jobsCollection, autoCreate: false, autoIndex: false, versionKey: false },
);

export const JobModel = model<StoredJob>('job', schema);
