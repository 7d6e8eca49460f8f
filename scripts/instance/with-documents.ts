import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ClientSession, type Db, MongoClient, MongoServerError } from 'mongodb';
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
  if (config.MONGODB_URL) return withSnapshot(config.MONGODB_URL, work);
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

/** The codes of MongoDB (error_codes.yml) that keep us from reading what was at one moment, in our words. */
const refusals = new Map<unknown, string>([
  [123, 'MongoDB has snapshots only as a replica set; one of a single member is enough'],
  [
    239,
    'MongoDB no longer keeps the moment that this backup began at: raise minSnapshotHistoryWindowInSeconds, which is 300 unless set',
  ],
]);

/** Works on a snapshot: its moment is that of the first read in the session (https://www.mongodb.com/docs/manual/reference/read-concern-snapshot/). */
async function withSnapshot<Result>(
  address: string,
  work: (db: Db, session: ClientSession) => Promise<Result>,
): Promise<Result> {
  return withClient(address, (client) =>
    client.withSession({ snapshot: true }, async (session) => {
      try {
        // Before the collections are listed, so that none of the moment's is missing from the list.
        await client.db().collection('blobs').findOne({}, { session });
        return await work(client.db(), session);
      } catch (error) {
        const refusal = error instanceof MongoServerError && refusals.get(error.code);
        throw refusal ? new Error(refusal, { cause: error }) : error;
      }
    }),
  );
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
