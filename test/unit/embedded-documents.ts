import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import mongoose from 'mongoose';
import { connectDocuments, type Documents } from '../../storage/documents/connect.ts';

/** Opens the embedded document engine, with the indexes of all models, for the tests of a file. */
export function openDocuments(): void {
  let documents: Documents;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'courseyard-documents-'));
    documents = await connectDocuments({ dataDir: folder });
    for (const model of Object.values(mongoose.models)) await model.syncIndexes();
  });
  afterAll(async () => {
    await documents.close();
    await rm(folder, { recursive: true, force: true });
  });
}
