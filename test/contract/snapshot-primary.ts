import { join } from 'node:path';
import { Timestamp } from 'bson';
import type { Doc } from '../../storage/documents/embedded/bson/values.ts';
import { Engine } from '../../storage/documents/embedded/engine.ts';
import { CommandError } from '../../storage/documents/embedded/errors.ts';
import { type Client, type Handler, listen } from '../../storage/documents/embedded/wire/server.ts';

/**
 * Stands in for the primary of a replica set: the embedded engine that keeps a copy for every moment that a snapshot
 * was asked of, and names it as MongoDB does, in `atClusterTime` of the cursor.
 */
export class SnapshotPrimary implements Handler {
  /** How many reads of a moment are answered before it is forgotten. */
  patience = Number.POSITIVE_INFINITY;
  readonly #folder: string;
  readonly #live: Engine;
  readonly #moments = new Map<number, Engine>();
  readonly #cursors = new Map<bigint, Engine>();

  constructor(folder: string) {
    this.#folder = folder;
    this.#live = new Engine(join(folder, 'live.sqlite'), () => {});
  }

  async answer(command: Doc, client: Client): Promise<Doc> {
    const concern = command.get('readConcern');
    if (concern instanceof Map && concern.get('level') === 'snapshot')
      return this.#readMoment(command, concern.get('atClusterTime'), client);
    const cursor = command.get('getMore');
    const engine = typeof cursor === 'bigint' ? this.#cursors.get(cursor) : undefined;
    return (engine ?? this.#live).answer(command, client);
  }

  async #readMoment(command: Doc, wanted: unknown, client: Client): Promise<Doc> {
    const time = wanted instanceof Timestamp ? wanted.getHighBits() : this.#beginMoment();
    const engine = this.#moments.get(time);
    if (!engine || --this.patience < 0)
      return this.failure(new CommandError(239, 'Read timestamp is older than the oldest available'));
    command.delete('readConcern');
    const reply = await engine.answer(command, client);
    const cursor = reply.get('cursor');
    if (!(cursor instanceof Map)) return reply;
    cursor.set('atClusterTime', new Timestamp({ t: time, i: 1 }));
    this.#cursors.set(cursor.get('id') as bigint, engine);
    return reply;
  }

  #beginMoment(): number {
    const time = this.#moments.size + 1;
    const file = join(this.#folder, `moment-${time}.sqlite`);
    this.#live.copyTo(file);
    this.#moments.set(time, new Engine(file, () => {}));
    return time;
  }

  failure(error: unknown): Doc {
    return this.#live.failure(error);
  }

  close(): void {
    for (const engine of [this.#live, ...this.#moments.values()]) engine.close();
  }
}

/** Starts one on a free port. */
export async function startSnapshotPrimary(folder: string) {
  const primary = new SnapshotPrimary(folder);
  const listening = await listen({ host: '127.0.0.1', port: 0 }, primary, () => {});
  const address = listening.server.address();
  if (address === null || typeof address === 'string') throw new Error('It listens on no port');
  return {
    primary,
    url: `mongodb://127.0.0.1:${address.port}/?directConnection=true`,
    async close() {
      await listening.close();
      primary.close();
    },
  };
}
