import { createHash, type Hash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { crc32 } from '@node-rs/crc32';

/** What a digest asks of the worker; `chunk` is handed over, not copied. */
export type Ask = { id: number } & ({ chunk: Uint8Array } | { end: true } | { forget: true });
export type Answer = { id: number } & ({ taken: number } | { sha256: string; crc32: number });

const running = new Map<number, { sha256: Hash; crc32: number }>();

parentPort?.on('message', (ask: Ask) => {
  const state = running.get(ask.id) ?? { sha256: createHash('sha256'), crc32: 0 };
  running.set(ask.id, state);
  if ('chunk' in ask) {
    state.sha256.update(ask.chunk);
    state.crc32 = crc32(ask.chunk, state.crc32);
    answer({ id: ask.id, taken: ask.chunk.byteLength });
    return;
  }
  running.delete(ask.id);
  if ('end' in ask) answer({ id: ask.id, sha256: state.sha256.digest('hex'), crc32: state.crc32 >>> 0 });
});

function answer(message: Answer): void {
  parentPort?.postMessage(message);
}
