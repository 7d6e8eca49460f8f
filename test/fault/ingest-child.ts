/**
 * Brings files in one after the other, by the form's way and by sittings, until it kills itself at a given step: any
 * call of the object store, before or after it took effect, or any question to the database. What has been
 * acknowledged is told to the parent before the next file begins.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import mongoose from 'mongoose';
import {
  type Findings,
  ingestUnfinished,
  newBlobKey,
  recordAll,
  release,
  reserve,
  takeIn,
} from '../../server/blobs/index.ts';
import { readConfig } from '../../server/config.ts';
import { openLog } from '../../server/http/index.ts';
import type { Platform } from '../../server/platform.ts';
import { connectDocuments } from '../../storage/documents/connect.ts';
import { openFilesystemStore } from '../../storage/objects/filesystem.ts';
import type { ObjectStore } from '../../storage/objects/store.ts';

const [dataDir = '', fatalStep = '0'] = process.argv.slice(2);
const organisation = 'a'.repeat(24);
let steps = 0;

function step(): void {
  if (++steps === Number(fatalStep)) process.kill(process.pid, 'SIGKILL');
}

/** The store, with a step before and after every call. */
function stepping(store: ObjectStore): ObjectStore {
  return new Proxy(store, {
    get(target, name) {
      const member = Reflect.get(target, name);
      if (typeof member !== 'function' || name === 'list') return member;
      return async (...args: unknown[]) => {
        step();
        const result = await member.apply(target, args);
        step();
        return result;
      };
    },
  });
}

await connectDocuments({ dataDir });
mongoose.set('debug', step);
const config = readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
const objects = stepping(await openFilesystemStore(join(dataDir, 'objects')));
const platform = { config, objects, log: openLog(config), clock: () => new Date() } as Platform;
const claims = { name: 'a.fbx', organisation };

async function form(files: readonly Buffer[]): Promise<string[]> {
  const room = await reserve(platform, organisation, Buffer.concat(files).length);
  const arrivals = [];
  for (const bytes of files) arrivals.push(await takeIn(platform, Readable.from([bytes]), claims));
  const all = await recordAll(platform, arrivals, organisation);
  await release(room);
  return all.map(({ sha256 }) => sha256);
}

async function sittings(bytes: Buffer): Promise<string> {
  let unfinished = await objects.begin(newBlobKey(), bytes.length);
  for (const half of [bytes.subarray(0, 1000), bytes.subarray(1000)])
    unfinished = await objects.append(unfinished, Readable.from([half]));
  let known: Findings | undefined;
  const remember = async (findings: Findings) => {
    known = findings;
  };
  const { sha256 } = await ingestUnfinished(platform, { unfinished, known, remember }, claims);
  return sha256;
}

process.send?.({ began: true });
const same = Buffer.alloc(3000, 'the same bytes again and again ');
const acknowledge = (sha256: string) =>
  new Promise<void>((resolve) => {
    process.send?.({ acknowledged: sha256 }, () => resolve());
  });
while (true) {
  for (const sha256 of await form([randomBytes(5000), same])) await acknowledge(sha256);
  for (const bytes of [randomBytes(5000), same]) await acknowledge(await sittings(bytes));
}
