import type { Db } from 'mongodb';

/** One change of the stored shape. Once released it is never edited; a mistake is mended by the next one. */
export interface Migration {
  /** Four digits and words, for example `0001-split-names`; they run in this order. */
  readonly id: string;
  /** May be repeated after a crash in the middle, and does nothing to a database without data. */
  up(db: Db): Promise<void>;
}
