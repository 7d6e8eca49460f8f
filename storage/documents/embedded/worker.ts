import { parentPort, workerData } from 'node:worker_threads';
import type { Credential } from './commands/sasl.ts';
import { Engine } from './engine.ts';
import { CannotOpen } from './store/file.ts';
import { listen } from './wire/server.ts';

/** What the worker is told, and what it tells. */
export interface WorkerOrder {
  file: string;
  listen: { path: string } | { port: number; host: string };
  credential: Credential | undefined;
  testCommands: boolean;
}

/** What the worker is asked for while it runs. */
export type WorkerRequest = 'close' | { copyTo: string };

export type WorkerNews =
  | { kind: 'ready'; port: number | undefined }
  | { kind: 'refused'; message: string; expected: boolean; isInUse: boolean }
  | { kind: 'log'; message: string }
  | { kind: 'copied'; path: string; fault?: string }
  | { kind: 'closed' };

function tell(news: WorkerNews): void {
  parentPort?.postMessage(news);
}

async function start(order: WorkerOrder): Promise<void> {
  const log = (message: string) => tell({ kind: 'log', message });
  const engine = new Engine(order.file, log, order);
  const listening = await listen(order.listen, engine, log);
  const address = listening.server.address();
  parentPort?.on('message', async (request: WorkerRequest) => {
    if (request !== 'close') {
      tell({ kind: 'copied', path: request.copyTo, ...copy(engine, request.copyTo) });
      return;
    }
    await listening.close();
    engine.close();
    tell({ kind: 'closed' });
    parentPort?.close();
  });
  tell({ kind: 'ready', port: typeof address === 'object' ? address?.port : undefined });
}

function copy(engine: Engine, path: string): { fault?: string } {
  try {
    engine.copyTo(path);
    return {};
  } catch (error) {
    return { fault: (error as Error).message };
  }
}

start(workerData as WorkerOrder).catch((error: Error) => {
  const expected = error instanceof CannotOpen;
  tell({ kind: 'refused', message: error.message, expected, isInUse: expected && error.isInUse });
});
