import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from '@jest/globals';
import {
  type AnswerOf,
  type EndpointDefinition,
  type InputOf,
  type ProblemBody,
  requestOf,
} from '../../server/http/contract.ts';

/** The product in a process of its own, on the embedded engines, on free ports, with a folder of its own. */
export interface RunningApp {
  /** Address of the application, without a slash at the end. */
  url: string;
  contentUrl: string;
  /** Where the engines keep their files. */
  dataDir: string;
  /** Somebody who asks with these headers; without any, a visitor. */
  caller(headers?: Record<string, string>): Caller;
  /** Ends it as Ctrl-C does; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
}

export interface Answer<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

export interface Caller {
  readonly headers: Record<string, string>;
  /** Calls an endpoint by its contract. The body of a refusal is a problem: see `refusal`. */
  call<E extends EndpointDefinition>(endpoint: E, input?: InputOf<E>): Promise<Answer<AnswerOf<E>>>;
  /** Anything else: a path below the application's address. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

const running = new Set<RunningApp>();
const folders = new Set<string>();
afterAll(async () => {
  for (const app of running) await app.stop();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** The program. */
export const main = fileURLToPath(new URL('../../server/main.js', import.meta.url));

/** Gives a program a small disk of its own for its data, in a namespace that needs no rights: Linux only. */
const onDisk = (mebibytes: number) => ({
  execPath: 'unshare',
  execArgv: [
    ...['--user', '--map-root-user', '--mount', 'sh', '-c'],
    `mount -t tmpfs -o size=${mebibytes}m none "$DATA_DIR" && exec "${process.execPath}" "$0"`,
  ],
});

/**
 * Starts the product; it is stopped and its folder removed when the tests of the file are over.
 * @param disk MiB of a disk that its data have to fit into; without it, the disk of temporary files
 */
export async function startApp(
  settings: Record<string, string> = {},
  { disk }: { disk?: number } = {},
): Promise<RunningApp> {
  const dataDir = settings.DATA_DIR ?? (await mkdtemp(join(tmpdir(), 'courseyard-')));
  folders.add(dataDir);
  const child = fork(main, {
    execArgv: [], // those of jest would have it read the source map of every file that it loads
    ...(disk && onDisk(disk)),
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      CONTENT_PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'error',
      RATE_LIMITS: 'false',
      ...settings,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const addresses = await readiness(child);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const end = async (signal: 'SIGINT' | 'SIGKILL') => {
    running.delete(app);
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return ended;
  };
  const app: RunningApp = {
    url: addresses.application,
    contentUrl: addresses.content,
    dataDir: disk ? `/proc/${child.pid}/root${dataDir}` : dataDir,
    caller: (headers = {}) => callerOf(addresses.application, headers),
    stop: () => end('SIGINT'),
    kill: async () => void (await end('SIGKILL')),
  };
  running.add(app);
  return app;
}

interface Addresses {
  application: string;
  content: string;
}

function readiness(child: ChildProcess): Promise<Addresses> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve((message as { ready: Addresses }).ready));
    child.once('exit', (code) => reject(new Error(`The server ended with ${code} before it was ready`)));
  });
}

function callerOf(url: string, headers: Record<string, string>): Caller {
  return {
    headers,
    async call(endpoint, input = {}) {
      const [path, init] = requestOf(endpoint, input);
      const response = await fetch(url + path, { ...init, headers: { ...init.headers, ...headers } });
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      const body =
        response.status === 204 ? undefined : isJson ? await response.json() : await response.text();
      return { status: response.status, headers: response.headers, body: body as AnswerOf<typeof endpoint> };
    },
    fetch: (path, init = {}) => fetch(url + path, { ...init, headers: { ...headers, ...init.headers } }),
  };
}

/** The problem in an answer. @throws when it is not one, so that a test tells what came instead */
export function refusal(answer: Answer<unknown>): ProblemBody {
  if (answer.status < 400)
    throw new Error(`Expected a refusal, got ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body as ProblemBody;
}
