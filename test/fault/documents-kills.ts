import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';
import { type Db, MongoClient } from 'mongodb';
import { startEngine } from '../../storage/documents/embedded/start.ts';

/** What was promised, over all lives of the process. */
interface Promised {
  inserted: Set<string>;
  /** Its removal was begun: it may be there or not. */
  leaving: Set<string>;
  removed: Set<string>;
  batches: Set<number>;
  counter: number;
  next: number;
}

function note(promised: Promised, line: string): void {
  const [sign, kind, word = ''] = line.split(' ');
  if (sign === '+' && kind === 'remove') promised.leaving.add(word);
  if (sign === '+' && kind === 'insert') promised.next = Math.max(promised.next, Number(word.slice(1)) + 1);
  if (sign !== '=') return;
  if (kind === 'insert') promised.inserted.add(word);
  if (kind === 'remove') promised.removed.add(word);
  if (kind === 'batch') promised.batches.add(Number(word));
  if (kind === 'count') promised.counter = Math.max(promised.counter, Number(word));
}

/** Lets the load run for a while and kills it; gives its lines. */
async function liveAndDie(file: string, start: number, milliseconds: number): Promise<string[]> {
  const script = fileURLToPath(new URL('./documents-load.js', import.meta.url));
  const child = spawn(process.execPath, [script, file, String(start)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => {
    if (output === '') setTimeout(() => child.kill('SIGKILL'), milliseconds);
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  await new Promise<void>((resolve) => child.on('close', () => resolve()));
  if (!output.startsWith('ready')) throw new Error(`The load did not start: ${errors}`);
  return output.split('\n').slice(1, -1);
}

async function check(database: Db, promised: Promised): Promise<void> {
  const singles = new Set(
    (await database.collection('singles').find({}).toArray()).map(({ _id }) => String(_id)),
  );
  const lost = [...promised.inserted].filter((id) => !singles.has(id) && !promised.leaving.has(id));
  const undead = [...promised.removed].filter((id) => singles.has(id));
  expect({ lost, undead }).toEqual({ lost: [], undead: [] });
  const counter = await database
    .collection<{ _id: string; value: number }>('singles')
    .findOne({ _id: 'counter' });
  expect(counter?.value ?? 0).toBeGreaterThanOrEqual(promised.counter);
  const batches = await database
    .collection('batches')
    .aggregate([{ $group: { _id: '$batch', n: { $sum: 1 }, marks: { $addToSet: '$mark' } } }])
    .toArray();
  const torn = batches.filter(({ n, marks }) => n !== 20 || marks.length !== 1);
  const missing = [...promised.batches].filter((batch) => !batches.some(({ _id }) => _id === batch));
  expect({ torn, missing }).toEqual({ torn: [], missing: [] });
  for (const name of ['singles', 'batches'])
    expect(await database.command({ validate: name })).toMatchObject({ valid: true, errors: [] });
}

/** Kills a process that writes to one file again and again; after each time checks all that it had been promised. */
async function killWriting(file: string, times: number): Promise<number> {
  const promised: Promised = {
    inserted: new Set(),
    leaving: new Set(),
    removed: new Set(),
    batches: new Set(),
    counter: 0,
    next: 1,
  };
  for (let time = 0; time < times; time++) {
    const lines = await liveAndDie(file, promised.next, 20 + Math.random() * 400);
    for (const line of lines) note(promised, line);
    promised.next += 100_000;
    const engine = await startEngine({ file });
    const client = await MongoClient.connect(engine.url);
    try {
      await check(client.db('fault'), promised);
    } finally {
      await client.close();
      await engine.close();
    }
  }
  return promised.inserted.size;
}

/** Kills of one file: after more of them looking at all that it holds takes longer than living and dying. */
const killsOfOneFile = 25;

/** Kills a writing process, on one file after the other. */
export async function killOften(times: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'documents-fault-'));
  let inserted = 0;
  for (let done = 0; done < times; done += killsOfOneFile)
    inserted += await killWriting(
      join(folder, `documents-${done}.sqlite`),
      Math.min(killsOfOneFile, times - done),
    );
  expect(inserted).toBeGreaterThan(times);
  rmSync(folder, { recursive: true });
}
