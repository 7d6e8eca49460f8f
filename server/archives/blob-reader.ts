import { RandomAccessReader } from 'yauzl';
import { readBlob } from '../blobs/index.ts';
import type { Platform } from '../platform.ts';
import { damagedArchive, tooManyEntries } from './problems.ts';
import { MOST_ENTRIES } from './rules.ts';

const windowSize = 256 * 1024;
/** A directory that is longer than this has names or comments that no program writes. */
const mostRead = 64 * 1024 * 1024;

/** Reads the directory of an archive out of a stored blob, a window at a time: few requests to the store. */
export class BlobReader extends RandomAccessReader {
  readonly #read: (first: number, last: number) => Promise<Buffer>;
  readonly #size: number;
  #window: { start: number; bytes: Buffer } = { start: 0, bytes: Buffer.alloc(0) };
  #total = 0;

  constructor(platform: Platform, sha256: string, size: number) {
    super();
    this.#size = size;
    this.#read = async (first, last) =>
      Buffer.concat(await (await readBlob(platform, sha256, { first, last })).toArray());
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.#bytes(position, length).then((bytes) => {
      bytes.copy(buffer, offset);
      callback(null);
    }, callback);
  }

  async #bytes(position: number, length: number): Promise<Buffer> {
    if (position + length > this.#size) throw damagedArchive({ reason: 'a number points behind its end' });
    const { start, bytes } = this.#window;
    const isInside = position >= start && position + length <= start + bytes.length;
    if (isInside) return bytes.subarray(position - start, position - start + length);
    const end = Math.min(this.#size, position + Math.max(length, windowSize));
    this.#total += end - position;
    if (this.#total > mostRead) throw tooManyEntries({ most: MOST_ENTRIES });
    this.#window = { start: position, bytes: await this.#read(position, end - 1) };
    return this.#window.bytes.subarray(0, length);
  }
}
