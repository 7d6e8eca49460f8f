import type { Migration } from './migration.ts';

/** Every change of the stored shape since the first release, in order. */
export const migrations: readonly Migration[] = [];
