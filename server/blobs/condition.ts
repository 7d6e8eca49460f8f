import type { QueryFilter } from 'mongoose';
import { type Blob, BlobModel, HoldingModel } from './model.ts';

/** A blob that nobody is handed, and why. */
export interface SetAside {
  sha256: string;
  /** `damaged`: its bytes are not those that were stored, or gone; `infected`: the virus scanner found something. */
  fault: 'damaged' | 'infected';
  threat?: string;
  size: number;
  mediaType: string;
  /** When that was found out. */
  foundAt: Date;
  /** Those that brought it. */
  organisations: string[];
}

export interface Condition {
  blobs: number;
  bytes: number;
  /** Every blob has been read and found right since then; null when there is none. */
  checkedSince: Date | null;
  /** The newest hundred. */
  setAside: SetAside[];
}

const mostSetAside = 100;
/** What is handed to nobody. */
const isSetAside: QueryFilter<Blob> = { $or: [{ state: 'damaged' }, { scan: 'infected' }] };

/** Those of these blobs that are handed to nobody. */
export async function setAsideOf(sha256s: readonly string[]): Promise<Set<string>> {
  const found = await BlobModel.find(
    { _id: { $in: [...new Set(sha256s)] }, ...isSetAside },
    { _id: 1 },
  ).lean();
  return new Set(found.map(({ _id }) => _id));
}

/** How the stored bytes are: how many, since when all of them have been verified, and which are set aside. */
export async function conditionOfBlobs(): Promise<Condition> {
  const [[sums], [longest], found] = await Promise.all([
    BlobModel.aggregate<{ blobs: number; bytes: number }>([
      { $group: { _id: null, blobs: { $sum: 1 }, bytes: { $sum: '$size' } } },
    ]),
    BlobModel.find({ state: 'stored' }, { checkedAt: 1 }).sort({ checkedAt: 1 }).limit(1).lean(),
    BlobModel.find(isSetAside).sort({ checkedAt: -1 }).limit(mostSetAside).lean(),
  ]);
  const holdings = await HoldingModel.find({ blob: { $in: found.map(({ _id }) => _id) } }).lean();
  return {
    blobs: sums?.blobs ?? 0,
    bytes: sums?.bytes ?? 0,
    checkedSince: longest?.checkedAt ?? null,
    setAside: found.map(({ _id, state, threat, size, mediaType, checkedAt, storedAt }) => ({
      sha256: _id,
      // Of a blob that is both, that it is damaged.
      ...(state === 'damaged'
        ? { fault: 'damaged', foundAt: checkedAt }
        : { fault: 'infected', threat: threat ?? '', foundAt: storedAt }),
      size,
      mediaType,
      organisations: holdings.filter(({ blob }) => blob === _id).map(({ organisation }) => organisation),
    })),
  };
}
