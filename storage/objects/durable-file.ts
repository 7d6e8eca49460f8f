import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Bytes } from './store.ts';

const writeSize = 1024 * 1024;
const syncSize = 32 * 1024 * 1024;

/** Makes the names in a folder durable. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a folder with those above it, durably; quick when it exists. */
export async function makeFolder(folder: string): Promise<void> {
  const firstMade = await mkdir(folder, { recursive: true });
  if (!firstMade) return;
  for (let made = folder; made.length >= firstMade.length; made = dirname(made))
    await syncFolder(dirname(made));
}

async function writeAll(file: FileHandle, chunks: Uint8Array[], size: number, position: number) {
  const { bytesWritten } = await file.writev(chunks, position);
  if (bytesWritten === size) return;
  const rest = Buffer.concat(chunks).subarray(bytesWritten);
  let written = 0;
  while (written < rest.length) {
    const step = await file.write(rest, written, rest.length - written, position + bytesWritten + written);
    written += step.bytesWritten;
  }
}

/**
 * Writes bytes from a position on and resolves with the position behind them once they are durable. Reads ahead of
 * the disk by one write; every 32 MiB it has the disk synchronised while more is written, and tells `onDurable` how
 * far that is, in order. When the source fails, what came is durable before its error is thrown.
 */
export async function writeDurably(
  file: FileHandle,
  bytes: Bytes,
  from: number,
  onDurable: (end: number) => Promise<void> = async () => {},
): Promise<number> {
  let end = from;
  let asked = from;
  let chunks: Uint8Array[] = [];
  let size = 0;
  let writing: Promise<void> = Promise.resolve();
  let syncing: Promise<void> = Promise.resolve();

  const write = async () => {
    await writing;
    const [ready, readySize, position] = [chunks, size, end];
    chunks = [];
    size = 0;
    end += readySize;
    writing = writeAll(file, ready, readySize, position);
    writing.catch(() => {}); // its error is thrown where it is awaited
  };
  /** Makes what is written durable; the next one waits for this one. */
  const sync = async () => {
    await writing;
    await syncing;
    asked = end;
    syncing = synchronise(end);
    syncing.catch(() => {}); // its error is thrown where it is awaited
  };
  const synchronise = async (upTo: number) => {
    await file.datasync();
    await onDurable(upTo);
  };

  let fault: { error: unknown } | undefined;
  const source = bytes[Symbol.asyncIterator]();
  try {
    while (true) {
      const next = await source.next().catch((error: unknown) => {
        fault = { error };
      });
      if (!next || next.done) break;
      chunks.push(next.value);
      size += next.value.byteLength;
      if (size >= writeSize || chunks.length >= 512) await write();
      if (end - asked >= syncSize) await sync();
    }
    if (size > 0) await write();
    await sync();
    await syncing;
  } catch (error) {
    await source.return?.().catch(() => {});
    await Promise.allSettled([writing, syncing]); // nothing goes on behind the caller's back
    throw error;
  }
  if (fault) throw fault.error;
  return end;
}
