import type { ObjectStore } from '../../storage/objects/store.ts';
import { assertDocuments, referencesOf } from './check.ts';
import { referencesIn } from './object-references.ts';
import { keptBy, type Period, type Retention } from './retention.ts';
import { keysOfBackups, type Manifest, manifestKey, manifestOf, objectKey } from './stored-backup.ts';
import { inTurn, type Turn } from './turn.ts';

/** What pruning removes, or would, and what it leaves. */
export interface Pruned {
  /** newest first, each with the periods that want it */
  kept: { id: string; periods: Period[] }[];
  removed: string[];
  /** backups that never came to their end */
  unfinished: string[];
  /** objects that no kept backup points to, and their bytes */
  objects: number;
  bytes: number;
}

const day = 24 * 3600_000;

/** Tells what `prune` would remove at this moment, and removes nothing. */
export async function planPruning(store: ObjectStore, retention: Retention): Promise<Pruned> {
  return (await plan(store, retention)).pruned;
}

/**
 * Removes the backups that a retention does not keep, and every object that no kept one points to. Interrupted
 * anywhere, it leaves the kept ones whole and is finished by the next one: a backup goes with its manifest, its
 * documents stay until its objects are gone. Nothing is removed while a kept backup's documents cannot be read.
 * @throws AnotherTurn; OtherBytes, NoSuchObject: a kept backup is damaged
 */
export const prune = (store: ObjectStore, retention: Retention): Promise<Pruned> =>
  inTurn(store, async (turn) => {
    const { pruned, manifests, objects, documents } = await plan(store, retention);
    for (const keys of [manifests, objects, documents]) await removeAll(store, keys, turn);
    const isOurs = (key: string) => /^(backups|objects|turns)\//.test(key);
    await store.sweep(new Date(Date.now() - day), (key) => !isOurs(key));
    return pruned;
  });

async function removeAll(store: ObjectStore, keys: readonly string[], turn: Turn): Promise<void> {
  for (const key of keys) {
    turn.assertOurs();
    await store.delete(key);
  }
}

async function plan(store: ObjectStore, retention: Retention) {
  const backups = await keysOfBackups(store);
  const finished: { at: Date; manifest: Manifest }[] = [];
  for (const [id, keys] of backups) {
    if (!keys.includes(manifestKey(id))) continue;
    const manifest = await manifestOf(store, id);
    finished.push({ at: new Date(manifest.at), manifest });
  }
  const kept = keptBy(retention, finished);
  const removed = finished.filter((backup) => !kept.has(backup)).map(({ manifest }) => manifest.id);
  const unfinished = [...backups.keys()].filter((id) => !finished.some(({ manifest }) => manifest.id === id));
  const going = [...removed, ...unfinished];
  // What a first backup has brought before it was interrupted is what the next one need not copy.
  const isNeeded = going.length > 0 && kept.size > 0;
  const objects = isNeeded ? await unreferenced(store, [...kept.keys()]) : [];
  const pruned: Pruned = {
    kept: [...kept].map(([{ manifest }, periods]) => ({ id: manifest.id, periods })).sort(newestFirst),
    removed,
    unfinished: isNeeded ? unfinished : [],
    objects: objects.length,
    bytes: objects.reduce((sum, { size }) => sum + size, 0),
  };
  return {
    pruned,
    manifests: removed.map(manifestKey),
    objects: objects.map(({ key }) => key),
    documents: (isNeeded ? going : []).flatMap((id) =>
      (backups.get(id) ?? []).filter((key) => key !== manifestKey(id)),
    ),
  };
}

const newestFirst = (a: { id: string }, b: { id: string }) => (a.id < b.id ? 1 : -1);

/** The objects that none of the backups points to. @throws OtherBytes, NoSuchObject: one cannot be read */
async function unreferenced(store: ObjectStore, kept: readonly { manifest: Manifest }[]) {
  const wanted = new Set<string>();
  for (const { manifest } of kept) {
    const collections = manifest.collections.filter(({ name }) => referencesIn(name));
    await assertDocuments(store, { collections });
    for await (const { sha256 } of referencesOf(store, manifest)) wanted.add(objectKey(sha256));
  }
  const found: { key: string; size: number }[] = [];
  for await (const { key, size } of store.list('objects/')) if (!wanted.has(key)) found.push({ key, size });
  return found;
}
