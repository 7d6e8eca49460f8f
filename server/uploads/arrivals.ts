import { type Arrival, type Ingested, recordAll, takeBack } from '../blobs/index.ts';
import type { Platform } from '../platform.ts';

/** How long durable bytes wait for others that are to be recorded with them, in milliseconds. */
const longestWait = 1000;

/** A file of a form. */
export interface Arrived {
  name: string;
  /** its bytes, once they are durable */
  arrival?: Arrival;
  /** the same, once they are recorded */
  ingested?: Ingested;
}

/** The files of a form, in the order in which they came. Their bytes are recorded together, a few times a form. */
export class Arrivals {
  readonly #platform: Platform;
  readonly #organisation: string;
  readonly #all: Arrived[] = [];
  #waiting: Arrived[] = [];
  #alarm: NodeJS.Timeout | undefined;
  #recording: Promise<void> = Promise.resolve();
  #isOver = false;

  constructor(platform: Platform, organisation: string) {
    this.#platform = platform;
    this.#organisation = organisation;
  }

  /** Notes that a file has begun to come, which is to be settled by `add`. */
  begin(name: string): Arrived {
    const file: Arrived = { name };
    this.#all.push(file);
    return file;
  }

  /** Takes the durable bytes of a file. Those that come after all of them were let go are let go, too. */
  async add(file: Arrived, arrival: Arrival): Promise<void> {
    if (this.#isOver) return this.#platform.objects.delete(arrival.key);
    file.arrival = arrival;
    this.#waiting.push(file);
    this.#alarm ??= setTimeout(() => this.#record(), longestWait);
  }

  /** Resolves with all of them once they are recorded. */
  async end(): Promise<readonly Arrived[]> {
    this.#record();
    await this.#recording;
    return this.#all;
  }

  /** Lets go of all of them. What a failed recording may have recorded or not is left to garbage collection. */
  async takeBack(): Promise<void> {
    this.#isOver = true;
    clearTimeout(this.#alarm);
    for (const { arrival } of this.#waiting.splice(0))
      if (arrival) await this.#platform.objects.delete(arrival.key);
    await this.#recording.catch(() => {});
    for (const { ingested } of this.#all)
      if (ingested) await takeBack(this.#platform, ingested, this.#organisation);
  }

  #record(): void {
    clearTimeout(this.#alarm);
    this.#alarm = undefined;
    const files = this.#waiting.splice(0);
    if (files.length === 0) return;
    this.#recording = this.#recording.then(async () => {
      const arrivals = files.flatMap(({ arrival }) => arrival ?? []);
      const all = await recordAll(this.#platform, arrivals, this.#organisation);
      for (const [at, file] of files.entries()) file.ingested = all[at] as Ingested;
    });
    this.#recording.catch(() => {}); // its error is thrown by `end`
  }
}
