import { type Doc, doc, RawDocument } from '../bson/values.ts';
import type { Cursor, Cursors } from '../cursors.ts';
import { CommandError } from '../errors.ts';

/** Bytes of documents after which a batch is full: the size of the largest document. */
export const fullBatch = 16_777_216;
/** Milliseconds between two looks for what was added. */
const waitForMore = 20;
/** Milliseconds of work after which others get their turn. */
const turn = 8;

export const ok = (entries: Record<string, Parameters<Doc['set']>[1]> = {}): Doc =>
  doc({ ...entries, ok: 1 });

/** Encoded documents, and `undefined` where the reader may pause. */
export type Documents = Iterator<Buffer | undefined>;

/** Lets others have their turn, and knows when the time that a client gave is over. */
export class Pace {
  private since = performance.now();
  private readonly end: number;

  /** @param limit milliseconds, 0 for no limit */
  constructor(limit: number) {
    this.end = limit > 0 ? this.since + limit : Number.POSITIVE_INFINITY;
  }

  /** Milliseconds of the client's time that are left; 0 for no limit. */
  get left(): number {
    return Number.isFinite(this.end) ? Math.max(1, this.end - performance.now()) : 0;
  }

  get isDue(): boolean {
    return performance.now() - this.since > turn;
  }

  /** @throws CommandError MaxTimeMSExpired */
  async rest(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.goOn();
  }

  /** Waits for something, some milliseconds at a time. @throws CommandError MaxTimeMSExpired */
  async wait(milliseconds: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    this.goOn();
  }

  private goOn(): void {
    this.since = performance.now();
    if (this.since > this.end) throw new CommandError('MaxTimeMSExpired', 'operation exceeded time limit');
  }
}

interface Batch {
  documents: RawDocument[];
  pending: Buffer | undefined;
  done: boolean;
}

/** Takes documents until the batch is full. */
async function takeBatch(
  source: Documents,
  size: number,
  first: Buffer | undefined,
  pace: Pace,
  patience?: number,
): Promise<Batch> {
  const documents: RawDocument[] = [];
  let bytes = 0;
  let pending = first;
  const end = performance.now() + (patience ?? 0);
  while (documents.length < size) {
    let next = pending;
    pending = undefined;
    if (!next) {
      const step = source.next();
      if (step.done) return { documents, pending: undefined, done: true };
      next = step.value;
      if (!next && patience !== undefined) {
        if (documents.length > 0 || performance.now() >= end)
          return { documents, pending: undefined, done: false };
        await new Promise((resolve) => setTimeout(resolve, waitForMore));
        continue;
      }
      if (!next) {
        if (pace.isDue) await pace.rest();
        continue;
      }
    }
    if (documents.length > 0 && bytes + next.length > fullBatch)
      return { documents, pending: next, done: false };
    documents.push(new RawDocument(next));
    bytes += next.length;
  }
  return { documents, pending, done: false };
}

/** What a new cursor is given. */
export interface Opening {
  namespace: string;
  batchSize: number | undefined;
  singleBatch: boolean;
  noTimeout: boolean;
  session: string | undefined;
  pace: Pace;
  /** How many documents there are at most: a cursor that has given them all is closed at once. */
  most?: number;
  /** Milliseconds that a cursor over what is still being added waits for more. */
  patience?: number | undefined;
}

/** The first batch, and a cursor for the rest: whether there is more shows when the next batch is asked for. */
export async function openCursor(cursors: Cursors, documents: Documents, opening: Opening): Promise<Doc> {
  const { batchSize, pace, namespace } = opening;
  const batch = await takeBatch(
    documents,
    batchSize ?? 101,
    undefined,
    pace,
    opening.patience === undefined ? undefined : 0,
  );
  const reply = (id: bigint) => ok({ cursor: doc({ firstBatch: batch.documents, id, ns: namespace }) });
  const left = (opening.most || Number.POSITIVE_INFINITY) - batch.documents.length;
  if (batch.done || opening.singleBatch || left <= 0) {
    documents.return?.();
    return reply(0n);
  }
  const cursor = cursors.add(namespace, documents, opening.noTimeout, opening.session);
  cursor.pending = batch.pending;
  cursor.left = left;
  cursor.timeLeft = pace.left;
  cursor.patience = opening.patience;
  return reply(cursor.id);
}

/** The next batch of an open cursor. @throws CommandError 12051 when another request is using it */
export async function continueCursor(
  cursors: Cursors,
  cursor: Cursor,
  size: number | undefined,
  pace: Pace,
  patience?: number,
): Promise<Doc> {
  if (cursor.busy) throw new CommandError(12051, `cursor id ${cursor.id} is already in use`);
  cursor.busy = true;
  try {
    const batch = await takeBatch(
      cursor.documents,
      size ?? Number.POSITIVE_INFINITY,
      cursor.pending,
      pace,
      patience ?? cursor.patience,
    );
    cursor.pending = batch.pending;
    cursor.left -= batch.documents.length;
    cursor.timeLeft = pace.left;
    const more = !batch.done && cursor.left > 0;
    cursor.busy = false;
    if (!more) cursors.close(cursor.id);
    return ok({
      cursor: doc({ nextBatch: batch.documents, id: more ? cursor.id : 0n, ns: cursor.namespace }),
    });
  } catch (error) {
    cursor.busy = false;
    cursors.close(cursor.id);
    throw error;
  }
}
