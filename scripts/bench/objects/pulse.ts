import { setTimeout } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

/** What a small request takes while others are served: asked from a thread of its own, which nothing else keeps busy. */
const { url, cookie } = workerData as { url: string; cookie: string };
const times: number[] = [];
let isOver = false;
parentPort?.once('message', () => {
  isOver = true;
});
await (await fetch(url, { headers: { cookie } })).arrayBuffer(); // what asks has to be loaded first
while (!isOver) {
  const from = performance.now();
  await (await fetch(url, { headers: { cookie } })).arrayBuffer();
  times.push(performance.now() - from);
  await setTimeout(20);
}
times.sort((a, b) => a - b);
const at = (share: number) => Math.round((times[Math.floor(times.length * share)] ?? 0) * 10) / 10;
parentPort?.postMessage({ p99: at(0.99), median: at(0.5) });
