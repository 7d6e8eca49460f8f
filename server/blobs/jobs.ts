import type { Platform } from '../platform.ts';
import { condemn, dischargeUnused, removeCondemned, removeUntracked } from './collect.ts';
import { sweepFixity } from './fixity.ts';
import { HoldingModel } from './model.ts';
import { recount } from './quota.ts';

const hour = 3600 * 1000;

/**
 * Housekeeping of bytes: removes what nobody uses, counts what organisations hold, and reads everything again in turn.
 * `arrivingKeys` names the objects that are arriving in several sittings.
 */
export async function blobJobs(
  platform: Platform,
  arrivingKeys: () => Promise<ReadonlySet<string>>,
): Promise<void> {
  const { jobs, objects, clock } = platform;
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
  await jobs.every('1 hour', 'blobs/collect');
  await jobs.every('1 day', 'blobs/sweep');
  await jobs.every('1 hour', 'blobs/fixity');
}
