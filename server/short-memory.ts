import { isDeepStrictEqual } from 'node:util';

interface Entry<Value> {
  until: number;
  value: Promise<Value>;
  isRenewed?: true;
}

/**
 * Remembers what was looked up for a short while. Lookups of one key at the same time are one lookup; the time counts
 * from its beginning, so nothing older than that is ever given. What is asked for in the second half of its time is
 * looked up anew meanwhile, so that whoever goes on asking never waits for it. With `steady`, what turns out to be as it
 * was is the very same object: who worked something out from it sees that it still holds.
 */
export class ShortMemory<Value> {
  readonly #entries = new Map<string, Entry<Value>>();
  readonly #milliseconds: number;
  readonly #most: number;
  readonly #steady: boolean;

  constructor({
    milliseconds,
    most,
    steady = false,
  }: { milliseconds: number; most: number; steady?: boolean }) {
    this.#milliseconds = milliseconds;
    this.#most = most;
    this.#steady = steady;
  }

  get(key: string, lookUp: () => Promise<Value>): Promise<Value> {
    const known = this.#entries.get(key);
    const now = performance.now();
    if (known && known.until > now) {
      if (known.until - now < this.#milliseconds / 2) this.#renew(key, known, lookUp);
      return known.value;
    }
    const entry: Entry<Value> = { until: now + this.#milliseconds, value: this.#lookUp(known, lookUp) };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    entry.value.catch(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    });
    const oldest = this.#entries.keys().next();
    if (this.#entries.size > this.#most && !oldest.done) this.#entries.delete(oldest.value);
    return entry.value;
  }

  #renew(key: string, known: Entry<Value>, lookUp: () => Promise<Value>): void {
    if (known.isRenewed) return;
    known.isRenewed = true;
    const next = { until: performance.now() + this.#milliseconds, value: this.#lookUp(known, lookUp) };
    next.value.then(
      () => {
        if (this.#entries.get(key) === known) this.#entries.set(key, next); // otherwise it was forgotten meanwhile
      },
      () => {}, // who asks after this one's time meets the error
    );
  }

  async #lookUp(known: Entry<Value> | undefined, lookUp: () => Promise<Value>): Promise<Value> {
    if (!this.#steady || !known) return lookUp();
    const [before, now] = await Promise.all([known.value.catch(() => undefined), lookUp()]);
    return isDeepStrictEqual(before, now) ? (before as Value) : now;
  }

  clear(): void {
    this.#entries.clear();
  }
}
