import { createHash, randomUUID } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { access, constants, link, open, opendir, stat, statfs, unlink, utimes } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { makeFolder, syncFolder, writeDurably } from './durable-file.ts';
import {
  assertKey,
  type Bytes,
  KeyTaken,
  NoSuchObject,
  type ObjectFacts,
  type ObjectStore,
  ObjectUnreadable,
  opening,
  RangeOutside,
  StoreFull,
  StoreUnavailable,
  type Stretch,
  type Unfinished,
  UnfinishedLost,
} from './store.ts';

/** Where half-written bytes lie, in the same file system, so that a link makes them an object. */
const incoming = '.incoming';
const readSize = 1024 * 1024;

/** Not by `instanceof`: Node's own errors come from another realm when this runs in a sandbox. */
function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

function translated(error: unknown): unknown {
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') return new StoreFull(error);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'EIO' || code === 'EMFILE')
    return new StoreUnavailable(error);
  return error;
}

/** A stream that ends in the words of the port when the disk cannot read. */
function readable(bytes: Readable): Readable {
  const destroy = bytes._destroy.bind(bytes);
  bytes._destroy = (error, done) =>
    destroy(error && codeOf(error) === 'EIO' ? new ObjectUnreadable(error) : error, done);
  return bytes;
}

/** Runs a step on the disk; its errors come out as those of the port. */
async function onDisk<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw translated(error);
  }
}

/** `a/b/name` lies at `a/b/+xyz/name`: 4,096 folders, which no key can name, share the names below one prefix. */
function pathOf(key: string): string {
  assertKey(key);
  const cut = key.lastIndexOf('/') + 1;
  const name = key.slice(cut);
  const fan = createHash('sha256').update(name).digest('hex').slice(0, 3);
  return join(key.slice(0, cut), `+${fan}`, name);
}

/** Keeps objects as files below a folder, which is made when it is missing. */
export async function openFilesystemStore(folder: string): Promise<ObjectStore> {
  const root = resolve(folder);
  const halfWritten = join(root, incoming);
  await onDisk(() => makeFolder(halfWritten));
  return new FilesystemStore(root, halfWritten);
}

class FilesystemStore implements ObjectStore {
  readonly engine = 'filesystem';
  readonly #root: string;
  readonly #incoming: string;

  constructor(root: string, halfWritten: string) {
    this.#root = root;
    this.#incoming = halfWritten;
  }

  async put(key: string, bytes: Bytes): Promise<{ size: number }> {
    await this.#assertFree(key);
    const half = join(this.#incoming, randomUUID());
    return onDisk(async () => {
      const file = await open(half, 'wx');
      try {
        const size = await writeDurably(file, bytes, 0);
        await file.close();
        await this.#publish(half, key);
        return { size };
      } finally {
        await file.close();
        await unlink(half).catch(ignoreMissing);
      }
    });
  }

  async get(key: string, stretch?: Stretch): Promise<Readable> {
    const file = await this.#found(key, () => open(join(this.#root, pathOf(key)), 'r'));
    const { first, last } = stretch ?? { first: 0, last: undefined };
    if (first > 0) {
      const { size } = await file.stat();
      if (first >= size) {
        await file.close();
        throw new RangeOutside(key, first);
      }
    }
    return readable(file.createReadStream({ start: first, end: last, highWaterMark: readSize }));
  }

  async stat(key: string): Promise<ObjectFacts> {
    const { size, mtime } = await this.#found(key, () => stat(join(this.#root, pathOf(key))));
    return { key, size, modifiedAt: mtime };
  }

  async copy(from: string, to: string): Promise<void> {
    await this.put(
      to,
      opening(() => this.get(from)),
    ); // not a second link: damage to one must not be damage to both
  }

  async delete(key: string): Promise<void> {
    const path = join(this.#root, pathOf(key));
    await onDisk(async () => {
      const wasThere = await unlink(path).then(() => true, ignoreMissing);
      if (wasThere) await syncFolder(dirname(path));
    });
  }

  async *list(prefix = ''): AsyncGenerator<ObjectFacts> {
    const below = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    for await (const { key, path } of this.#walk(below)) {
      if (!key.startsWith(prefix)) continue;
      const facts = await stat(path).catch(ignoreMissing);
      if (facts) yield { key, size: facts.size, modifiedAt: facts.mtime };
    }
  }

  async begin(key: string): Promise<Unfinished> {
    await this.#assertFree(key);
    const half = `${randomUUID()}~${key.replaceAll('/', '~')}`;
    return onDisk(async () => {
      const file = await open(join(this.#incoming, half), 'wx');
      await file.close();
      return { key, size: 0, state: { half } };
    });
  }

  async append(
    unfinished: Unfinished,
    bytes: Bytes,
    onDurable: (unfinished: Unfinished) => Promise<void> = async () => {},
  ): Promise<Unfinished> {
    const file = await open(this.#halfOf(unfinished), 'r+').catch((error) => {
      throw codeOf(error) === 'ENOENT' ? new UnfinishedLost(unfinished.key) : translated(error);
    });
    return onDisk(async () => {
      try {
        const { size } = await file.stat();
        if (size < unfinished.size) throw new UnfinishedLost(unfinished.key);
        await file.truncate(unfinished.size);
        const end = await writeDurably(file, bytes, unfinished.size, (durable) =>
          onDurable({ ...unfinished, size: durable }),
        );
        return { ...unfinished, size: end };
      } finally {
        await file.close();
      }
    });
  }

  async finish(unfinished: Unfinished): Promise<{ size: number }> {
    const { key, size } = unfinished;
    const half = this.#halfOf(unfinished);
    return onDisk(async () => {
      const facts = await stat(half).catch(ignoreMissing);
      if (!facts) {
        const done = await this.stat(key).catch(() => undefined);
        if (done?.size === size) return { size };
        throw new UnfinishedLost(key);
      }
      if (facts.size < size) throw new UnfinishedLost(key);
      const file = await open(half, 'r+');
      try {
        if (facts.size > size) await file.truncate(size);
        await file.sync();
      } finally {
        await file.close();
      }
      await this.#publish(half, key);
      await unlink(half);
      return { size };
    });
  }

  async abandon(unfinished: Unfinished): Promise<void> {
    await onDisk(() => unlink(this.#halfOf(unfinished)).catch(ignoreMissing));
  }

  async sweep(before: Date, isWanted: (key: string) => boolean): Promise<number> {
    let removed = 0;
    for await (const { name } of await opendir(this.#incoming)) {
      const key = name.split('~').slice(1).join('/');
      if (key && isWanted(key)) continue;
      const path = join(this.#incoming, name);
      const facts = await stat(path).catch(ignoreMissing);
      if (!facts || facts.mtime >= before) continue;
      await onDisk(() => unlink(path).catch(ignoreMissing));
      removed++;
    }
    return removed;
  }

  localPath(key: string): string {
    return pathOf(key);
  }

  async free(): Promise<number> {
    const { bavail, bsize } = await onDisk(() => statfs(this.#root));
    return bavail * bsize;
  }

  async check(): Promise<void> {
    try {
      await access(this.#incoming, constants.R_OK | constants.W_OK);
      await utimes(this.#incoming, new Date(), new Date());
    } catch (error) {
      throw new StoreUnavailable(error);
    }
  }

  async close(): Promise<void> {}

  #halfOf({ key, state }: Unfinished): string {
    if (typeof state.half !== 'string' || state.half.includes('/')) throw new UnfinishedLost(key);
    return join(this.#incoming, state.half);
  }

  /** Spares the work when the key is taken; what decides is the link, which never replaces a file. */
  async #assertFree(key: string): Promise<void> {
    const taken = await stat(join(this.#root, pathOf(key))).catch(ignoreMissing);
    if (taken) throw new KeyTaken(key);
  }

  async #found<T>(key: string, step: () => Promise<T>): Promise<T> {
    return step().catch((error) => {
      throw codeOf(error) === 'ENOENT' ? new NoSuchObject(key) : translated(error);
    });
  }

  /** Gives durable bytes their key; once this resolves, a power cut does not take it away. */
  async #publish(half: string, key: string): Promise<void> {
    const path = join(this.#root, pathOf(key));
    await makeFolder(dirname(path));
    try {
      await link(half, path);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      const [ours, theirs] = await Promise.all([stat(half), stat(path)]);
      if (ours.ino !== theirs.ino) throw new KeyTaken(key); // the same file: linked just before a crash
    }
    await syncFolder(dirname(path));
  }

  async *#walk(below: string): AsyncGenerator<{ key: string; path: string }> {
    const folder = join(this.#root, below);
    const entries = await opendir(folder).catch(ignoreMissing);
    if (!entries) return;
    for await (const entry of entries as AsyncIterable<Dirent>) {
      if (entry.name === incoming) continue;
      if (!entry.name.startsWith('+')) yield* this.#walk(`${below}${entry.name}/`);
      else
        for await (const { name } of await opendir(join(folder, entry.name)))
          yield { key: `${below}${name}`, path: join(folder, entry.name, name) };
    }
  }
}

function ignoreMissing(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
}
