import type { Document } from 'bson';

/** An object that documents point to, and the SHA-256 that its bytes must have. */
export interface ObjectReference {
  key: string;
  sha256: string;
  /** in bytes */
  size: number;
}

interface Output {
  key: string;
  sha256: string;
  size: number;
}

/** By collection: the objects that one of its documents points to. What is still arriving is not among them. */
const readers: Record<string, (document: Document) => ObjectReference[]> = {
  blobs: ({ _id, key, size }) => [{ key, sha256: _id, size }],
  derivatives: ({ outputs }) => (outputs as Output[]).map(({ key, sha256, size }) => ({ key, sha256, size })),
};

/** What tells the objects of a collection's documents; undefined when they point to none. */
export const referencesIn = (collection: string): ((document: Document) => ObjectReference[]) | undefined =>
  Object.hasOwn(readers, collection) ? readers[collection] : undefined;
