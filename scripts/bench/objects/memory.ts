import { readFile } from 'node:fs/promises';

/** Resident memory of a process in MiB; 0 where the system does not tell. */
async function memoryOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

/** Does something, and tells the memory of a process in MiB: before, and the most that it had meanwhile. */
export async function memoryDuring<T>(
  pid: number | undefined,
  what: () => Promise<T>,
): Promise<{ value: T; before: number; most: number }> {
  const before = await memoryOf(pid);
  let most = before;
  const watch = setInterval(async () => {
    most = Math.max(most, await memoryOf(pid));
  }, 50);
  try {
    return { value: await what(), before, most };
  } finally {
    clearInterval(watch);
  }
}
