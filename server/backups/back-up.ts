import { createHash, randomBytes } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { ClientSession, Db } from 'mongodb';
import { type ObjectStore, opening } from '../../storage/objects/store.ts';
import { bytesOf, collectionsOf, decoded, gathered, indexesOf, toStream } from './documents.ts';
import { type ObjectReference, referencesIn } from './object-references.ts';
import { type Manifest, manifestKey, objectKey } from './stored-backup.ts';
import { inTurn, type Turn } from './turn.ts';
import { hashed, verified, whyLost } from './verified.ts';

/** What is backed up: documents that stand still, and the store of the objects that they point to. */
export interface BackupSource {
  db: Db;
  /** reads from a snapshot, where the documents themselves go on changing */
  session?: ClientSession;
  objects: ObjectStore;
}

export interface BackupSummary extends Manifest {
  /** Objects and bytes that had to be copied; the others were in the store from earlier backups. */
  copied: { objects: number; bytes: number };
}

const atATime = 4;

interface BackupOptions {
  now: Date;
  /** of the product */
  version: string;
  /** hears of the progress */
  tell?: (sentence: string) => void;
}

/**
 * Backs up into a store: the documents of one moment, then every object that they point to and that is not there yet,
 * its bytes compared with their SHA-256 on the way. The manifest comes last: before that there is no backup.
 * @throws AnotherTurn: one at a time in one place
 */
export const backUp = (
  source: BackupSource,
  target: ObjectStore,
  options: BackupOptions,
): Promise<BackupSummary> => inTurn(target, (turn) => backUpInTurn(source, target, options, turn));

async function backUpInTurn(
  source: BackupSource,
  target: ObjectStore,
  { now, version, tell = () => {} }: BackupOptions,
  turn: Turn,
): Promise<BackupSummary> {
  const id = `${now
    .toISOString()
    .replace(/[-:]|\.\d+/g, '')
    .toLowerCase()}-${randomBytes(3).toString('hex')}`;
  const collections: Manifest['collections'] = [];
  const references = new Map<string, ObjectReference>();
  for (const [index, { name, options }] of (await collectionsOf(source.db)).entries()) {
    const key = `backups/${id}/${String(index).padStart(3, '0')}.bson.gz`;
    const indexes = await indexesOf(source.db, name);
    const stored = await putDocuments(source, target, { name, key }, (reference) =>
      references.set(reference.sha256, reference),
    );
    collections.push({ name, options, indexes, key, ...stored });
  }
  tell(`${collections.length} collections, ${references.size} objects`);
  const { copied, lost } = await copyObjects(source.objects, target, [...references.values()], tell);
  const manifest: Manifest = {
    format: 1,
    id,
    version,
    at: now.toISOString(),
    collections,
    objects: references.size,
    bytes: [...references.values()].reduce((sum, { size }) => sum + size, 0),
    lost,
  };
  turn.assertOurs(); // or objects that were there could have been removed
  await target.put(manifestKey(id), toStream(one(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`))));
  return { ...manifest, copied };
}

async function* one(bytes: Uint8Array) {
  yield bytes;
}

async function putDocuments(
  { db, session }: BackupSource,
  target: ObjectStore,
  { name, key }: { name: string; key: string },
  found: (reference: ObjectReference) => void,
): Promise<{ count: number; sha256: string }> {
  let count = 0;
  const referencesOf = referencesIn(name);
  async function* documents() {
    for await (const bytes of bytesOf(db, name, session)) {
      count++;
      if (referencesOf) for (const reference of referencesOf(decoded(bytes))) found(reference);
      yield bytes;
    }
  }
  const hash = createHash('sha256');
  // Documents may fail before the store begins to read: a pipeline hears of it all the same.
  await pipeline(gathered(documents()), createGzip(), (packed) => target.put(key, hashed(packed, hash)));
  return { count, sha256: hash.digest('hex') };
}

async function copyObjects(
  from: ObjectStore,
  target: ObjectStore,
  references: readonly ObjectReference[],
  tell: (sentence: string) => void,
): Promise<{ copied: BackupSummary['copied']; lost: Manifest['lost'] }> {
  const there = new Map<string, number>();
  for await (const { key, size } of target.list('objects/')) there.set(key, size);
  const missing = references.filter(({ sha256, size }) => there.get(objectKey(sha256)) !== size);
  const copied = { objects: 0, bytes: 0 };
  const lost: Manifest['lost'] = [];
  const waiting = missing.values();
  const work = async () => {
    for (const reference of waiting) {
      const { sha256, key, size } = reference;
      if (there.has(objectKey(sha256))) await target.delete(objectKey(sha256)); // of another size: it was damaged there
      const why = await copyObject(from, target, reference);
      if (why) {
        lost.push({ sha256, key, why });
        continue;
      }
      copied.objects++;
      copied.bytes += size;
      if (copied.objects % 1000 === 0) tell(`${copied.objects} of ${missing.length} objects copied`);
    }
  };
  await Promise.all(Array.from({ length: atATime }, work));
  return { copied, lost };
}

async function copyObject(
  from: ObjectStore,
  target: ObjectStore,
  { sha256, key }: ObjectReference,
): Promise<'missing' | 'changed' | undefined> {
  try {
    const bytes = opening(() => from.get(key));
    await target.put(objectKey(sha256), verified(bytes, sha256));
  } catch (error) {
    return whyLost(error);
  }
  return undefined;
}
