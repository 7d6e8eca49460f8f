import { Worker } from 'node:worker_threads';
import type { Answer, Ask } from './digest-worker.ts';

/** What identifies bytes, and lets a zip hold them without reading them again. */
export interface Digest {
  /** hexadecimal */
  sha256: string;
  /** CRC-32 as zip files want it */
  crc32: number;
  /** in bytes */
  size: number;
}

const batchSize = 1024 * 1024;
/** How far the reading may be ahead of the hashing, in bytes. */
const mostOutstanding = 8 * batchSize;

/** Forgets what was hashed so far when the worker dies; whoever waits learns why. */
interface Waiting {
  taken: (bytes: number) => void;
  done: (digest: { sha256: string; crc32: number }) => void;
  failed: (error: Error) => void;
}

let worker: Worker | undefined;
let lastId = 0;
const waiting = new Map<number, Waiting>();

/** One thread for the whole process: hashing is as fast as the disk, and the event loop stays free for requests. */
function theWorker(): Worker {
  if (worker) return worker;
  const started = new Worker(new URL('./digest-worker.js', import.meta.url));
  started.on('message', (answer: Answer) => {
    const one = waiting.get(answer.id);
    if ('taken' in answer) one?.taken(answer.taken);
    else one?.done(answer);
  });
  started.on('error', (error) => {
    worker = undefined;
    for (const one of waiting.values()) one.failed(error);
    waiting.clear();
  });
  started.unref();
  worker = started;
  return started;
}

/** SHA-256 and CRC-32 of a stream, in one pass and off the event loop. */
export class RunningDigest {
  readonly #id = ++lastId;
  #size = 0;
  #batch: Uint8Array[] = [];
  #batchSize = 0;
  #outstanding = 0;
  #fault: Error | undefined;
  #wake: () => void = () => {};
  #done: ((digest: { sha256: string; crc32: number }) => void) | undefined;

  constructor() {
    waiting.set(this.#id, {
      taken: (bytes) => {
        this.#outstanding -= bytes;
        this.#wake();
      },
      done: (digest) => this.#done?.(digest),
      failed: (error) => {
        this.#fault = error;
        this.#wake();
      },
    });
  }

  /** Bytes taken so far. */
  get size(): number {
    return this.#size;
  }

  /** Takes bytes; waits when the worker has fallen behind. */
  async update(chunk: Uint8Array): Promise<void> {
    this.#size += chunk.byteLength;
    this.#batch.push(chunk);
    this.#batchSize += chunk.byteLength;
    if (this.#batchSize < batchSize) return;
    this.#send();
    while (this.#outstanding > mostOutstanding) await this.#step();
  }

  /** The digest of everything; afterwards the running digest is used up. */
  async end(): Promise<Digest> {
    this.#send();
    const digest = await new Promise<{ sha256: string; crc32: number }>((resolve, reject) => {
      this.#done = resolve;
      this.#wake = () => this.#fault && reject(this.#fault);
      this.#wake();
      this.#post({ id: this.#id, end: true });
    });
    waiting.delete(this.#id);
    return { sha256: digest.sha256, crc32: digest.crc32, size: this.#size };
  }

  /** Gives up; harmless when it has ended. */
  forget(): void {
    if (waiting.delete(this.#id)) this.#post({ id: this.#id, forget: true });
  }

  #send(): void {
    if (this.#batchSize === 0) return;
    const bytes = new Uint8Array(this.#batchSize);
    let at = 0;
    for (const chunk of this.#batch) {
      bytes.set(chunk, at);
      at += chunk.byteLength;
    }
    this.#outstanding += this.#batchSize;
    this.#batch = [];
    this.#batchSize = 0;
    this.#post({ id: this.#id, chunk: bytes }, [bytes.buffer]);
  }

  #post(ask: Ask, handedOver: ArrayBuffer[] = []): void {
    theWorker().postMessage(ask, handedOver);
  }

  async #step(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (this.#fault) resolve();
    });
    if (this.#fault) throw this.#fault;
  }
}

/** The digest of a whole stream. */
export async function digestOf(bytes: AsyncIterable<Uint8Array>): Promise<Digest> {
  const digest = new RunningDigest();
  try {
    for await (const chunk of bytes) await digest.update(chunk);
    return await digest.end();
  } finally {
    digest.forget();
  }
}
