import type { Db } from 'mongodb';
import { KeyTaken, type ObjectStore, opening } from '../../storage/objects/store.ts';
import { assertDocuments, referencesOf } from './check.ts';
import { collectionsOf, load } from './documents.ts';
import type { ObjectReference } from './object-references.ts';
import { type Manifest, objectKey, readManifest } from './stored-backup.ts';
import { OtherBytes, verified, whyLost } from './verified.ts';

/** Where a restored instance is to live is not empty; the message says what is there. */
export class NotEmpty extends Error {
  override readonly name = 'NotEmpty';
}

/** There while documents are being restored, so that an interrupted restoring can be repeated. */
const mark = 'restoring';

export interface Restored {
  id: string;
  at: string;
  documents: number;
  objects: number;
  /** objects that the backup does not have, or not as they should be */
  lost: Manifest['lost'];
}

/**
 * Restores a backup, the newest unless told, into an empty database and store: objects first, each compared with its
 * SHA-256 on the way, then the documents that point to them. Interrupted, it can be run again.
 * @throws NotEmpty, NoSuchBackup, OtherBytes: the documents of the backup are damaged
 */
export async function restore(
  backup: ObjectStore,
  to: { db: Db; objects: ObjectStore },
  { id, tell = () => {} }: { id?: string; tell?: (sentence: string) => void } = {},
): Promise<Restored> {
  const manifest = await readManifest(backup, id);
  await assertEmpty(to.db);
  await assertDocuments(backup, manifest);
  const lost: Manifest['lost'] = [];
  let objects = 0;
  for await (const reference of referencesOf(backup, manifest)) {
    const why = await putObject(backup, to.objects, reference);
    if (why) lost.push({ sha256: reference.sha256, key: reference.key, why });
    else objects++;
    if (objects > 0 && objects % 1000 === 0) tell(`${objects} objects restored`);
  }
  await to.db.collection(mark).insertOne({ backup: manifest.id });
  let documents = 0;
  for (const collection of manifest.collections) {
    const count = await load(to.db, collection, backup);
    if (count !== collection.count)
      throw new OtherBytes(`${collection.name} has ${count} documents instead of ${collection.count}`);
    documents += count;
  }
  await to.db.dropCollection(mark);
  return { id: manifest.id, at: manifest.at, documents, objects, lost };
}

/** Refuses a database with documents, except what an interrupted restoring left, which is cleared away. */
async function assertEmpty(db: Db): Promise<void> {
  const names = (await collectionsOf(db)).map(({ name }) => name);
  const isInterrupted = names.includes(mark);
  for (const name of names) {
    const first = isInterrupted ? null : await db.collection(name).findOne({}, { projection: { _id: 1 } });
    if (first) throw new NotEmpty(`The database is not empty: there are documents in ${name}`);
  }
  for (const name of names) await db.dropCollection(name);
}

async function putObject(
  backup: ObjectStore,
  objects: ObjectStore,
  { key, sha256, size }: ObjectReference,
): Promise<'missing' | 'changed' | undefined> {
  try {
    const bytes = opening(() => backup.get(objectKey(sha256)));
    await objects.put(key, verified(bytes, sha256));
  } catch (error) {
    if (!(error instanceof KeyTaken)) return whyLost(error);
    if ((await objects.stat(key)).size === size) return undefined; // by the restoring that was interrupted
    throw new NotEmpty(`The object store is not empty: there are other bytes under ${key}`);
  }
  return undefined;
}
