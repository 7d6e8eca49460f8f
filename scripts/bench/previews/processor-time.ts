import { readdir, readFile } from 'node:fs/promises';

/** Seconds of processor time, by who used them. */
export interface ProcessorTime {
  server: number;
  /** what somebody waits for */
  converters: number;
  /** what is only done while nobody waits */
  patient: number;
}

const ticksPerSecond = 100;

/** What a server and the converters that it has running have used so far, where the system tells (Linux). */
export async function processorTime(pid: number): Promise<ProcessorTime> {
  const sum = { server: 0, converters: 0, patient: 0 };
  const own = await used(pid);
  sum.server = own.seconds;
  for (const child of await childrenOf(pid)) {
    const { seconds, nice } = await used(child);
    sum[nice > 0 ? 'patient' : 'converters'] += seconds;
  }
  return sum;
}

/** Of a process with those that it has waited for (proc_pid_stat(5): utime, stime, cutime, cstime, nice). */
async function used(pid: number | string): Promise<{ seconds: number; nice: number }> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''); // it has ended
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [ticks, nice] = [
    fields.slice(11, 15).reduce((sum, n) => sum + Number(n), 0),
    Number(fields[16] ?? 0),
  ];
  return { seconds: ticks / ticksPerSecond, nice };
}

async function childrenOf(pid: number): Promise<string[]> {
  const tasks = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, 'utf8').catch(() => ''));
  return (await Promise.all(lists)).flatMap((list) => list.split(' ').filter(Boolean));
}
