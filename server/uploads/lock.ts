import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Lock, Locker } from '@tus/server';
import { UploadLockModel } from './model.ts';
import { busy } from './problems.ts';

/** A lock whose holder has not been heard of for this long is free. */
const lease = 10_000;
const heartbeat = 1_000;
const lookAgain = 100;
const patience = 20_000;

/**
 * Locks in the database: of all processes, one at a time writes to an upload, and it makes way when another waits. A
 * lock is not given back before writing has settled.
 */
export function databaseLocker(settled: () => Promise<void>): Locker {
  return { newLock: (id) => new DatabaseLock(id, settled) };
}

class DatabaseLock implements Lock {
  readonly #id: string;
  readonly #holder = randomUUID();
  readonly #settled: () => Promise<void>;
  #beat: NodeJS.Timeout | undefined;

  constructor(id: string, settled: () => Promise<void>) {
    this.#id = id;
    this.#settled = settled;
  }

  async lock(signal: AbortSignal, makeWay: () => void | Promise<void>): Promise<void> {
    const giveUp = Date.now() + patience;
    while (!(await this.#take())) {
      if (signal.aborted || Date.now() > giveUp) throw busy({});
      await UploadLockModel.updateOne({ _id: this.#id }, { $set: { wanted: true } });
      await pause(lookAgain);
    }
    this.#beat = setInterval(() => {
      this.#renew().then(
        (isUndisturbed) => isUndisturbed || makeWay(),
        () => makeWay(), // without the database nothing more can be recorded
      );
    }, heartbeat);
    this.#beat.unref();
  }

  async unlock(): Promise<void> {
    await this.#settled().catch(() => {}); // whoever writes hears of its error
    clearInterval(this.#beat);
    await UploadLockModel.deleteOne({ _id: this.#id, holder: this.#holder });
  }

  async #take(): Promise<boolean> {
    const now = Date.now();
    const ours = { holder: this.#holder, until: new Date(now + lease), wanted: false };
    try {
      await UploadLockModel.updateOne(
        { _id: this.#id, until: { $lt: new Date(now) } },
        { $set: ours },
        { upsert: true },
      );
      return true;
    } catch (error) {
      const isTaken = typeof error === 'object' && error !== null && 'code' in error && error.code === 11000;
      if (isTaken) return false;
      throw error;
    }
  }

  /** Whether the lock is still ours, and nobody waits for it. */
  async #renew(): Promise<boolean> {
    const stored = await UploadLockModel.findOneAndUpdate(
      { _id: this.#id, holder: this.#holder },
      { $set: { until: new Date(Date.now() + lease) } },
      { returnDocument: 'after' },
    ).lean();
    return stored !== null && !stored.wanted;
  }
}
