import type { Document } from 'bson';

/** An object that documents point to, and the SHA-256 that its bytes must have. */
export interface ObjectReference {
  key: string;
  sha256: string;
  /** in bytes */
  size: number;
}

/** Small ones lie together in one object, which `within` tells of. */
interface Output extends ObjectReference {
  within?: { sha256: string; size: number };
}

/** An object once, however many outputs lie in it. */
function objectsOf(outputs: readonly Output[]): ObjectReference[] {
  const objects = new Map<string, ObjectReference>();
  for (const { key, within, ...own } of outputs) {
    const { sha256, size } = within ?? own;
    objects.set(key, { key, sha256, size });
  }
  return [...objects.values()];
}

/** By collection: the objects that one of its documents points to. What is still arriving is not among them. */
const readers: Record<string, (document: Document) => ObjectReference[]> = {
  blobs: ({ _id, key, size }) => [{ key, sha256: _id, size }],
  derivatives: ({ outputs }) => objectsOf(outputs as Output[]),
};

/** What tells the objects of a collection's documents; undefined when they point to none. */
export const referencesIn = (collection: string): ((document: Document) => ObjectReference[]) | undefined =>
  Object.hasOwn(readers, collection) ? readers[collection] : undefined;
