import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Server {
  address: string;
  /** From the start of the process until it says that it is ready, milliseconds. */
  readyAfter: number;
  stop(): Promise<void>;
}

/** Runs a compiled file of ours in a process of its own, which tells `{ ready: { application } }` when it is. */
export async function serve(file: string, env: Record<string, string>, args: string[] = []): Promise<Server> {
  const began = performance.now();
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const address = await readiness(child);
  return {
    address,
    readyAfter: Math.round(performance.now() - began),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

function readiness(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) =>
      resolve((message as { ready: { application: string } }).ready.application),
    );
    child.once('exit', (code) => reject(new Error(`The server ended with ${code} before it was ready`)));
  });
}
