/**
 * Remembers what was looked up for a short while. Lookups of one key at the same time are one lookup; the time counts
 * from its beginning, so nothing older than that is ever given.
 */
export class ShortMemory<Value> {
  readonly #entries = new Map<string, { until: number; value: Promise<Value> }>();
  readonly #milliseconds: number;
  readonly #most: number;

  constructor({ milliseconds, most }: { milliseconds: number; most: number }) {
    this.#milliseconds = milliseconds;
    this.#most = most;
  }

  get(key: string, lookUp: () => Promise<Value>): Promise<Value> {
    const known = this.#entries.get(key);
    if (known && known.until > performance.now()) return known.value;
    const entry = { until: performance.now() + this.#milliseconds, value: lookUp() };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    entry.value.catch(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    });
    const oldest = this.#entries.keys().next();
    if (this.#entries.size > this.#most && !oldest.done) this.#entries.delete(oldest.value);
    return entry.value;
  }

  clear(): void {
    this.#entries.clear();
  }
}
