import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { condemn, removeCondemned } from '../../server/blobs/collect.ts';
import { verifyAll } from '../../server/blobs/fixity.ts';
import { holdBlob } from '../../server/blobs/hold.ts';
import { ingest } from '../../server/blobs/ingest.ts';
import { BlobModel, HoldingModel, QuotaModel } from '../../server/blobs/model.ts';
import { readBlob } from '../../server/blobs/read.ts';
import type { Platform } from '../../server/platform.ts';
import { openFilesystemStore } from '../../storage/objects/filesystem.ts';
import type { ObjectStore } from '../../storage/objects/store.ts';

interface World {
  platform: Platform;
  /** where stores are made */
  folder: string;
  /** what files refer to, as the holder of blobs tells */
  used: Set<string>;
  /** moves the clock, in milliseconds */
  pass(time: number): void;
}

const organisation = 'a'.repeat(24);
const contents = ['甲', '乙'];
const hour = 3600_000;

/** The same store, whose answers come in the order that the scheduler chooses. */
function scheduled(objects: ObjectStore, scheduler: fc.Scheduler): ObjectStore {
  const wait = (what: string) => scheduler.schedule(Promise.resolve(), what);
  return {
    ...bound(objects),
    put: async (key, bytes) => {
      const done = await objects.put(key, bytes);
      await wait('stored');
      return done;
    },
    delete: async (key) => {
      await wait('deleting');
      await objects.delete(key);
    },
  };
}

const bound = (objects: ObjectStore): ObjectStore =>
  new Proxy(objects, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    ownKeys: () => ['engine', 'get', 'stat', 'list', 'check', 'close'],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  });

/**
 * In whatever order bringing, referring, forgetting, condemning, removing and waiting happen, and whatever answers of
 * the store come late: what is referred to can be read, and nothing is left over.
 */
export async function checkInterleavings(
  runs: number,
  { platform, folder, used, pass }: World,
): Promise<void> {
  const act = fc.constantFrom('bring', 'attach', 'detach', 'condemn', 'remove', 'pass');
  const acts = fc.array(fc.tuple(act, fc.nat(1)), { minLength: 5, maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(acts, fc.scheduler(), async (steps, scheduler) => {
      used.clear();
      await Promise.all([BlobModel.deleteMany(), HoldingModel.deleteMany(), QuotaModel.deleteMany()]);
      const objects = await openFilesystemStore(join(folder, randomUUID()));
      const slowed = { ...platform, objects: scheduled(objects, scheduler) } as Platform;
      const known = new Map<string, string>();
      const run: Record<string, (content: string) => Promise<void>> = {
        bring: async (content) => {
          const claims = { name: 'a.txt', organisation };
          const { sha256 } = await ingest(slowed, Readable.from([Buffer.from(content)]), claims);
          known.set(content, sha256);
        },
        attach: async (content) => {
          const sha256 = known.get(content);
          if (!sha256) return;
          const held = await holdBlob(slowed, sha256).catch((error: { type?: string }) => {
            if (error.type !== 'blobs/gone') throw error;
          });
          if (held) used.add(sha256);
        },
        detach: async (content) => void used.delete(known.get(content) ?? ''),
        condemn: async () => void (await condemn(slowed)),
        remove: async () => void (await removeCondemned(slowed)),
        pass: async () => pass(40 * hour),
      };
      const running = steps.map(([name, which]) =>
        scheduler.schedule(Promise.resolve(), name).then(() => run[name]?.(contents[which] ?? '')),
      );
      await scheduler.waitFor(Promise.all(running));
      const still = { ...platform, objects };
      for (const sha256 of used) await text(await readBlob(still, sha256));
      const found = await verifyAll(still);
      expect({ changed: found.changed, missing: found.missing, untracked: found.untracked }).toEqual({
        changed: [],
        missing: [],
        untracked: [],
      });
    }),
    { numRuns: runs, endOnFailure: true },
  );
}
