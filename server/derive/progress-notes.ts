/** Milliseconds between two notes. */
const pause = 2000;

/**
 * Notes now and then how far something is, one note after the other, and none once it has ended: a note that came late
 * would stand where the outcome is to stand.
 */
export class ProgressNotes {
  readonly #write: (share: number) => Promise<unknown>;
  #noted = Number.NEGATIVE_INFINITY;
  #writing: Promise<unknown> | undefined;
  #hasEnded = false;

  /** `write` deals with its own errors. */
  constructor(write: (share: number) => Promise<unknown>) {
    this.#write = write;
  }

  /** @param share how much is done, from 0 to 1 */
  note(share: number): void {
    if (this.#hasEnded || this.#writing || performance.now() - this.#noted < pause) return;
    this.#noted = performance.now();
    this.#writing = this.#write(share).finally(() => {
      this.#writing = undefined;
    });
  }

  /** Resolves once nothing is written any more. */
  async end(): Promise<void> {
    this.#hasEnded = true;
    await this.#writing;
  }
}
