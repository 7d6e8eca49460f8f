import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, jest, test } from '@jest/globals';
import { removeUntracked } from '../../server/blobs/collect.ts';
import { verifyAll } from '../../server/blobs/fixity.ts';
import { BlobModel } from '../../server/blobs/model.ts';
import { readConfig } from '../../server/config.ts';
import { openLog } from '../../server/http/index.ts';
import type { Platform } from '../../server/platform.ts';
import { connectDocuments } from '../../storage/documents/connect.ts';
import { openFilesystemStore } from '../../storage/objects/filesystem.ts';

const child = fileURLToPath(new URL('./ingest-child.js', import.meta.url));
const kills = Number(process.env.KILLS ?? 40);
jest.setTimeout(60_000 + kills * 5_000);

/** Runs the child until it dies, at a step of its own or after a time; gives what it acknowledged. */
function runUntilDeath(dataDir: string, fatalStep: number, patience: number): Promise<string[]> {
  const acknowledged: string[] = [];
  let death: NodeJS.Timeout | undefined;
  const running = fork(child, [dataDir, String(fatalStep)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  running.on('message', (message: { began?: true; acknowledged?: string }) => {
    if (message.began) death = setTimeout(() => running.kill('SIGKILL'), patience);
    if (message.acknowledged) acknowledged.push(message.acknowledged);
  });
  return new Promise((resolve) =>
    running.once('exit', () => {
      clearTimeout(death);
      resolve(acknowledged);
    }),
  );
}

test(`after ${kills} kills at every step and at random, no acknowledged file is lost and one sweep leaves nothing over`, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'courseyard-kill-'));
  const acknowledged = new Set<string>();
  try {
    for (let kill = 1; kill <= kills; kill++) {
      const isAtStep = kill % 4 !== 0;
      const died = await runUntilDeath(
        dataDir,
        isAtStep ? kill : 0,
        isAtStep ? 20_000 : 50 + Math.random() * 500,
      );
      for (const sha256 of died) acknowledged.add(sha256);
    }
    const documents = await connectDocuments({ dataDir });
    try {
      const config = readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
      const objects = await openFilesystemStore(join(dataDir, 'objects'));
      const tomorrow = () => new Date(Date.now() + 25 * 3600_000);
      const platform = { config, objects, log: openLog(config), clock: tomorrow } as Platform;
      expect(acknowledged.size).toBeGreaterThan(0);
      expect(await BlobModel.countDocuments({ _id: { $in: [...acknowledged] } })).toBe(acknowledged.size);
      expect(await verifyAll(platform)).toMatchObject({ changed: [], missing: [] });
      await removeUntracked(platform, new Set());
      await objects.sweep(tomorrow(), () => false);
      expect(await verifyAll(platform)).toMatchObject({ changed: [], missing: [], untracked: [] });
      expect(await objects.sweep(tomorrow(), () => false)).toBe(0);
    } finally {
      await documents.close();
    }
  } finally {
    await rm(dataDir, { recursive: true });
  }
});
