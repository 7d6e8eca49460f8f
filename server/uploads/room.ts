import { type Reservation, release, reserve, storeFull } from '../blobs/index.ts';
import type { Platform } from '../platform.ts';

/** Stays free on the disk, for what is written down about files, found in them and made of them. */
const keptFree = 64 * 1024 * 1024;
/** How much more is asked for at a time when nobody said how much is coming. */
const step = 64 * 1024 * 1024;

/** Room in the quota of an organisation for bytes that are coming, asked for before they are taken. */
export class Room {
  readonly #platform: Platform;
  readonly #organisation: string;
  #reservations: Reservation[] = [];
  #reserved = 0;
  #used = 0;

  private constructor(platform: Platform, organisation: string) {
    this.#platform = platform;
    this.#organisation = organisation;
  }

  /** Asks for what is announced. @throws overQuota, storeFull */
  static async for(platform: Platform, organisation: string, announced: number): Promise<Room> {
    await assertFits(platform, announced);
    const room = new Room(platform, organisation);
    if (announced > 0) await room.#grow(announced);
    return room;
  }

  /** Passes bytes on, and asks for more room as they outgrow what was announced. @throws overQuota */
  async *metered(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      this.#used += chunk.byteLength;
      if (this.#used > this.#reserved) await this.#grow(step);
      yield chunk;
    }
  }

  async release(): Promise<void> {
    for (const reservation of this.#reservations.splice(0)) await release(reservation);
  }

  async #grow(bytes: number): Promise<void> {
    this.#reservations.push(await reserve(this.#platform, this.#organisation, bytes));
    this.#reserved += bytes;
  }
}

/** Refuses what cannot fit before the first byte is taken. @throws storeFull */
export async function assertFits({ objects }: Pick<Platform, 'objects'>, bytes: number): Promise<void> {
  const free = await objects.free?.();
  if (free !== undefined && bytes + keptFree > free) throw storeFull({});
}
