import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { connectDocuments, type Documents } from '../../storage/documents/connect.ts';

/** Connects mongoose to an embedded engine with an empty folder, for all tests of the file. */
export function openDocuments(): void {
  let documents: Documents;
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'courseyard-'));
    documents = await connectDocuments({ dataDir });
  });
  afterAll(async () => {
    await documents.close();
    await rm(dataDir, { recursive: true, force: true });
  });
}
