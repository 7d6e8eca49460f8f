import { Agent, get } from 'node:http';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

interface Asking {
  readonly url: string;
  readonly paths: readonly string[];
  /** Questions that are under way together. */
  readonly atOnce: number;
  /** Over and over for so long; each path once when left out. */
  readonly seconds?: number;
}

interface Asked {
  /** Milliseconds until the last byte, of the answers with status 200. */
  readonly times: number[];
  readonly refused: number;
}

/** Asks for the paths from a thread of its own. */
export function timesOf(asking: Asking): Promise<Asked> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: asking });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

if (!isMainThread) parentPort?.postMessage(await ask(workerData as Asking));

async function ask({ url, paths, atOnce, seconds }: Asking): Promise<Asked> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const until = performance.now() + (seconds ?? 0) * 1000;
  const times: number[] = [];
  let refused = 0;
  let next = 0;
  const one = async (): Promise<void> => {
    while (seconds === undefined ? next < paths.length : performance.now() < until) {
      const started = performance.now();
      const status = await statusOf(`${url}${paths[next++ % paths.length]}`, agent);
      if (status === 200) times.push(performance.now() - started);
      else refused++;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  agent.destroy();
  return { times, refused };
}

/** The status of an answer, once all of it has come. */
function statusOf(url: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { accept: 'application/json' } }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode ?? 0));
    }).once('error', reject);
  });
}
