import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Collection, type Db, MongoClient } from 'mongodb';
import { type RunningEngine, startEngine } from '../../storage/documents/embedded/start.ts';

interface Thing {
  _id: number;
  n: number;
  tags: number[];
  text: string;
}

const folder = mkdtempSync(join(tmpdir(), 'documents-long-work-'));
const size = 6000;
let engine: RunningEngine;
let client: MongoClient;
let database: Db;
let things: Collection<Thing>;

beforeAll(async () => {
  engine = await startEngine({ file: join(folder, 'documents.sqlite') });
  client = await MongoClient.connect(engine.url);
  database = client.db('long');
});

beforeEach(async () => {
  await database.dropDatabase();
  things = database.collection('things');
  for (let from = 0; from < size; from += 2000)
    await things.insertMany(Array.from({ length: 2000 }, (_, at) => make(from + at)));
});

afterAll(async () => {
  await client.close();
  await engine.close();
  rmSync(folder, { recursive: true });
});

function make(_id: number): Thing {
  return { _id, n: (_id * 7919) % size, tags: [_id % 7, _id], text: 'x'.repeat(200) };
}

/** How often others were answered until the work was over. */
async function answersDuring(
  work: Promise<unknown>,
  ask: (turn: number) => Promise<unknown>,
): Promise<number> {
  let over = false;
  const end = work.finally(() => {
    over = true;
  });
  let answers = 0;
  while (!over) {
    await ask(answers);
    answers++;
  }
  await end;
  return answers;
}

async function isSound(): Promise<void> {
  expect(await database.command({ validate: 'things' })).toMatchObject({ valid: true, errors: [] });
}

test('while an index is built others read and write, and what they write is in it', async () => {
  const building = things.createIndexes([{ key: { n: 1 } }, { key: { tags: 1, n: -1 } }]);
  const answers = await answersDuring(building, async (turn) => {
    const nth = Math.floor(turn / 5);
    if (turn % 5 === 0) expect(await things.findOne({ _id: nth })).not.toBeNull();
    if (turn % 5 === 1) await things.insertOne(make(size + nth));
    if (turn % 5 === 2) await things.updateOne({ _id: nth * 10 }, { $set: { n: -nth } });
    if (turn % 5 === 3) await things.updateOne({ _id: size - 1 - nth * 10 }, { $push: { tags: -nth } });
    if (turn % 5 === 4) await things.deleteOne({ _id: size - 2 - nth * 10 });
  });
  expect(answers).toBeGreaterThan(1);
  expect((await things.indexes()).map(({ name }) => name)).toEqual(['_id_', 'n_1', 'tags_1_n_-1']);
  await isSound();
});

test('an index is not read before it is whole', async () => {
  const building = things.createIndex({ n: 1 });
  await answersDuring(building, async () => expect(await things.countDocuments({ n: { $lt: 10 } })).toBe(10));
});

test('two who ask for the same index wait for the one that is built', async () => {
  await Promise.all([things.createIndex({ n: 1 }), things.createIndex({ n: 1 })]);
  expect((await things.indexes()).map(({ name }) => name)).toEqual(['_id_', 'n_1']);
  const { queryPlanner } = await things.find({ n: 1 }).explain('queryPlanner');
  expect(JSON.stringify(queryPlanner.winningPlan)).toContain('n_1');
});

test('a unique index that cannot be is not there, and neither are those asked for with it', async () => {
  await things.updateOne({ _id: size - 1 }, { $set: { n: 5 } });
  await expect(
    things.createIndexes([{ key: { tags: 1 } }, { key: { n: 1 }, unique: true }]),
  ).rejects.toMatchObject({ code: 11000 });
  expect((await things.indexes()).map(({ name }) => name)).toEqual(['_id_']);
  await isSound();
});

test('an index that is dropped while it is built is said to be gone', async () => {
  const building = things.createIndex({ n: 1 }).then(
    () => undefined,
    (error) => error.code,
  );
  await new Promise((resolve) => setTimeout(resolve, 20));
  await things.dropIndexes();
  expect(await building).toBe(276);
  await isSound();
});

test('while many documents are changed others are answered, and each is changed once', async () => {
  const updating = things.updateMany({ text: { $exists: true } }, { $inc: { n: 1_000_000 } });
  const answers = await answersDuring(updating, (turn) => things.findOne({ _id: turn }));
  expect(answers).toBeGreaterThan(1);
  expect(await updating).toMatchObject({ matchedCount: size, modifiedCount: size });
  expect(await things.countDocuments({ n: { $gte: 1_000_000, $lt: 2_000_000 } })).toBe(size);
  const deleting = things.deleteMany({ n: { $gte: 1_000_000 + size / 2 } });
  expect(await answersDuring(deleting, (turn) => things.findOne({ _id: turn }))).toBeGreaterThan(1);
  expect(await things.countDocuments()).toBe(size / 2);
  await isSound();
});

test('of many who search at the same time for something to do, each gets another document', async () => {
  await things.updateMany({ n: { $lt: 15 } }, { $set: { text: 'new' } });
  const claims = await Promise.all(
    Array.from({ length: 20 }, () =>
      things.findOneAndUpdate({ text: 'new' }, { $set: { text: 'taken' } }, { sort: { n: 1 } }),
    ),
  );
  const taken = claims.flatMap((claim) => (claim ? [claim.n] : []));
  expect(taken.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 15 }, (_, n) => n));
});

test('of many who upsert the same at the same time one inserts', async () => {
  await Promise.all(
    Array.from({ length: 8 }, () =>
      things.updateOne({ text: 'absent' }, { $inc: { n: 1 } }, { upsert: true }),
    ),
  );
  expect(await things.find({ text: 'absent' }).toArray()).toMatchObject([{ n: 8 }]);
});
