import type { Db } from 'mongodb';
import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import { CannotStart } from '../why-not-started.ts';
import { migrations } from './list.ts';
import { type Entry, withLock } from './lock.ts';
import type { Migration } from './migration.ts';

/**
 * Brings the database to the shape that this version expects, one process at a time: what has not run yet of the
 * migrations, in order, then the collections and indexes that the models declare.
 * @throws CannotStart, before anything is changed, when the database knows migrations that this version does not
 */
export async function prepareDatabase(
  connection: Connection,
  log: Logger,
  known: readonly Migration[] = migrations,
): Promise<void> {
  const { db } = connection;
  if (!db) throw notConnected();
  const entries = db.collection<Entry>('migrations');
  await refuseNewer(connection, known);
  await withLock(entries, async () => {
    const done = new Set(await doneMigrations(db));
    // Where nothing is stored yet there is nothing to tell of.
    const level = (await isEmpty(db)) ? 'debug' : 'info';
    for (const { id, up } of known) {
      if (done.has(id)) continue;
      log[level]({ migration: id }, 'changing the stored shape');
      await up(db);
      await entries.insertOne({ _id: id, at: new Date() });
    }
    const models = Object.values(connection.models).filter(({ schema }) => schema.get('autoIndex') !== false);
    await Promise.all(
      models.map(async (model) => {
        await model.createCollection();
        await model.syncIndexes();
      }),
    );
  });
}

const notConnected = () => new Error('Connect the database before you prepare it');

async function isEmpty(db: Db): Promise<boolean> {
  const collections = await db.listCollections({}, { nameOnly: true }).toArray();
  return collections.every(({ name }) => name === 'migrations');
}

async function doneMigrations(db: Db): Promise<string[]> {
  const found = await db
    .collection<Entry>('migrations')
    .find({ at: { $exists: true } })
    .toArray();
  return found.map(({ _id }) => _id);
}

/** @throws CannotStart when the database is newer; nothing is changed */
export async function refuseNewer(
  { db }: Connection,
  known: readonly Migration[] = migrations,
): Promise<void> {
  if (!db) throw notConnected();
  const ids = new Set(known.map(({ id }) => id));
  const unknown = (await doneMigrations(db)).filter((id) => !ids.has(id)).sort();
  if (unknown.length > 0)
    throw new CannotStart(
      `The database was written by a newer version of Courseyard (${unknown.join(', ')}). Start that version, or restore a backup made with this one; nothing has been changed.`,
    );
}
