import type { Viewable } from './kinds.ts';

/** What every viewer is given. */
export interface ViewerProps {
  file: Viewable;
  /** Page of a document, counted from 1, or second of a recording. */
  place?: number | undefined;
  /** Told when the reader has moved to another page. */
  onPlace?: ((place: number) => void) | undefined;
}
