import { model, Schema } from 'mongoose';

/** Where Agenda keeps its jobs, beside everything else in the same database. */
export const jobsCollection = 'jobs';

/** What we read of Agenda's documents, which Agenda writes. */
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
  /** Agenda's: the highest is done first. */
  priority?: number | null;
  /** Whose turn it is. Ours, not Agenda's. */
  whose?: string | null;
  /** How much of a running job is done, from 0 to 1, when it tells. Ours, not Agenda's. */
  doneShare?: number | null;
  /** When it was asked to stop. Ours, not Agenda's. */
  cancelledAt?: Date | null;
  /** Which run took it along, behind another job. Ours, not Agenda's. */
  takenBy?: string | null;
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
    priority: Number,
    whose: String,
    doneShare: Number,
    cancelledAt: Date,
    takenBy: String,
  },
  { collection: jobsCollection, versionKey: false },
);
schema.index({ name: 1, priority: -1, nextRunAt: 1 }); // what Agenda takes next
schema.index({ name: 1, whose: 1, priority: 1 }); // the last turn of an owner
schema.index({ lockedAt: 1, nextRunAt: 1 }); // the few that run or have failed, among all that wait
schema.index({ uniqueKey: 1 }, { sparse: true }); // whether one waits already

export const JobModel = model<StoredJob>('job', schema);
