import { Agent, request } from 'node:http';
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
  /** Milliseconds from the end of the request to the last byte of the answer, of those with status 200. */
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
      const { status, milliseconds } = await answerOf(`${url}${paths[next++ % paths.length]}`, agent);
      if (status === 200) times.push(milliseconds);
      else refused++;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  agent.destroy();
  return { times, refused };
}

/** The status of an answer, once all of it has come, and how long that took. */
function answerOf(url: string, agent: Agent): Promise<{ status: number; milliseconds: number }> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { agent, headers: { accept: 'application/json' } }, (answer) => {
      answer.resume();
      answer.once('end', () =>
        resolve({ status: answer.statusCode ?? 0, milliseconds: performance.now() - started }),
      );
    });
    asking.once('error', reject);
    const started = performance.now();
    asking.end();
  });
}
