import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CannotOpen } from './store/file.ts';
import type { WorkerNews, WorkerOrder, WorkerRequest } from './worker.ts';

/** A running engine. */
export interface RunningEngine {
  /** A connection string for any MongoDB driver on this machine; it names no database. */
  url: string;
  /** The same for a database. */
  urlFor(database: string): string;
  /**
   * Writes a copy of all documents as they are at one moment into a new file, which an engine can be started on.
   * Other commands wait meanwhile. @throws when the file exists or the disk is full
   */
  copyTo(file: string): Promise<void>;
  close(): Promise<void>;
}

export interface EngineOptions {
  /** The SQLite file. */
  file: string;
  log?: (message: string) => void;
  /** Listens on this loopback port, without a password, instead of privately. */
  port?: number;
  /** Listens privately on a loopback port with a password, as where there are no Unix sockets. */
  byPassword?: boolean;
  /** Lets test suites of drivers ask for faults (`configureFailPoint`). */
  testCommands?: boolean;
}

/** A folder that only this user can enter; socket paths have room for about a hundred bytes, so it is a short one. */
function socketFolder(): string {
  const base = tmpdir().length < 60 ? tmpdir() : '/tmp';
  return mkdtempSync(join(base, 'cyd-'));
}

/**
 * Starts the engine in a worker thread.
 * @throws CannotOpen when the file is in use, from a newer version, or no such file
 */
export async function startEngine({
  file,
  log = () => {},
  port,
  byPassword = process.platform === 'win32',
  testCommands = false,
}: EngineOptions): Promise<RunningEngine> {
  const isPrivate = port === undefined;
  const folder = isPrivate && !byPassword ? socketFolder() : undefined;
  const credential =
    isPrivate && byPassword ? { user: 'engine', password: randomBytes(24).toString('base64url') } : undefined;
  const path = folder && join(folder, 'd.sock');
  const order: WorkerOrder = {
    file,
    listen: path ? { path } : { port: port ?? 0, host: '127.0.0.1' },
    credential,
    testCommands,
  };
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: order });
  const tidy = () => folder && rmSync(folder, { recursive: true, force: true });
  let closed = false;
  let finished: (() => void) | undefined;
  const copying = new Map<string, (fault: string | undefined) => void>();
  try {
    const listening = await new Promise<number | undefined>((resolve, reject) => {
      worker.on('message', (news: WorkerNews) => {
        if (news.kind === 'log') log(news.message);
        else if (news.kind === 'copied') copying.get(news.path)?.(news.fault);
        else if (news.kind === 'ready') resolve(news.port);
        else if (news.kind === 'refused')
          reject(news.expected ? new CannotOpen(news.message, news.isInUse) : new Error(news.message));
        else finished?.();
      });
      worker.on('error', (error) => {
        log(`The document engine failed: ${(error as Error).stack ?? String(error)}`);
        reject(error);
      });
      worker.on('exit', (code) => {
        if (!closed) log(`The document engine ended with code ${code}`);
        finished?.();
        for (const ended of copying.values()) ended('the engine ended');
        reject(new Error('The document engine ended before it was ready'));
      });
    });
    const who = credential ? `${credential.user}:${credential.password}@` : '';
    const how = credential ? '?authMechanism=SCRAM-SHA-256&authSource=admin' : '';
    const where = path ? encodeURIComponent(path) : `127.0.0.1:${listening}`;
    const urlFor = (database: string) => `mongodb://${who}${where}/${database}${how}`;
    return {
      url: urlFor(''),
      urlFor,
      copyTo: (target) =>
        new Promise((resolve, reject) => {
          copying.set(target, (fault) => {
            copying.delete(target);
            if (fault === undefined) resolve();
            else reject(new Error(`The documents could not be copied: ${fault}`));
          });
          worker.postMessage({ copyTo: target } satisfies WorkerRequest);
        }),
      close: async () => {
        if (closed) return;
        closed = true;
        await new Promise<void>((resolve) => {
          finished = resolve;
          worker.postMessage('close' satisfies WorkerRequest);
        });
        await worker.terminate();
        tidy();
      },
    };
  } catch (error) {
    closed = true;
    await worker.terminate();
    tidy();
    throw error;
  }
}
