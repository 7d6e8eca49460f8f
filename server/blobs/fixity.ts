import type { Platform } from '../platform.ts';
import { checkMirrored } from './mirror.ts';
import { type Blob, BlobModel } from './model.ts';
import { checkBlob, reportDamage } from './read.ts';

/** Every byte is read again within this many days. */
const period = 30;
/** Sweeps a day. */
const sweepsPerDay = 24;

/**
 * Reads the share of all blobs that is due in one sweep, oldest check first, one after the other. Resolves with what
 * was read and found damaged.
 */
export async function sweepFixity(platform: Platform): Promise<{ checked: number; damaged: number }> {
  const { clock, log } = platform;
  const total = await BlobModel.estimatedDocumentCount();
  const share = Math.ceil(total / (period * sweepsPerDay));
  const due = new Date(clock().getTime() - 24 * 3600 * 1000);
  const blobs = await BlobModel.find({ checkedAt: { $lt: due } })
    .sort({ checkedAt: 1 })
    .limit(share)
    .lean();
  let damaged = 0;
  for (const blob of blobs) {
    try {
      if (!(await checkAndRecord(platform, blob))) damaged++;
      if (platform.mirror) await checkMirrored(platform, platform.mirror, blob);
    } catch (err) {
      log.error({ err, blob: blob._id }, 'a blob could not be checked');
      await Promise.all([platform.objects.check(), BlobModel.exists({ _id: blob._id })]); // an outage ends the sweep
    }
  }
  if (damaged > 0) log.error({ damaged, checked: blobs.length }, 'the fixity sweep found damaged blobs');
  return { checked: blobs.length, damaged };
}

/** Whether a blob is good; one that was damaged and is good again (a restored disk) is handed out again. */
async function checkAndRecord(platform: Platform, blob: Blob): Promise<boolean> {
  const finding = await checkBlob(platform, blob);
  if (finding !== 'good') {
    await reportDamage(platform, blob, finding);
    return false;
  }
  await BlobModel.updateOne(
    { _id: blob._id, key: blob.key },
    { $set: { checkedAt: platform.clock(), state: 'stored' } },
  );
  return true;
}

/** What a full comparison of records and objects found. */
export interface Verification {
  checked: number;
  bytes: number;
  changed: { sha256: string; key: string }[];
  missing: { sha256: string; key: string }[];
  /** objects that no record points to */
  untracked: { key: string; size: number }[];
}

/** Compares every record with its bytes and every object with the records; changes nothing. */
export async function verifyAll({ objects }: Pick<Platform, 'objects'>): Promise<Verification> {
  const found: Verification = { checked: 0, bytes: 0, changed: [], missing: [], untracked: [] };
  for await (const blob of BlobModel.find().sort({ _id: 1 }).lean().cursor()) {
    const finding = await checkBlob({ objects }, blob);
    if (finding !== 'good') found[finding].push({ sha256: blob._id, key: blob.key });
    found.checked++;
    found.bytes += blob.size;
  }
  for await (const { key, size } of objects.list('blobs/'))
    if (!(await BlobModel.exists({ key }))) found.untracked.push({ key, size });
  return found;
}
