import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { assertCan } from '../access/index.ts';
import type { Config } from '../config.ts';
import type { Feature } from '../feature.ts';
import { handle } from '../http/index.ts';
import * as contract from './contract.ts';
import { noCopy } from './problems.ts';

/** Lets scripts on this machine read the embedded engine's documents, which one process alone may open. */
export const createBackups = (
  { DATA_DIR }: Pick<Config, 'DATA_DIR'>,
  copyDocuments: ((file: string) => Promise<void>) | undefined,
): Feature => ({
  name: 'backups',
  routes: [
    handle(contract.copyDocuments, async ({ member }) => {
      assertCan(member, 'edit', 'job');
      if (!copyDocuments) throw noCopy({});
      const copies = join(DATA_DIR, 'copies');
      await rm(copies, { recursive: true, force: true });
      const folder = join('copies', randomUUID());
      await mkdir(join(DATA_DIR, folder), { recursive: true, mode: 0o700 });
      await copyDocuments(join(DATA_DIR, folder, 'documents.sqlite'));
      return { folder };
    }),
  ],
});

export { backUp } from './back-up.ts';
export { checkBackup } from './check.ts';
export { type Pruned, planPruning, prune } from './prune.ts';
export { restore } from './restore.ts';
export { listBackups } from './stored-backup.ts';
