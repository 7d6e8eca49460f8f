import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ClientSession, type Db, MongoClient } from 'mongodb';
import { copyDocuments } from '../../server/backups/contract.ts';
import type { Config } from '../../server/config.ts';
import { database } from '../../storage/documents/connect.ts';
import { startEngine } from '../../storage/documents/embedded/start.ts';
import { callerOf } from './caller.ts';
import { runningInstance } from './with-instance.ts';

const fileName = 'documents.sqlite';

/** Works on the documents of an instance that rests, or of none that has ever run. */
export async function withRestingDocuments<Result>(
  config: Config,
  work: (db: Db) => Promise<Result>,
): Promise<Result> {
  if (await runningInstance(config.DATA_DIR))
    throw new Error('Courseyard is running on this data: stop it first');
  if (config.MONGODB_URL) return withClient(config.MONGODB_URL, (client) => work(client.db()));
  return withFile(join(config.DATA_DIR, 'documents'), work);
}

/** Works on the documents as they are at one moment, also while the instance goes on. */
export async function withStillDocuments<Result>(
  config: Config,
  work: (db: Db, session?: ClientSession) => Promise<Result>,
): Promise<Result> {
  if (config.MONGODB_URL)
    return withClient(config.MONGODB_URL, (client) =>
      client.withSession({ snapshot: true }, (session) => work(client.db(), session)),
    );
  const running = await runningInstance(config.DATA_DIR);
  if (!running) return withFile(join(config.DATA_DIR, 'documents'), work);
  const operator = callerOf(running.address, { Authorization: `Bearer ${running.token}` });
  const { folder } = await operator.call(copyDocuments, {});
  const copy = join(config.DATA_DIR, folder);
  try {
    return await withFile(copy, work);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function withFile<Result>(folder: string, work: (db: Db) => Promise<Result>): Promise<Result> {
  const engine = await startEngine({ file: join(folder, fileName) });
  try {
    return await withClient(engine.urlFor(database), (client) => work(client.db()));
  } finally {
    await engine.close();
  }
}

async function withClient<Result>(
  address: string,
  work: (client: MongoClient) => Promise<Result>,
): Promise<Result> {
  const client = await MongoClient.connect(address);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}
