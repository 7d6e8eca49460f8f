import { createHash, type Hash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { crc32 } from '@node-rs/crc32';

/** What a digest asks of the worker; the bytes stand in the shared memory, from `first` on. */
export type Ask = { id: number } & (
  | { first: number; length: number; withCrc32: boolean }
  | { end: true }
  | { forget: true }
);
export type Answer = { freed: number } | { id: number; sha256: string; crc32: number };

const memory = workerData as Uint8Array;
const running = new Map<number, { sha256: Hash; crc32: number }>();

parentPort?.on('message', (ask: Ask) => {
  const state = running.get(ask.id) ?? { sha256: createHash('sha256'), crc32: 0 };
  running.set(ask.id, state);
  if ('first' in ask) {
    const bytes = memory.subarray(ask.first, ask.first + ask.length);
    state.sha256.update(bytes);
    if (ask.withCrc32) state.crc32 = crc32(bytes, state.crc32);
    answer({ freed: ask.first });
    return;
  }
  running.delete(ask.id);
  if ('end' in ask) answer({ id: ask.id, sha256: state.sha256.digest('hex'), crc32: state.crc32 >>> 0 });
});

function answer(message: Answer): void {
  parentPort?.postMessage(message);
}
