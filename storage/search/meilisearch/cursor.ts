import { UnknownCursor } from '../search-index.ts';

/** Hits that can be turned to: a page costs as much as all before it together. */
export const furthest = 10_000;

/** Where the next page begins, counted from the first hit. */
export function writeCursor(offset: number): string {
  return Buffer.from(JSON.stringify(['m', offset])).toString('base64url');
}

/** @throws UnknownCursor */
export function readCursor(text: string): number {
  try {
    const [mark, offset] = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (mark === 'm' && Number.isInteger(offset) && offset >= 0 && offset <= furthest) return offset;
  } catch (cause) {
    throw new UnknownCursor('This is no cursor of the index', { cause });
  }
  throw new UnknownCursor('This is no cursor of the index');
}
