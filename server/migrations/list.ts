import type { Migration } from './migration.ts';

/** Every change of the stored shape since the first release, in order. */
export const migrations: readonly Migration[] = [
  {
    id: '0001-revision-of-the-group',
    up: async (db) =>
      void (await db
        .collection('groups')
        .updateMany({ revision: { $exists: false } }, { $set: { revision: 0 } })),
  },
];
