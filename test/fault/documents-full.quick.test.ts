import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { startEngine } from '../../storage/documents/embedded/start.ts';

const script = fileURLToPath(new URL('./documents-fill.js', import.meta.url));

test('when there is no more room a write is refused, reading goes on, and nothing acknowledged is lost', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'documents-full-'));
  const file = join(folder, 'documents.sqlite');
  // A limit on the size of files stands for a full disk: 10,000 blocks of 512 or 1,024 bytes, by the shell.
  const { stdout, stderr } = spawnSync(
    'sh',
    ['-c', `ulimit -f 10000; exec "${process.execPath}" "${script}" "${file}"`],
    {
      encoding: 'utf8',
    },
  );
  const told = JSON.parse(stdout || JSON.stringify({ failed: stderr })) as {
    written: number;
    code: number;
    readable: number;
  };
  expect([1, 14031]).toContain(told.code);
  expect(told.written).toBeGreaterThan(10);
  expect(told.readable).toBe(told.written);

  const engine = await startEngine({ file });
  const client = await MongoClient.connect(engine.url);
  const database = client.db('full');
  expect(await database.collection('things').countDocuments({ text: { $exists: true } })).toBe(told.written);
  expect(await database.command({ validate: 'things' })).toMatchObject({ valid: true, errors: [] });
  await client.close();
  await engine.close();
  rmSync(folder, { recursive: true });
});
