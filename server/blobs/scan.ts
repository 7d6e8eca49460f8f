import type { Platform } from '../platform.ts';
import { askClamd } from './clamd.ts';
import { BlobModel } from './model.ts';

/** The job that asks the virus scanner. */
export const SCAN = 'blobs/scan';

/** Asks that new blobs be scanned soon, rather than with the next round. */
export const askForScan = ({ jobs }: Pick<Platform, 'jobs'>): Promise<void> =>
  jobs.enqueue(SCAN, {}, { unique: 'new' });

/**
 * Asks the scanner about every blob that it has not seen, oldest first. When it is down, what is left waits for the
 * next round: nothing is lost, and nothing of it can be published. Resolves with what was found.
 * @throws ScannerUnavailable
 */
export async function scanWaiting({
  config,
  objects,
  log,
}: Pick<Platform, 'config' | 'objects' | 'log'>): Promise<{ scanned: number; infected: number }> {
  const { CLAMD_HOST: host, CLAMD_PORT: port } = config;
  const done = { scanned: 0, infected: 0 };
  if (!host) return done;
  const waiting = BlobModel.find({ scan: { $exists: false }, state: 'stored' }).sort({ storedAt: 1 });
  for await (const { _id, key, size } of waiting.lean().cursor()) {
    const verdict = await askClamd({ host, port }, await objects.get(key));
    await BlobModel.updateOne({ _id, key }, { $set: verdict });
    done.scanned++;
    if (verdict.scan === 'too-large')
      log.warn({ blob: _id, size }, 'a blob is too large for the virus scanner');
    if (verdict.scan !== 'infected') continue;
    done.infected++;
    log.error({ blob: _id, threat: verdict.threat }, 'a blob is infected and was put into quarantine');
  }
  return done;
}

/**
 * What is known of a blob: it waits for the scanner, nothing was found in it, what was found, or nobody has looked: there
 * is no scanner, or it is too large for it.
 */
export interface Scan {
  state: 'waiting' | 'clean' | 'infected' | 'unscanned';
  threat?: string;
}

/**
 * What the scanner said of these blobs, and whether what is stored is no longer what came. Without a scanner nothing
 * waits.
 */
export async function conditionsOf(
  { config }: Pick<Platform, 'config'>,
  sha256s: readonly string[],
): Promise<ReadonlyMap<string, { scan: Scan; isDamaged: boolean }>> {
  const wanted = { scan: 1, threat: 1, state: 1 } as const;
  const found = await BlobModel.find({ _id: { $in: [...new Set(sha256s)] } }, wanted).lean();
  const scanOf = ({ scan, threat }: (typeof found)[number]): Scan => {
    if (scan === 'infected') return { state: 'infected', threat: threat ?? '' };
    if (scan === 'clean') return { state: 'clean' };
    return { state: scan || !config.CLAMD_HOST ? 'unscanned' : 'waiting' };
  };
  return new Map(
    found.map((blob) => [blob._id, { scan: scanOf(blob), isDamaged: blob.state === 'damaged' }]),
  );
}
