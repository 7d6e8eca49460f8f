import { expect, test } from '@jest/globals';
import mongoose, { type Connection, Schema } from 'mongoose';
import { openLog } from '../../../server/http/index.ts';
import { prepareDatabase } from '../../../server/migrations/index.ts';
import type { Migration } from '../../../server/migrations/migration.ts';
import { openDocuments } from '../open-documents.ts';

openDocuments();

const log = openLog({ LOG_LEVEL: 'silent' });
let databases = 0;

/** An empty database with the models of a small product. */
function freshDatabase(): Connection {
  databases += 1;
  const connection = mongoose.connection.useDb(`fresh-${databases}`);
  const options = { autoIndex: undefined, autoCreate: false };
  const tool = new Schema({ code: String, maker: String }, { ...options, collection: 'tools' });
  tool.index({ code: 1 }, { unique: true });
  connection.model('Tool', tool);
  connection.model(
    'Room',
    new Schema({ name: { type: String, index: true } }, { ...options, collection: 'rooms' }),
  );
  return connection;
}

/** Collections and their indexes, as the engine tells them. */
async function shapeOf(connection: Connection) {
  const names = (await connection.listCollections()).map(({ name }) => name).sort();
  return Promise.all(names.map(async (name) => [name, await connection.collection(name).indexes()]));
}

const renamed: Migration = {
  id: '0001-makers-have-a-name',
  up: async (db) => void (await db.collection('tools').updateMany({}, { $rename: { producer: 'maker' } })),
};

test('a database of an older version ends up with the collections and indexes of a fresh one, its data kept', async () => {
  const old = freshDatabase();
  await old.collection('tools').createIndex({ producer: 1 });
  await old.collection('tools').insertOne({ code: 'T01', producer: '哈量' });
  const fresh = freshDatabase();

  await prepareDatabase(old, log, [renamed]);
  await prepareDatabase(fresh, log, [renamed]);

  expect(await shapeOf(old)).toEqual(await shapeOf(fresh));
  expect(await old.collection('tools').findOne({})).toMatchObject({ code: 'T01', maker: '哈量' });
});

test('the log tells of changes to what is stored, and nothing at the very first start', async () => {
  const told: string[] = [];
  const listening = openLog({ LOG_LEVEL: 'info' }, { write: (line) => void told.push(line) });
  await prepareDatabase(mongoose.connection.useDb('first-start'), listening, [renamed]);
  expect(told).toEqual([]);
  const old = freshDatabase();
  await old.collection('tools').insertOne({ code: 'T01' });
  await prepareDatabase(old, listening, [renamed]);
  expect(told).toEqual([expect.stringContaining('0001-makers-have-a-name')]);
});

test('a migration runs once, in order, and what failed runs again at the next start', async () => {
  const database = freshDatabase();
  const ran: string[] = [];
  let isBroken = true;
  const first: Migration = { id: '0001-first', up: async () => void ran.push('first') };
  const second: Migration = {
    id: '0002-second',
    up: async () => {
      if (isBroken) throw new Error('disk full');
      ran.push('second');
    },
  };
  await expect(prepareDatabase(database, log, [first, second])).rejects.toThrow('disk full');
  isBroken = false;
  await prepareDatabase(database, log, [first, second]);
  await prepareDatabase(database, log, [first, second]);
  expect(ran).toEqual(['first', 'second']);
});

test('a group that was stored without a revision gets its first one', async () => {
  const database = freshDatabase();
  const groups = database.collection<{ _id: string; name: string }>('groups');
  await groups.insertOne({ _id: 'group', name: '东江装备制造职教集团' });
  await prepareDatabase(database, log);
  expect(await groups.findOne({})).toMatchObject({ name: '东江装备制造职教集团', revision: 0 });
});

test('films that were encoded by themselves are kept as those that are encoded on request; others stay', async () => {
  const database = freshDatabase();
  const derivatives = database.collection<{ _id: string }>('derivatives');
  const film = { name: 'playable', key: 'derived/film', mediaType: 'video/mp4' };
  const list = { name: 'hls', key: 'derived/list', mediaType: 'application/vnd.apple.mpegurl' };
  const sound = { name: 'playable', key: 'derived/sound', mediaType: 'audio/mp4' };
  const of = (blob: string, outputs: object[]) => ({
    ...{ _id: `${blob}:playable`, blob, recipe: 'playable', version: 2, state: 'done', facts: {}, outputs },
    changedAt: new Date(0),
  });
  const others = [of('m', [film, list]), of('s', [sound]), of('p', [])];
  await derivatives.insertMany([of('f', [film]), ...others]);
  await prepareDatabase(database, log);
  expect(await derivatives.find().sort({ _id: 1 }).toArray()).toEqual(
    [{ ...of('f', [film]), _id: 'f:encoded', recipe: 'encoded', version: 1 }, of('f', []), ...others].sort(
      (one, other) => (one._id < other._id ? -1 : 1),
    ),
  );
});

test('what was published before texts had pictures gets a cover, and search is told; a cover that is there stays', async () => {
  const database = freshDatabase();
  const resources = database.collection<{ _id: string; draft: object | null; published: object | null }>(
    'resources',
  );
  const file = (sha256: string, mediaType: string) => ({ path: sha256, sha256, mediaType });
  const texts = [file('csv', 'text/csv'), file('ppt', 'application/vnd.ms-powerpoint')];
  const content = (files: object[], cover: string | null = null) => ({ files, cover });
  const published = content([file('exe', 'application/octet-stream'), file('md', 'text/markdown')]);
  await resources.insertMany([
    { _id: 'both', draft: content(texts), published },
    { _id: 'draft', draft: content([]), published: null },
    {
      _id: 'seen',
      draft: null,
      published: content([file('md', 'text/markdown'), file('png', 'image/png')], 'png'),
    },
    { _id: 'app', draft: null, published: content([file('exe', 'application/octet-stream')]) },
  ]);
  await prepareDatabase(database, log);
  expect(await resources.find().sort({ _id: 1 }).toArray()).toMatchObject([
    { _id: 'app', published: { cover: null } },
    { _id: 'both', draft: { cover: 'ppt' }, published: { cover: 'md' }, staleSince: expect.any(Date) },
    { _id: 'draft', draft: { cover: null }, published: null },
    { _id: 'seen', published: { cover: 'png' } },
  ]);
});

test('two processes that start together change the database one after the other', async () => {
  const database = freshDatabase();
  let running = 0;
  let runs = 0;
  const slow: Migration = {
    id: '0001-slow',
    up: async () => {
      running += 1;
      runs += 1;
      expect(running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 50));
      running -= 1;
    },
  };
  await Promise.all([prepareDatabase(database, log, [slow]), prepareDatabase(database, log, [slow])]);
  expect(runs).toBe(1);
});

test('a database written by a newer version is refused in one sentence, and stays as it was', async () => {
  const database = freshDatabase();
  await prepareDatabase(database, log, [renamed]);
  const before = await shapeOf(database);
  await expect(prepareDatabase(database, log, [])).rejects.toThrow(
    /^The database was written by a newer version of Courseyard \(0001-makers-have-a-name\)\. .* nothing has been changed\.$/,
  );
  expect(await shapeOf(database)).toEqual(before);
});
