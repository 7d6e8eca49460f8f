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
  {
    id: '0002-films-that-were-encoded',
    // What takes over the picture of a film came with a playlist; the rest is kept where films lie that are encoded on request.
    up: async (db) => {
      const derivatives = db.collection<Derivative>('derivatives');
      const encoded = derivatives.find({
        recipe: 'playable',
        'outputs.mediaType': 'video/mp4',
        'outputs.name': { $ne: 'hls' },
      });
      for await (const { _id, blob, outputs, changedAt } of encoded) {
        const kept = { blob, recipe: 'encoded', version: 1, state: 'done', facts: {}, outputs, changedAt };
        await derivatives.updateOne({ _id: `${blob}:encoded` }, { $setOnInsert: kept }, { upsert: true });
        await derivatives.updateOne({ _id }, { $set: { outputs: [] } });
      }
    },
  },
];

interface Derivative {
  _id: string;
  blob: string;
  outputs: unknown[];
  changedAt: Date;
}
