import { readdir, readFile } from 'node:fs/promises';
import { statOf } from '../process-stat.ts';

/** Seconds of processor time, by who used them. */
export interface ProcessorTime {
  server: number;
  /** what somebody waits for */
  converters: number;
  /** what is only done while nobody waits */
  patient: number;
}

/** What a server and the converters that it has running have used so far, where the system tells (Linux). */
export async function processorTime(pid: number): Promise<ProcessorTime> {
  const sum = { server: 0, converters: 0, patient: 0 };
  const server = await statOf(pid);
  sum.server = server.own + server.waited;
  for (const child of await childrenOf(pid)) {
    const { own, waited, nice } = await statOf(child);
    sum[nice > 0 ? 'patient' : 'converters'] += own + waited;
  }
  return sum;
}

async function childrenOf(pid: number): Promise<string[]> {
  const tasks = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, 'utf8').catch(() => ''));
  return (await Promise.all(lists)).flatMap((list) => list.split(' ').filter(Boolean));
}
