import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Server {
  address: string;
  pid: number;
  /** From the start of the process until it says that it is ready, milliseconds. */
  readyAfter: number;
  /** What the process, with all its threads, has used: seconds of processor time, and MiB of memory now. */
  used(): Promise<{ seconds: number; memory: number }>;
  stop(): Promise<void>;
}

const { scripts } = JSON.parse(
  readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'),
) as { scripts: { start: string } };
/** What `npm start` tells Node.js. */
export const asStarted = scripts.start.split(' ').filter((word) => word.startsWith('--'));

/** Runs a compiled file of ours in a process of its own, which tells `{ ready: { application } }` when it is. */
export async function serve(
  file: string,
  env: Record<string, string>,
  args: string[] = [],
  execArgv: string[] = [],
): Promise<Server> {
  const began = performance.now();
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    env,
    execArgv,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const address = await readiness(child);
  return {
    address,
    pid: child.pid ?? 0,
    readyAfter: Math.round(performance.now() - began),
    async used() {
      const headers = { connection: 'close' }; // one kept open ends while it is not used
      const text = await (await fetch(`${address}/metrics`, { headers })).text();
      const figure = (name: string) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]);
      return {
        seconds: figure('process_cpu_seconds_total'),
        memory: Math.round(figure('process_resident_memory_bytes') / 1024 ** 2),
      };
    },
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
