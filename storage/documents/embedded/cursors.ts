import { CommandError } from './errors.ts';

/** Documents still to come. */
export interface Cursor {
  id: bigint;
  namespace: string;
  documents: Iterator<Buffer | undefined>;
  /** A request is being answered from it. */
  busy: boolean;
  /** A document that did not fit into the last batch. */
  pending: Buffer | undefined;
  /** How many documents it may still give. */
  left: number;
  /** Milliseconds that all its batches together may still take, 0 for no limit: `maxTimeMS` is for the whole. */
  timeLeft: number;
  /** Milliseconds to wait for more documents; undefined for a cursor that ends. */
  patience: number | undefined;
  lastUsed: number;
  noTimeout: boolean;
  session: string | undefined;
}

/** Milliseconds after which a cursor that nobody asks is closed, as in MongoDB. */
export const idleLimit = 600_000;
const mostCursors = 10_000;

/** The open cursors of all clients. */
export class Cursors {
  private readonly open = new Map<bigint, Cursor>();
  private lastId = BigInt(Date.now()) * 1000n;
  private readonly clock: () => number;

  constructor(clock: () => number = Date.now) {
    this.clock = clock;
  }

  /** Keeps a cursor; the one unused for longest goes when there are too many. */
  add(
    namespace: string,
    documents: Iterator<Buffer | undefined>,
    noTimeout: boolean,
    session: string | undefined,
  ): Cursor {
    if (this.open.size >= mostCursors) this.closeOldest();
    this.lastId += 1n + BigInt(Math.floor(Math.random() * 1000));
    const cursor: Cursor = {
      id: this.lastId,
      namespace,
      documents,
      busy: false,
      pending: undefined,
      left: Number.POSITIVE_INFINITY,
      timeLeft: 0,
      patience: undefined,
      lastUsed: this.clock(),
      noTimeout,
      session,
    };
    this.open.set(cursor.id, cursor);
    return cursor;
  }

  /** @throws CommandError CursorNotFound */
  get(id: bigint): Cursor {
    const cursor = this.open.get(id);
    if (!cursor) throw new CommandError('CursorNotFound', `cursor id ${id} not found`);
    cursor.lastUsed = this.clock();
    this.open.delete(id);
    this.open.set(id, cursor);
    return cursor;
  }

  /** Whether there was such a cursor. */
  close(id: bigint): boolean {
    const cursor = this.open.get(id);
    if (cursor && !cursor.busy) cursor.documents.return?.();
    return this.open.delete(id);
  }

  /** Closes the cursors over a namespace that is dropped. */
  closeOf(namespace: string): void {
    for (const cursor of this.open.values()) if (cursor.namespace === namespace) this.close(cursor.id);
  }

  closeSession(session: string): void {
    for (const cursor of this.open.values()) if (cursor.session === session) this.close(cursor.id);
  }

  /** Closes what nobody asked for too long. */
  expire(): void {
    const limit = this.clock() - idleLimit;
    for (const cursor of this.open.values())
      if (!cursor.noTimeout && cursor.lastUsed < limit) this.close(cursor.id);
  }

  private closeOldest(): void {
    const oldest = this.open.keys().next().value;
    if (oldest !== undefined) this.close(oldest);
  }

  get size(): number {
    return this.open.size;
  }
}
