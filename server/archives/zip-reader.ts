import type { Readable } from 'node:stream';
import { RandomAccessReader } from 'yauzl';
import type { Platform } from '../platform.ts';
import { damagedArchive, tooManyEntries } from './problems.ts';
import { MOST_ENTRIES } from './rules.ts';

const windowSize = 256 * 1024;
/** A directory that is longer than this has names or comments that no program writes. */
const mostRead = 64 * 1024 * 1024;

/** A zip that can be read in ranges, wherever it lies. */
export interface ZipSource {
  /** under which it is remembered: the SHA-256 of its bytes */
  id: string;
  /** in bytes */
  size: number;
  read(platform: Platform, range: { first: number; last: number }): Promise<Readable>;
}

/** Reads the directory of an archive where it is stored, a window at a time: few requests to the store. */
export class ZipReader extends RandomAccessReader {
  readonly #read: (first: number, last: number) => Promise<Buffer>;
  readonly #size: number;
  #window: { start: number; bytes: Buffer } = { start: 0, bytes: Buffer.alloc(0) };
  #total = 0;

  constructor(platform: Platform, source: ZipSource) {
    super();
    this.#size = source.size;
    this.#read = async (first, last) =>
      Buffer.concat(await (await source.read(platform, { first, last })).toArray());
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
