import { badCursor } from './problems.ts';

/** A place in a list as a cursor: opaque to callers, the sort values of the last item seen. */
export function toCursor(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** @throws badCursor when it was not made by `toCursor` with as many values. */
export function fromCursor(cursor: string, values: number): (string | number)[] {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      Array.isArray(place) &&
      place.length === values &&
      place.every((v) => ['string', 'number'].includes(typeof v))
    )
      return place;
  } catch {
    // Not ours: the same answer as for a list of the wrong length.
  }
  throw badCursor({});
}

/** Cuts a list that was asked for with one more than `limit` into a page and the cursor of the next. */
export function pageFrom<Item>(
  found: readonly Item[],
  limit: number,
  placeOf: (last: Item) => readonly (string | number)[],
): { items: Item[]; next?: string } {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return found.length > limit && last !== undefined ? { items, next: toCursor(placeOf(last)) } : { items };
}

/**
 * The database filter of what follows a place in a list that is sorted by `updatedAt`, then `_id`, newest first.
 * @throws badCursor
 */
export function placeAfter(cursor: string) {
  const [time, id] = fromCursor(cursor, 2);
  const updatedAt = new Date(Number(time));
  if (Number.isNaN(updatedAt.getTime()) || !/^[0-9a-f]{24}$/.test(String(id))) throw badCursor({});
  return { $or: [{ updatedAt: { $lt: updatedAt } }, { updatedAt, _id: { $lt: String(id) } }] };
}
