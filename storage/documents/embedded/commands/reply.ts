import { type Doc, doc, RawDocument } from '../bson/values.ts';
import type { Cursors } from '../cursors.ts';

/** Bytes of documents after which a batch is full: the size of the largest document. */
export const fullBatch = 16_777_216;

export const ok = (entries: Record<string, Parameters<Doc['set']>[1]> = {}): Doc =>
  doc({ ...entries, ok: 1 });

interface Batch {
  documents: RawDocument[];
  pending: Buffer | undefined;
  done: boolean;
}

/** Takes documents until the batch is full. */
export function takeBatch(
  source: Iterator<Buffer>,
  size: number | undefined,
  first: Buffer | undefined,
): Batch {
  const documents: RawDocument[] = [];
  let bytes = 0;
  let pending = first;
  while (size === undefined || documents.length < size) {
    let next = pending;
    pending = undefined;
    if (!next) {
      const step = source.next();
      if (step.done) return { documents, pending: undefined, done: true };
      next = step.value;
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
}

/** The first batch, and a cursor for the rest when there is more. */
export function openCursor(cursors: Cursors, documents: Iterator<Buffer>, opening: Opening): Doc {
  const batch = takeBatch(documents, opening.batchSize ?? 101, undefined);
  let id = 0n;
  if (!batch.done && !opening.singleBatch) {
    const next = batch.pending ?? (opening.batchSize === 0 ? undefined : lookAhead(documents));
    if (next || opening.batchSize === 0) {
      const cursor = cursors.add(opening.namespace, documents, opening.noTimeout, opening.session);
      cursor.pending = next;
      id = cursor.id;
    }
  }
  if (id === 0n) documents.return?.();
  return ok({ cursor: doc({ firstBatch: batch.documents, id, ns: opening.namespace }) });
}

function lookAhead(documents: Iterator<Buffer>): Buffer | undefined {
  const step = documents.next();
  return step.done ? undefined : step.value;
}
