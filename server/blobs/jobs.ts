import type { Platform } from '../platform.ts';
import { condemn, dischargeUnused, removeCondemned, removeUntracked } from './collect.ts';
import { sweepFixity } from './fixity.ts';
import { copyToMirror, restoreFromMirror, tidyMirror } from './mirror.ts';
import { HoldingModel } from './model.ts';
import { recount } from './quota.ts';
import { SCAN, scanWaiting } from './scan.ts';

const hour = 3600 * 1000;

/**
 * Housekeeping of bytes: removes what nobody uses, counts what organisations hold, and reads everything again in turn.
 * `arrivingKeys` names the objects that are arriving in several sittings.
 */
export async function blobJobs(
  platform: Platform,
  arrivingKeys: () => Promise<ReadonlySet<string>>,
): Promise<void> {
  const { config, jobs, objects, mirror, clock } = platform;
  jobs.define('blobs/collect', { timeout: 2 * hour }, async () => {
    await dischargeUnused(platform);
    await condemn(platform);
    await removeCondemned(platform);
  });
  jobs.define('blobs/sweep', { timeout: 4 * hour }, async () => {
    const arriving = await arrivingKeys();
    await removeUntracked(platform, arriving);
    await objects.sweep(new Date(clock().getTime() - 24 * hour), (key) => arriving.has(key));
    for (const organisation of await HoldingModel.distinct('organisation')) await recount(organisation);
  });
  jobs.define('blobs/fixity', { timeout: 2 * hour }, async () => {
    await sweepFixity(platform);
  });
  if (mirror) {
    jobs.define('blobs/mirror', { timeout: 12 * hour, attempts: 1 }, async () => {
      await restoreFromMirror(platform, mirror);
      await copyToMirror(platform, mirror);
    });
    jobs.define('blobs/tidy-mirror', { timeout: 4 * hour }, async () => {
      await tidyMirror(platform, mirror);
    });
    await jobs.every('1 minute', 'blobs/mirror');
    await jobs.every('1 day', 'blobs/tidy-mirror');
  }
  if (config.CLAMD_HOST) {
    jobs.define(SCAN, { timeout: 12 * hour, attempts: 1 }, async () => {
      await scanWaiting(platform);
    });
    await jobs.every('1 minute', SCAN);
  }
  await jobs.every('1 hour', 'blobs/collect');
  await jobs.every('1 day', 'blobs/sweep');
  await jobs.every('1 hour', 'blobs/fixity');
}
