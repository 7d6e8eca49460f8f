import type { Place } from '../../api/place.ts';
import type { Viewable } from './kinds.ts';

/** What every viewer is given. */
export interface ViewerProps {
  file: Viewable;
  /** Page of a document, counted from 1, or second of a recording. */
  place?: number | undefined;
  /** Name of a sheet or heading. */
  part?: string | undefined;
  /** Path of the captions of a recording that are to be shown first: those in which it was found. */
  captions?: string | undefined;
  /** Path of a file inside of a package. */
  entry?: string | undefined;
  /** What to mark in a document, each by itself: the words that it was found by. */
  find?: readonly string[] | undefined;
  /** Told when the reader has moved to another page; by a link, from which the way back leads to where they were. */
  onPlace?: ((place: number, isByLink?: boolean) => void) | undefined;
  /** Told when the reader goes on into another file of the same resource, by its path, and where in it. */
  onOpen?: ((path: string, place?: Place) => void) | undefined;
}
