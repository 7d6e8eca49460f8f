import { z } from 'zod';
import { UnknownCursor } from '../search-index.ts';
import { placeOf } from './rows.ts';
import { decoded } from './terms.ts';

/** Hits that can be turned to: a page costs as much as all before it together. */
export const furthest = 10_000;

/** Where a hit stands in the order: by the first step that holds it, by the number that sorts, by its identifier. */
export interface Standing {
  readonly step: number;
  readonly number: number;
  /** Of its row. */
  readonly id: string;
}

const Cursor = z.tuple([
  z.literal('m'),
  z.number().int().min(0).max(furthest),
  z.number().int().min(0),
  z.number(),
  z.string().regex(/^([0-9a-f]{2})+$/),
]);

/** The last hit of a page, and how many have been seen with it. */
export function writeCursor(seen: number, { step, number, id }: Standing): string {
  const cursor: z.infer<typeof Cursor> = ['m', seen, step, number, id];
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** @throws UnknownCursor */
export function readCursor(text: string): { seen: number; last: Standing } {
  try {
    const [, seen, step, number, id] = Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    return { seen, last: { step, number, id } };
  } catch (cause) {
    throw new UnknownCursor('This is no cursor of the index', { cause });
  }
}

/** Whether a hit comes after another, in the order in which the engine is asked for them. */
export function comesAfter(hit: Standing, last: Standing): boolean {
  if (hit.step !== last.step) return hit.step > last.step;
  if (hit.number !== last.number) return hit.number < last.number;
  const [place, lastPlace] = [placeOf(decoded(hit.id)), placeOf(decoded(last.id))];
  return place === lastPlace ? hit.id > last.id : place > lastPlace;
}
