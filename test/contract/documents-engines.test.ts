import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { type Db, MongoClient } from 'mongodb';
import { type RunningEngine, startEngine } from '../../storage/documents/embedded/start.ts';
import { documentsContract } from './documents.ts';

const folder = mkdtempSync(join(tmpdir(), 'documents-contract-'));
let engine: RunningEngine | undefined;
const clients = new Map<string, MongoClient>();

async function empty(url: string): Promise<Db> {
  const client = clients.get(url) ?? (await MongoClient.connect(url));
  clients.set(url, client);
  const database = client.db('documents-contract');
  await database.dropDatabase();
  return database;
}

documentsContract('embedded', async () => {
  engine ??= await startEngine({ file: join(folder, 'documents.sqlite') });
  return empty(engine.url);
});

const mongodb = process.env.MONGODB_URL;
if (mongodb) documentsContract('MongoDB', () => empty(mongodb));

afterAll(async () => {
  for (const client of clients.values()) await client.close();
  await engine?.close();
  rmSync(folder, { recursive: true });
});
