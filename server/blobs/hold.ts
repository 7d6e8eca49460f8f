import { randomUUID } from 'node:crypto';
import type { Platform } from '../platform.ts';
import { type Blob, BlobModel, HoldingModel } from './model.ts';
import { blobGone } from './problems.ts';

/**
 * Takes hold of bytes before a reference to them is stored: from now on they are safe from garbage collection for as
 * long as its grace period lasts, and after that because of the reference.
 * @throws blobGone: they were removed; they have to be uploaded again
 */
export async function holdBlob({ clock }: Pick<Platform, 'clock'>, sha256: string): Promise<Blob> {
  const blob = await BlobModel.findByIdAndUpdate(
    sha256,
    { $set: { heldAt: clock(), hold: randomUUID(), condemnedAt: null } },
    { returnDocument: 'after' },
  ).lean();
  if (!blob) throw blobGone({ sha256 });
  return blob;
}

/** The blobs among these that exist, by their SHA-256. */
export async function blobsOf(sha256s: readonly string[]): Promise<Map<string, Blob>> {
  const found = await BlobModel.find({ _id: { $in: [...new Set(sha256s)] } }).lean();
  return new Map(found.map((blob) => [blob._id, blob]));
}

/** Every blob that there is, one after the other. */
export async function* eachBlob(): AsyncGenerator<{ sha256: string; mediaType: string }> {
  for await (const { _id, mediaType } of BlobModel.find({}, { mediaType: 1 })
    .sort({ _id: 1 })
    .lean()
    .cursor())
    yield { sha256: _id, mediaType };
}

/** Those of these blobs that an organisation has brought itself. */
export async function heldBy(organisation: string, sha256s: readonly string[]): Promise<Set<string>> {
  const ids = [...new Set(sha256s)].map((sha256) => `${organisation}:${sha256}`);
  const [held, blobs] = await Promise.all([
    HoldingModel.find({ _id: { $in: ids } }).lean(),
    BlobModel.find(
      { _id: { $in: [...sha256s] }, state: 'stored', scan: { $ne: 'infected' } },
      { _id: 1 },
    ).lean(),
  ]);
  const good = new Set(blobs.map(({ _id }) => _id));
  return new Set(held.map(({ blob }) => blob).filter((blob) => good.has(blob)));
}

/** A use of a blob by an organisation; without one by the group as a whole. */
export interface BlobUse {
  blob: string;
  organisation?: string;
}

/** Somebody who refers to blobs. Garbage collection asks every holder before it removes anything. */
export interface BlobHolder {
  /** for logs */
  name: string;
  /** Which of these blobs are in use, and by which organisations. */
  usesOf(sha256s: readonly string[]): Promise<BlobUse[]>;
}

const holders = new Map<string, BlobHolder>();

/** Makes a feature's references known, before garbage collection starts. The last definition of a name holds. */
export function defineBlobHolder(holder: BlobHolder): void {
  holders.set(holder.name, holder);
}

/** All uses of these blobs. When one holder cannot tell, nothing is known: the error passes. */
export async function usesOf(sha256s: readonly string[]): Promise<BlobUse[]> {
  if (holders.size === 0)
    throw new Error('No holder of blobs is known, so that none can be said to be unused');
  const found = await Promise.all([...holders.values()].map((holder) => holder.usesOf(sha256s)));
  return found.flat();
}
