import type { ObjectStore } from '../../storage/objects/store.ts';
import { decoded, storedDocuments } from './documents.ts';
import { type ObjectReference, referencesIn } from './object-references.ts';
import { type Manifest, objectKey, readManifest } from './stored-backup.ts';
import { assertBytes, whyLost } from './verified.ts';

/** The objects that the documents of a backup point to, each SHA-256 once for every key. */
export async function* referencesOf(store: ObjectStore, manifest: Manifest): AsyncGenerator<ObjectReference> {
  for (const { name, key } of manifest.collections) {
    const read = referencesIn(name);
    if (!read) continue;
    for await (const bytes of storedDocuments(store, key)) yield* read(decoded(bytes));
  }
}

/** @throws OtherBytes, NoSuchObject: the documents of the backup are damaged */
export async function assertDocuments(
  store: ObjectStore,
  { collections }: Pick<Manifest, 'collections'>,
): Promise<void> {
  for (const { key, sha256 } of collections) await assertBytes(await store.get(key), sha256);
}

/** Reads every byte of a backup again. Resolves with what is not as it should be. */
export async function checkBackup(
  store: ObjectStore,
  id?: string,
): Promise<{ id: string; checked: number; bad: { key: string; why: 'missing' | 'changed' }[] }> {
  const manifest = await readManifest(store, id);
  const bad: { key: string; why: 'missing' | 'changed' }[] = [];
  let checked = 0;
  const check = async (key: string, sha256: string) => {
    checked++;
    try {
      await assertBytes(await store.get(key), sha256);
    } catch (error) {
      bad.push({ key, why: whyLost(error) });
    }
  };
  for (const { key, sha256 } of manifest.collections) await check(key, sha256);
  if (bad.length > 0) return { id: manifest.id, checked, bad };
  const seen = new Set<string>();
  for await (const { sha256 } of referencesOf(store, manifest)) {
    if (seen.has(sha256)) continue;
    seen.add(sha256);
    await check(objectKey(sha256), sha256);
  }
  return { id: manifest.id, checked, bad };
}
