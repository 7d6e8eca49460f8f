import { Readable } from 'node:stream';
import { lossIn, NoSuchObject, ObjectUnreadable, type Stretch } from '../../storage/objects/store.ts';
import type { Platform } from '../platform.ts';
import { digestOf, RunningDigest } from './digest.ts';
import { type Blob, BlobModel } from './model.ts';
import { blobDamaged, blobGone, blobQuarantined } from './problems.ts';

/**
 * Streams a blob, or a stretch of it. Bytes that are read whole are compared with their SHA-256 on the way: when they
 * differ, the stream breaks before its end, so that no reader takes them for good, and the blob is reported.
 * @throws blobGone, blobDamaged
 */
export async function readBlob(platform: Platform, sha256: string, stretch?: Stretch): Promise<Readable> {
  const blob = await BlobModel.findById(sha256).lean();
  if (!blob) throw blobGone({ sha256 });
  return readStored(platform, blob, stretch);
}

/** The same of a blob that has just been looked up. @throws blobDamaged */
export async function readStored(platform: Platform, blob: Blob, stretch?: Stretch): Promise<Readable> {
  const { _id: sha256 } = blob;
  assertGood(blob);
  const isWhole = !stretch || (stretch.first === 0 && stretch.last >= blob.size - 1);
  const bytes = await platform.objects.get(blob.key, isWhole ? undefined : stretch).catch(async (error) => {
    if (!(error instanceof NoSuchObject)) throw error;
    await reportDamage(platform, blob, 'missing');
    throw blobDamaged({ sha256 });
  });
  bytes.once('error', (error) => {
    if (error instanceof ObjectUnreadable)
      reportDamage(platform, blob, 'changed').catch((err) =>
        platform.log.error({ err }, 'damage is not reported'),
      );
  });
  if (!isWhole) return bytes;
  const verified = Readable.from(verifying(platform, blob, bytes), {
    objectMode: false,
    highWaterMark: 1024 * 1024,
  });
  verified.once('close', () => bytes.destroy());
  return verified;
}

/** Whether a blob may be handed out. @throws blobDamaged, blobQuarantined */
export function assertGood({ _id: sha256, state, scan, threat = '' }: Blob): void {
  if (state === 'damaged') throw blobDamaged({ sha256 });
  if (scan === 'infected') throw blobQuarantined({ sha256, threat });
}

/** Holds the last chunk back until the digest of everything is known to be right. */
async function* verifying(platform: Platform, blob: Blob, bytes: Readable): AsyncGenerator<Uint8Array> {
  const digest = new RunningDigest({ crc32: false });
  let held: Uint8Array | undefined;
  try {
    for await (const chunk of bytes) {
      await digest.update(chunk);
      if (held) yield held;
      held = chunk;
    }
    const { sha256, size } = await digest.end();
    if (sha256 !== blob._id || size !== blob.size) {
      await reportDamage(platform, blob, 'changed');
      throw blobDamaged({ sha256: blob._id });
    }
    if (held) yield held;
  } catch (error) {
    throw error instanceof ObjectUnreadable ? blobDamaged({ sha256: blob._id }) : error;
  } finally {
    digest.forget();
  }
}

/** Puts a blob aside: it is not handed out until its bytes are back. */
export async function reportDamage(
  { log, clock }: Platform,
  blob: Pick<Blob, '_id' | 'key'>,
  fault: 'missing' | 'changed',
): Promise<void> {
  await BlobModel.updateOne(
    { _id: blob._id, key: blob.key },
    { $set: { state: 'damaged', checkedAt: clock() } },
  );
  log.error({ blob: blob._id, key: blob.key, fault }, 'a blob is damaged and was put aside');
}

export type Finding = 'good' | 'missing' | 'changed';

/** Reads every byte of a blob and says whether it is what was stored. */
export async function checkBlob({ objects }: Pick<Platform, 'objects'>, blob: Blob): Promise<Finding> {
  try {
    const { sha256, size } = await digestOf(await objects.get(blob.key));
    return sha256 === blob._id && size === blob.size ? 'good' : 'changed';
  } catch (error) {
    const loss = lossIn(error);
    if (loss === undefined) throw error;
    return loss;
  }
}
