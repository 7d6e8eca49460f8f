import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const Ledger = z.object({
  /** Key of an organisation → its identifier. */
  organisations: z.record(z.string(), z.string()).default({}),
  /** Key of a person → account. The passwords are random; this file is readable by its owner alone. */
  people: z
    .record(z.string(), z.object({ id: z.string(), email: z.string(), password: z.string() }))
    .default({}),
  resources: z
    .record(z.string(), z.object({ id: z.string(), title: z.string(), state: z.string() }))
    .default({}),
  /** Everything else that has been done, by key. */
  done: z.array(z.string()).default([]),
});

/** What the demo has made already: with it, running it again changes nothing, and an interrupted run goes on. */
export type Ledger = z.infer<typeof Ledger>;

const file = (dataDir: string) => join(dataDir, 'demo.json');

export async function readLedger(dataDir: string): Promise<Ledger> {
  try {
    return Ledger.parse(JSON.parse(await readFile(file(dataDir), 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Ledger.parse({});
    throw error;
  }
}

export async function writeLedger(dataDir: string, ledger: Ledger): Promise<void> {
  const next = `${file(dataDir)}.next`;
  await writeFile(next, JSON.stringify(ledger, null, 2), { mode: 0o600 });
  await rename(next, file(dataDir));
}
