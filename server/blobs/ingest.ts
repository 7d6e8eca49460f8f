import {
  type Bytes,
  type ObjectStore,
  StoreFull,
  StoreUnavailable,
  type Unfinished,
} from '../../storage/objects/store.ts';
import { Problem, unavailable } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { digestOf, RunningDigest } from './digest.ts';
import { heldBy, holdBlob } from './hold.ts';
import { newBlobKey } from './key.ts';
import { cutOff, emptyFile, storeFull, tooLarge, typeDiffers } from './problems.ts';
import { charge } from './quota.ts';
import { type Arrival, type Findings, type Ingested, recordAll } from './record.ts';
import { headSize, isCutOff, mediaTypeOf, tailSize } from './sniff.ts';

interface Promised {
  /** file name, from which its type is promised */
  name: string;
  /** media type that the sender declares */
  mediaType?: string;
}

/** What is said about bytes by whoever brings them. */
export interface Claims extends Promised {
  /** the organisation whose quota they count against */
  organisation: string;
}

/**
 * The one way in for bytes that come in one go: streams them to the store while computing SHA-256 and CRC-32, looks
 * at their beginning before more is taken, and resolves once they are durable and recorded. When it rejects, nothing
 * stays behind. Room in the quota is reserved by the caller, who knows what is coming.
 * @throws emptyFile, tooLarge, typeDiffers, cutOff, storeFull, unavailable
 */
export async function ingest(platform: Platform, bytes: Bytes, claims: Claims): Promise<Ingested> {
  return record(platform, await takeIn(platform, bytes, claims), claims.organisation);
}

/**
 * The first half of it: resolves once the bytes are durable and found good. `recordAll` is to follow within the day, or
 * they are swept away.
 * @throws as `ingest`; nothing stays behind then
 */
export async function takeIn(
  platform: Pick<Platform, 'objects' | 'config'>,
  bytes: Bytes,
  claims: Promised,
): Promise<Arrival> {
  const { objects } = platform;
  const key = newBlobKey();
  const inspection = new Inspection(platform.config.MAX_FILE_SIZE, claims);
  try {
    await objects.put(key, inspection.passing(bytes));
    return await unlessRefused(objects, key, async () => ({ key, ...(await inspection.end()) }));
  } catch (error) {
    throw storeProblem(error, objects);
  } finally {
    inspection.forget();
  }
}

/**
 * Takes bytes that the organisation has brought before, by their SHA-256, as if they came again: with the same checks
 * of name and content. Undefined when it does not hold them.
 * @throws typeDiffers, cutOff, blobGone
 */
export async function admitHeld(
  platform: Platform,
  sha256: string,
  claims: Claims,
): Promise<Ingested | undefined> {
  const { objects } = platform;
  if (!(await heldBy(claims.organisation, [sha256])).has(sha256)) return undefined;
  const { key, size, crc32, hold } = await holdBlob(platform, sha256);
  const head = await gather(objects, key, 0, headSize);
  const tail = await gather(objects, key, Math.max(0, size - tailSize), tailSize);
  const mediaType = await judge(head, tail, claims);
  await charge(platform, claims.organisation, [{ sha256, size }]);
  return { sha256, size, crc32, mediaType, hold, isNew: false };
}

/** How far the ingest of an object has come that arrived in several sittings; kept by the caller. */
export interface Sittings {
  unfinished: Unfinished;
  /** its digest, when this process has seen all of it; otherwise it is read once more */
  running?: RunningDigest;
  /** what an earlier attempt found out before it was interrupted */
  known?: Findings;
  /** stores what was found out, before anything depends on it */
  remember: (findings: Findings) => Promise<void>;
}

/**
 * The same for an object that arrived in several sittings; may be repeated after a crash.
 * @throws as `ingest`, and UnfinishedLost
 */
export async function ingestUnfinished(
  platform: Platform,
  { unfinished, running, known, remember }: Sittings,
  claims: Claims,
): Promise<Ingested> {
  const { objects } = platform;
  const { key, size } = unfinished;
  try {
    if (known) return await record(platform, { key, ...known }, claims.organisation);
    if (size === 0) throw emptyFile({ name: claims.name });
    await objects.finish(unfinished);
    return await unlessRefused(objects, key, async () => {
      const head = await gather(objects, key, 0, headSize);
      const tail = await gather(objects, key, Math.max(0, size - tailSize), tailSize);
      const mediaType = await judge(head, tail, claims);
      const isSeen = running?.size === size;
      const digest = isSeen ? await running.end() : await digestOf(await objects.get(key));
      const findings = { ...digest, mediaType };
      await remember(findings);
      return record(platform, { key, ...findings }, claims.organisation);
    });
  } catch (error) {
    throw storeProblem(error, objects);
  }
}

/** Bytes that we refuse do not stay; after any other fault a repetition or the sweep deals with them. */
async function unlessRefused<T>(objects: ObjectStore, key: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof Problem) await objects.delete(key);
    throw error;
  }
}

/** An error of the object store as a problem; any other error as it is. */
export function storeProblem(error: unknown, objects: Pick<ObjectStore, 'engine'>): unknown {
  if (error instanceof StoreFull) return storeFull({});
  if (error instanceof StoreUnavailable) return unavailable({ engine: objects.engine });
  return error;
}

async function record(platform: Platform, arrival: Arrival, organisation: string): Promise<Ingested> {
  const [ingested] = await recordAll(platform, [arrival], organisation);
  return ingested as Ingested;
}

async function gather(objects: ObjectStore, key: string, first: number, length: number): Promise<Uint8Array> {
  return Buffer.concat(await (await objects.get(key, { first, last: first + length - 1 })).toArray());
}

async function judge(head: Uint8Array, tail: Uint8Array, claims: Promised): Promise<string> {
  const verdict = await mediaTypeOf({ head, tail }, claims.name, claims.mediaType);
  if ('differs' in verdict) throw typeDiffers({ name: claims.name, ...verdict.differs });
  if (isCutOff(verdict.mediaType, claims.name, { head, tail })) throw cutOff({ name: claims.name });
  return verdict.mediaType;
}

/** Refuses bytes whose beginning contradicts what is claimed of them. @throws typeDiffers */
export async function assertPromise(head: Uint8Array, { name, mediaType }: Promised): Promise<void> {
  const verdict = await mediaTypeOf({ head }, name, mediaType);
  if ('differs' in verdict) throw typeDiffers({ name, ...verdict.differs });
}

/** Looks at bytes as they pass by. */
class Inspection {
  readonly #limit: number;
  readonly #claims: Promised;
  readonly #digest = new RunningDigest();
  #head: Uint8Array = Buffer.alloc(0);
  /** the newest chunks, just enough for the tail */
  #recent: Uint8Array[] = [];
  #recentSize = 0;

  constructor(limit: number, claims: Promised) {
    this.#limit = limit;
    this.#claims = claims;
  }

  async *passing(bytes: Bytes): AsyncGenerator<Uint8Array> {
    let isJudged = false;
    for await (const chunk of bytes) {
      if (this.#digest.size + chunk.byteLength > this.#limit)
        throw tooLarge({ name: this.#claims.name, limit: this.#limit });
      await this.#digest.update(chunk);
      this.#keepEnds(chunk);
      if (!isJudged && this.#head.length === headSize) {
        await assertPromise(this.#head, this.#claims);
        isJudged = true;
      }
      yield chunk;
    }
    if (this.#digest.size === 0) throw emptyFile({ name: this.#claims.name });
    if (!isJudged) await assertPromise(this.#head, this.#claims);
  }

  async end(): Promise<Findings> {
    const mediaType = await judge(this.#head, Buffer.concat(this.#recent).subarray(-tailSize), this.#claims);
    return { ...(await this.#digest.end()), mediaType };
  }

  forget(): void {
    this.#digest.forget();
  }

  #keepEnds(chunk: Uint8Array): void {
    if (this.#head.length < headSize)
      this.#head = Buffer.concat([this.#head, chunk.subarray(0, headSize - this.#head.length)]);
    this.#recent.push(chunk);
    this.#recentSize += chunk.byteLength;
    for (
      let first = this.#recent[0];
      first && this.#recentSize - first.byteLength >= tailSize;
      first = this.#recent[0]
    ) {
      this.#recent.shift();
      this.#recentSize -= first.byteLength;
    }
  }
}
