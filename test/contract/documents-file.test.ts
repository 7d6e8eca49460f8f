import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import Database from 'libsql';
import { MongoClient } from 'mongodb';
import { type RunningEngine, startEngine } from '../../storage/documents/embedded/start.ts';

const folder = mkdtempSync(join(tmpdir(), 'documents-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function use(
  file: string,
  work: (client: MongoClient, engine: RunningEngine) => Promise<void>,
): Promise<void> {
  const engine = await startEngine({ file });
  const client = await MongoClient.connect(engine.url);
  try {
    await work(client, engine);
  } finally {
    await client.close();
    await engine.close();
  }
}

/** Works on a closed file behind the engine's back. */
function tamper(file: string, ...statements: string[]): void {
  const raw = new Database(file);
  for (const statement of statements) raw.exec(statement);
  raw.close();
}

function run(script: string, words: string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [
      fileURLToPath(new URL(`../../scripts/${script}.js`, import.meta.url)),
      ...words,
    ]);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    child.on('close', (code) => resolve({ code, output }));
  });
}

test('a second process is refused with the first one’s process id, and the first goes on', async () => {
  const data = join(folder, 'shared');
  await use(join(data, 'documents.sqlite'), async (client) => {
    const { code, output } = await run('documents-serve', ['--data', data, '--port', '0']);
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringContaining(`in use by process ${process.pid}`),
    });
    await client.db('a').collection('b').insertOne({});
  });
});

test('a file of a newer version is refused and stays as it was', async () => {
  const file = join(folder, 'newer.sqlite');
  await use(file, async (client) => {
    await client.db('a').collection('b').insertOne({});
  });
  tamper(file, 'PRAGMA user_version = 99', 'PRAGMA wal_checkpoint(TRUNCATE)');
  const before = readFileSync(file);
  await expect(startEngine({ file })).rejects.toMatchObject({
    name: 'CannotOpen',
    message: expect.stringContaining('newer version'),
  });
  expect(readFileSync(file).equals(before)).toBe(true);
});

test('a file of the first layout opens, and is used on', async () => {
  const file = join(folder, 'older.sqlite');
  await use(file, async (client) => {
    await client.db('a').collection('b').createIndex({ code: 1 }, { unique: true });
    await client.db('a').collection('b').insertOne({ code: 1 });
  });
  tamper(
    file,
    'ALTER TABLE indexes DROP COLUMN built',
    'ALTER TABLE indexes DROP COLUMN target',
    'PRAGMA user_version = 1',
  );
  await use(file, async (client) => {
    const things = client.db('a').collection('b');
    await expect(things.insertOne({ code: 1 })).rejects.toMatchObject({ code: 11000 });
    await things.createIndex({ other: 1 });
    expect(await client.db('a').command({ validate: 'b' })).toMatchObject({ valid: true, nIndexes: 3 });
  });
});

test('of an index whose building was cut off nothing is left', async () => {
  const file = join(folder, 'cut-off.sqlite');
  await use(file, async (client) => {
    const things = client.db('a').collection('b');
    await things.createIndex({ code: 1 }, { unique: true });
    await things.insertMany([{ code: 1 }, { code: 2 }]);
  });
  tamper(file, 'DELETE FROM x2 WHERE r = 2', 'UPDATE indexes SET built = 1, target = 2 WHERE id = 2');
  await use(file, async (client) => {
    const things = client.db('a').collection('b');
    expect((await things.indexes()).map(({ name }) => name)).toEqual(['_id_']);
    await things.insertOne({ code: 2 });
    await expect(things.createIndex({ code: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000 });
    await things.createIndex({ code: 1 });
    expect(await client.db('a').command({ validate: 'b' })).toMatchObject({ valid: true, nIndexes: 2 });
  });
});

test('a file of another kind is refused and stays as it was', async () => {
  const file = join(folder, 'other.sqlite');
  writeFileSync(file, 'This is a text, and no store of documents at all.'.repeat(50));
  await expect(startEngine({ file })).rejects.toMatchObject({ name: 'CannotOpen' });
  expect(readFileSync(file, 'utf8')).toMatch(/^This is a text/);
});

test('a database of another program is refused and stays as it was', async () => {
  const file = join(folder, 'foreign.sqlite');
  tamper(file, 'CREATE TABLE notes (text)', "INSERT INTO notes VALUES ('mine')");
  const before = readFileSync(file);
  await expect(startEngine({ file })).rejects.toMatchObject({ name: 'CannotOpen' });
  expect(readFileSync(file).equals(before)).toBe(true);
});

test('what was written is there after a restart, indexes too', async () => {
  const file = join(folder, 'again.sqlite');
  await use(file, async (client) => {
    const things = client.db('a').collection('b');
    await things.createIndex({ code: 1 }, { unique: true });
    await things.insertMany([{ code: 1 }, { code: 2, tags: ['x', 'y'] }]);
  });
  await use(file, async (client) => {
    const things = client.db('a').collection('b');
    expect(await things.countDocuments()).toBe(2);
    await expect(things.insertOne({ code: 1 })).rejects.toMatchObject({ code: 11000 });
    expect(await client.db('a').command({ validate: 'b' })).toMatchObject({ valid: true, nrecords: 2 });
  });
});

test('documents move to another server, go on where they stopped, and are the same there', async () => {
  const data = join(folder, 'moving');
  const documents = Array.from({ length: 1200 }, (_, n) => ({ n, half: n / 2, tags: [n % 7] }));
  await use(join(data, 'documents.sqlite'), async (client) => {
    const things = client.db('courseyard').collection('things');
    await things.createIndex({ n: 1 }, { unique: true });
    await things.insertMany(documents);
  });
  const target = await startEngine({ file: join(folder, 'target.sqlite'), port: 0 });
  const there = await MongoClient.connect(target.url);
  try {
    const things = there.db('courseyard').collection('things');
    const move = () => run('documents-move', ['--data', data, '--to', target.urlFor('courseyard')]);
    expect(await move()).toEqual({ code: 0, output: 'things: 1200 documents, the same on both sides\n' });
    const [{ n: least } = { n: 0 }] = await things
      .find({}, { sort: { _id: -1 }, skip: 600, limit: 1 })
      .toArray();
    await things.deleteMany({ n: { $gt: least } });
    expect(await move()).toEqual({ code: 0, output: 'things: 1200 documents, the same on both sides\n' });
    expect((await things.indexes()).map(({ name }) => name)).toEqual(['_id_', 'n_1']);
    await things.updateOne({ n: 5 }, { $set: { n: -5 } });
    expect(await move()).toMatchObject({ code: 1, output: expect.stringContaining('differ') });
  } finally {
    await there.close();
    await target.close();
  }
});

test('where there are no Unix sockets, only who knows the password is let in', async () => {
  const engine = await startEngine({ file: join(folder, 'password.sqlite'), byPassword: true });
  const client = await MongoClient.connect(engine.urlFor('a'));
  await client.db().collection('b').insertOne({});
  await client.close();
  const stranger = await MongoClient.connect(engine.url.replace(/\/\/.*@/, '//').replace(/\?.*/, ''));
  await expect(stranger.db('a').collection('b').countDocuments()).rejects.toMatchObject({ code: 13 });
  await stranger.close();
  await expect(MongoClient.connect(engine.url.replace(/:[^:@]*@/, ':wrong@'))).rejects.toMatchObject({
    code: 18,
  });
  await engine.close();
});
