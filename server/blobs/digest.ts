import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { crc32 } from '@node-rs/crc32';
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

/** Bytes that are handed to the worker at a time, and how many such pieces may be on their way: 8 MiB in all. */
const slotSize = 1024 * 1024;
const slotCount = 8;
/** So few bytes are hashed at once, within a millisecond: the way to the worker and back takes longer. */
const fewBytes = 512 * 1024;

/** Forgets what was hashed so far when the worker dies; whoever waits learns why. */
interface Waiting {
  done: (digest: { sha256: string; crc32: number }) => void;
  failed: (error: Error) => void;
}

/** The worker, and the memory that is shared with it: bytes are copied there once and nothing is allocated. */
interface Hasher {
  worker: Worker;
  memory: Uint8Array;
  free: number[];
  /** Those who wait for a free slot. */
  queue: ((slot: number) => void)[];
}

let hasher: Hasher | undefined;
let lastId = 0;
const waiting = new Map<number, Waiting>();

/** One thread for the whole process: hashing is as fast as the disk, and the event loop stays free for requests. */
function theHasher(): Hasher {
  if (hasher) return hasher;
  const memory = new Uint8Array(new SharedArrayBuffer(slotSize * slotCount));
  const worker = new Worker(new URL('./digest-worker.js', import.meta.url), { workerData: memory });
  const started: Hasher = { worker, memory, free: [...Array(slotCount).keys()], queue: [] };
  worker.on('message', (answer: Answer) => {
    if ('freed' in answer) giveBack(started, answer.freed);
    else waiting.get(answer.id)?.done(answer);
  });
  worker.on('error', (error) => {
    hasher = undefined;
    for (const one of waiting.values()) one.failed(error);
    waiting.clear();
    for (const next of started.queue.splice(0)) next(0);
  });
  worker.unref();
  hasher = started;
  return started;
}

function giveBack({ free, queue }: Hasher, start: number): void {
  const slot = start / slotSize;
  const next = queue.shift();
  if (next) next(slot);
  else free.push(slot);
}

/** SHA-256 and CRC-32 of a stream, in one pass and off the event loop. */
export class RunningDigest {
  readonly #id = ++lastId;
  readonly #withCrc32: boolean;
  #size = 0;
  #batch: Uint8Array[] = [];
  #batchSize = 0;
  #fault: Error | undefined;
  #done: ((digest: { sha256: string; crc32: number }) => void) | undefined;
  #failed: ((error: Error) => void) | undefined;

  /** Without `crc32` that is 0: bytes that are only compared with their SHA-256 pass quicker. */
  constructor({ crc32: withCrc32 = true }: { crc32?: boolean } = {}) {
    this.#withCrc32 = withCrc32;
  }

  /** Bytes taken so far. */
  get size(): number {
    return this.#size;
  }

  /** Takes bytes, which must not change for a while; waits when the worker has fallen behind. */
  async update(chunk: Uint8Array): Promise<void> {
    this.#size += chunk.byteLength;
    this.#batch.push(chunk);
    this.#batchSize += chunk.byteLength;
    if (this.#batchSize >= slotSize) await this.#send();
  }

  /** The digest of everything; afterwards the running digest is used up. */
  async end(): Promise<Digest> {
    if (this.#size === this.#batchSize && this.#size <= fewBytes) return this.#atOnce();
    await this.#send();
    const digest = await new Promise<{ sha256: string; crc32: number }>((resolve, reject) => {
      this.#done = resolve;
      this.#failed = reject;
      if (this.#fault) reject(this.#fault);
      else post({ id: this.#id, end: true });
    });
    waiting.delete(this.#id);
    return { sha256: digest.sha256, crc32: digest.crc32, size: this.#size };
  }

  #atOnce(): Digest {
    const sha256 = createHash('sha256');
    let crc = 0;
    for (const chunk of this.#batch.splice(0)) {
      sha256.update(chunk);
      if (this.#withCrc32) crc = crc32(chunk, crc);
    }
    return { sha256: sha256.digest('hex'), crc32: crc >>> 0, size: this.#size };
  }

  /** Gives up; harmless when it has ended. */
  forget(): void {
    if (waiting.delete(this.#id)) post({ id: this.#id, forget: true });
  }

  /**
   * Copies what has gathered into shared memory, slot by slot, and lets the worker know. Then others have their turn: a
   * socket that a fast sender keeps full hands over megabytes before the event loop looks at anything else, and a small
   * request takes a dozen rounds of that loop.
   */
  async #send(): Promise<void> {
    this.#listen();
    const chunks = this.#batch;
    this.#batch = [];
    this.#batchSize = 0;
    let filled = 0;
    let slot: number | undefined;
    const handOn = () => {
      if (slot !== undefined && filled > 0)
        post({ id: this.#id, first: slot * slotSize, length: filled, withCrc32: this.#withCrc32 });
      slot = undefined;
      filled = 0;
    };
    for (const chunk of chunks) {
      for (let at = 0; at < chunk.byteLength; ) {
        slot ??= await this.#slot();
        const part = chunk.subarray(at, at + slotSize - filled);
        theHasher().memory.set(part, slot * slotSize + filled);
        filled += part.byteLength;
        at += part.byteLength;
        if (filled === slotSize) handOn();
      }
    }
    handOn();
    await nextTurn();
  }

  /** Hears from the worker from now on. */
  #listen(): void {
    if (waiting.has(this.#id)) return;
    waiting.set(this.#id, {
      done: (digest) => this.#done?.(digest),
      failed: (error) => {
        this.#fault = error;
        this.#failed?.(error);
      },
    });
  }

  /** A free slot. @throws why the worker has ended */
  async #slot(): Promise<number> {
    const { free, queue } = theHasher();
    const slot = free.pop() ?? (await new Promise<number>((resolve) => queue.push(resolve)));
    if (this.#fault) throw this.#fault;
    return slot;
  }
}

function post(ask: Ask): void {
  theHasher().worker.postMessage(ask);
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
