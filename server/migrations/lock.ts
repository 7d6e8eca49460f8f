import { randomUUID } from 'node:crypto';
import { type Collection, MongoServerError } from 'mongodb';

/** What is kept in the collection `migrations`: what has run, and the lock of whoever runs them. */
export interface Entry {
  _id: string;
  /** When it ran. */
  at?: Date;
  /** Until when the lock holds, unless its holder says again that it lives. */
  until?: Date;
  holder?: string;
}

const lockId = 'lock';
const duplicateKey = 11000;

/** Does work while no other process does such work; waits for its turn. @throws after two minutes of waiting */
export async function withLock(
  entries: Collection<Entry>,
  work: () => Promise<void>,
  { holds = 30_000, waits = 120_000 } = {},
): Promise<void> {
  const holder = randomUUID();
  const began = Date.now();
  while (!(await take())) {
    if (Date.now() - began > waits)
      throw new Error(
        'Another process has been changing the database for two minutes. Stop it, or start again later.',
      );
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  const pulse = setInterval(() => void renew(), holds / 3);
  try {
    await work();
  } finally {
    clearInterval(pulse);
    await entries.deleteOne({ _id: lockId, holder });
  }

  async function take(): Promise<boolean> {
    try {
      await entries.updateOne(
        { _id: lockId, until: { $lt: new Date() } },
        { $set: { holder, until: new Date(Date.now() + holds) } },
        { upsert: true },
      );
      return true;
    } catch (error) {
      if (error instanceof MongoServerError && error.code === duplicateKey) return false;
      throw error;
    }
  }

  function renew() {
    // A renewal that fails loses the lock at worst; the work itself then meets the same trouble and tells of it.
    return entries
      .updateOne({ _id: lockId, holder }, { $set: { until: new Date(Date.now() + holds) } })
      .catch(() => {});
  }
}
