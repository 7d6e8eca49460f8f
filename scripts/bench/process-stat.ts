import { readFile } from 'node:fs/promises';

const ticksPerSecond = 100;

/** What the system tells of a process. */
export interface ProcessStat {
  /** Seconds of processor time that it used itself. */
  own: number;
  /** Seconds that the children used that it has waited for. */
  waited: number;
  nice: number;
}

/** Of a process by its number (proc_pid_stat(5)): zeros when it has ended, and where the system does not tell. */
export async function statOf(pid: number | string | undefined): Promise<ProcessStat> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const number = (at: number) => Number(fields[at] ?? 0);
  const seconds = (at: number) => (number(at) + number(at + 1)) / ticksPerSecond;
  return { own: seconds(11), waited: seconds(13), nice: number(16) };
}
