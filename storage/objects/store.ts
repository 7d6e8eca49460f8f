import type { Readable } from 'node:stream';

/** Bytes on their way into a store. */
export type Bytes = AsyncIterable<Uint8Array>;

/** A stretch of an object, both ends included, counted from 0. */
export interface Stretch {
  first: number;
  last: number;
}

export interface ObjectFacts {
  key: string;
  /** in bytes */
  size: number;
  modifiedAt: Date;
}

/**
 * How far an object has come that arrives in several sittings: plain JSON that the caller keeps and hands back
 * unchanged. `size` bytes are durable; `state` belongs to the store that made it.
 */
export interface Unfinished {
  key: string;
  size: number;
  state: Record<string, unknown>;
}

export interface SignedUrlWishes {
  /** for how long the address works */
  seconds: number;
  /** headers that the engine is to answer with */
  mediaType?: string;
  disposition?: string;
}

/**
 * Keeps bytes under keys. A key is written once and its bytes never change. Keys are made by us, never by members:
 * segments of lower-case letters, digits, `-`, `_` and `.`, joined by slashes (see `assertKey`); none is the beginning
 * of another's segments, as `a` is of `a/b`, since some engines keep files in folders.
 *
 * Beside the errors named at each method, every one may throw StoreUnavailable: the engine does not answer or
 * refuses us; the same call may succeed later.
 */
export interface ObjectStore {
  /** for logs and readiness, such as `filesystem` */
  readonly engine: string;

  /**
   * Takes all bytes; resolves once they are durable. When the source fails, rejects with the source's error and
   * leaves nothing under the key.
   * @throws KeyTaken, StoreFull
   */
  put(key: string, bytes: Bytes): Promise<{ size: number }>;

  /**
   * Streams an object, or a stretch of it; a `last` beyond the end means the end. Resolves once the object is known
   * to exist; a fault after that destroys the stream with the error, so that a short answer is never taken for all:
   * ObjectUnreadable when the engine itself has lost bytes and will not find them again by being asked once more.
   * @throws NoSuchObject; RangeOutside: `first` lies beyond the end
   */
  get(key: string, stretch?: Stretch): Promise<Readable>;

  /** @throws NoSuchObject */
  stat(key: string): Promise<ObjectFacts>;

  /** Puts the same bytes under another key; resolves once that is durable. @throws NoSuchObject, KeyTaken, StoreFull */
  copy(from: string, to: string): Promise<void>;

  /** Resolves once the key is free. A key that holds nothing is no error. */
  delete(key: string): Promise<void>;

  /** Every finished object whose key begins so, in no particular order. */
  list(prefix?: string): AsyncIterable<ObjectFacts>;

  /** Begins an object that arrives in several sittings. `expectedSize` helps to choose the size of parts. */
  begin(key: string, expectedSize?: number): Promise<Unfinished>;

  /**
   * Adds bytes behind the `size` durable ones, and drops what an interrupted sitting wrote beyond them. Calls
   * `onDurable` from time to time and at the end, for the caller to record; until it has, the former state stays
   * valid, afterwards only the new one. When the source fails, what had arrived is made durable and told to
   * `onDurable` before the source's error is thrown. One sitting at a time: the caller locks.
   * @throws StoreFull; UnfinishedLost: the engine no longer has what had been durable
   */
  append(
    unfinished: Unfinished,
    bytes: Bytes,
    onDurable?: (unfinished: Unfinished) => Promise<void>,
  ): Promise<Unfinished>;

  /**
   * Makes it an object under its key; resolves once that is durable. May be repeated after a crash.
   * @throws KeyTaken, StoreFull, UnfinishedLost
   */
  finish(unfinished: Unfinished): Promise<{ size: number }>;

  /** Gives up an unfinished object and frees its bytes. May be repeated. */
  abandon(unfinished: Unfinished): Promise<void>;

  /**
   * Removes what crashes left behind: half-written bytes last touched before `before`, except those of unfinished
   * objects that `isWanted` names by key. Resolves with the number removed.
   */
  sweep(before: Date, isWanted: (key: string) => boolean): Promise<number>;

  /** An address from which a browser fetches the object without us; only engines that serve by themselves have it. */
  signedUrl?(key: string, wishes: SignedUrlWishes): Promise<string>;

  /** Where a web server in front of us finds the object's bytes, relative to the store's folder (X-Accel-Redirect). */
  localPath?(key: string): string;

  /** Bytes that can still be taken, where the engine can tell. */
  free?(): Promise<number>;

  /** Resolves when the engine can be reached and written to. */
  check(): Promise<void>;

  close(): Promise<void>;
}

/**
 * Bytes that are opened once they are asked for, so that a store that refuses a key before it reads leaves nothing open.
 */
export async function* opening(open: () => Promise<Bytes>): AsyncGenerator<Uint8Array> {
  yield* await open();
}

class ObjectStoreError extends Error {
  override get name() {
    return this.constructor.name;
  }
}

export class KeyTaken extends ObjectStoreError {
  constructor(key: string) {
    super(`The key ${key} is taken; a key is written once`);
  }
}

export class NoSuchObject extends ObjectStoreError {
  constructor(key: string) {
    super(`There is no object under the key ${key}`);
  }
}

export class ObjectUnreadable extends ObjectStoreError {
  constructor(cause: unknown) {
    super('The bytes of an object can no longer be read', { cause });
  }
}

/** What an error says of an object whose bytes cannot be had; undefined when it says nothing, such as an outage. */
export function lossIn(error: unknown): 'missing' | 'changed' | undefined {
  if (error instanceof NoSuchObject) return 'missing';
  if (error instanceof ObjectUnreadable) return 'changed'; // what can no longer be read is not what was stored
  return undefined;
}

export class RangeOutside extends ObjectStoreError {
  constructor(key: string, first: number) {
    super(`The object ${key} ends before byte ${first}`);
  }
}

export class UnfinishedLost extends ObjectStoreError {
  constructor(key: string) {
    super(`The store no longer has the beginning of the unfinished object ${key}`);
  }
}

export class StoreFull extends ObjectStoreError {
  constructor(cause: unknown) {
    super('The object store is full', { cause });
  }
}

export class StoreUnavailable extends ObjectStoreError {
  constructor(cause: unknown) {
    super(`The object store cannot be used: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

const keyShape = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/;

/** Refuses keys that one of the engines could not keep apart or could lead out of its folder. */
export function assertKey(key: string): void {
  const isKey = keyShape.test(key) && key.length <= 200;
  if (!isKey) throw new TypeError(`Not a key of the object store: ${JSON.stringify(key)}`);
}
