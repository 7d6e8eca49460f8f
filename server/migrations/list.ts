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
  {
    id: '0003-covers-of-what-got-pictures-later',
    // Old Office files, books, sound and texts had no picture at first, so what was published then has no cover.
    up: async (db) => {
      const resources = db.collection<Record<Part, Covered | null>>('resources');
      for (const part of ['draft', 'published'] as const) {
        const bare = { [`${part}.cover`]: null, [`${part}.files.0`]: { $exists: true } };
        for await (const { _id, [part]: content } of resources.find(bare)) {
          const files = content?.files ?? [];
          const kind = picturedLater.find((one) => files.some(({ mediaType }) => one.test(mediaType)));
          const cover = kind && files.find(({ mediaType }) => kind.test(mediaType))?.sha256;
          const isListed = part === 'published'; // by search, too
          const update = { [`${part}.cover`]: cover, ...(isListed && { staleSince: new Date() }) };
          if (cover) await resources.updateOne({ _id }, { $set: update });
        }
      }
    },
  },
];

/** What says more of a resource first. */
const picturedLater = [
  /^application\/(epub\+zip|msword|rtf|vnd\.ms-(excel|powerpoint))$/,
  /^(text|audio)\/|^application\/(yaml|x-subrip|xml|xml-dtd|json|.+\+(xml|json))$/,
];

interface Derivative {
  _id: string;
  blob: string;
  outputs: unknown[];
  changedAt: Date;
}

type Part = 'draft' | 'published';

interface Covered {
  files: { mediaType: string; sha256: string }[];
}
