import { json } from 'node:stream/consumers';
import { z } from 'zod';
import type { ObjectStore } from '../../storage/objects/store.ts';

/**
 * A backup in a store: `backups/{id}/` has the documents, one file of BSON a collection, and its manifest, which is
 * written last; `objects/{sha256}` are the bytes, shared by all backups in that store. `turns/` tells who is at work.
 */

export const objectKey = (sha256: string): string => `objects/${sha256}`;

const Collection = z.object({
  name: z.string(),
  /** as MongoDB's `create` takes them */
  options: z.record(z.string(), z.unknown()),
  /** as MongoDB's `createIndexes` takes them */
  indexes: z.array(z.record(z.string(), z.unknown())),
  count: z.number().int(),
  /** key of the documents, as gzip of BSON one after the other; and SHA-256 of that object */
  key: z.string(),
  sha256: z.string(),
});

export const Manifest = z.object({
  format: z.literal(1),
  id: z.string(),
  /** version of the product that wrote it */
  version: z.string(),
  at: z.iso.datetime(),
  collections: z.array(Collection),
  objects: z.number().int(),
  bytes: z.number(),
  /** objects that could not be read, or were not what they should be, and are in no earlier backup either */
  lost: z.array(z.object({ sha256: z.string(), key: z.string(), why: z.enum(['missing', 'changed']) })),
});
export type Manifest = z.infer<typeof Manifest>;

/** There is no backup to work on; the message says where was looked. */
export class NoSuchBackup extends Error {
  override readonly name = 'NoSuchBackup';
}

export const manifestKey = (id: string): string => `backups/${id}/manifest.json`;

/** The keys of every backup's own objects by its id, oldest first, those of unfinished ones among them. */
export async function keysOfBackups(store: ObjectStore): Promise<Map<string, string[]>> {
  const found: Record<string, string[]> = {};
  for await (const { key } of store.list('backups/')) {
    const [, id = ''] = key.split('/');
    found[id] = [...(found[id] ?? []), key];
  }
  return new Map(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The finished backups in a store, oldest first. */
export async function listBackups(store: ObjectStore): Promise<string[]> {
  const backups = [...(await keysOfBackups(store))];
  return backups.filter(([id, keys]) => keys.includes(manifestKey(id))).map(([id]) => id);
}

/** A backup by its id, or the newest. @throws NoSuchBackup */
export async function readManifest(store: ObjectStore, id?: string): Promise<Manifest> {
  const known = await listBackups(store);
  const chosen = id ?? known.at(-1);
  if (chosen === undefined || !known.includes(chosen))
    throw new NoSuchBackup(
      known.length === 0 ? 'There is no finished backup here' : `Not among the backups: ${known.join(', ')}`,
    );
  return manifestOf(store, chosen);
}

/** The manifest of a finished backup. @throws NoSuchObject, ZodError: a newer version wrote it, or it is damaged */
export async function manifestOf(store: ObjectStore, id: string): Promise<Manifest> {
  return Manifest.parse(await json(await store.get(manifestKey(id))));
}
