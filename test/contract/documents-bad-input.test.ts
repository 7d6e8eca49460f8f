import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { BSON, MongoClient } from 'mongodb';
import { Cursors, idleLimit } from '../../storage/documents/embedded/cursors.ts';
import { type RunningEngine, startEngine } from '../../storage/documents/embedded/start.ts';

const folder = mkdtempSync(join(tmpdir(), 'documents-bad-input-'));
let engine: RunningEngine;
let client: MongoClient;

beforeAll(async () => {
  engine = await startEngine({ file: join(folder, 'documents.sqlite') });
  client = await MongoClient.connect(engine.url);
});

afterAll(async () => {
  await client.close();
  await engine.close();
  rmSync(folder, { recursive: true });
});

function dial(): Promise<Socket> {
  const path = decodeURIComponent(new URL(engine.url).hostname);
  return new Promise((resolve, reject) => {
    const socket = connect({ path }, () => resolve(socket));
    socket.on('error', reject);
  });
}

/** A message with the header that it should have, or with another length. */
function message(body: Buffer, { length = body.length + 16, operation = 2013 } = {}): Buffer {
  const header = Buffer.alloc(16);
  header.writeInt32LE(length, 0);
  header.writeInt32LE(7, 4);
  header.writeInt32LE(operation, 12);
  return Buffer.concat([header, body]);
}

function command(document: object | Buffer): Buffer {
  return Buffer.concat([Buffer.alloc(5), Buffer.isBuffer(document) ? document : BSON.serialize(document)]);
}

/** What comes back before the connection ends, or the first answer. */
function reply(socket: Socket, bytes: Buffer): Promise<Record<string, unknown> | 'ended'> {
  return new Promise((resolve) => {
    socket.once('close', () => resolve('ended'));
    socket.once('data', (data) => {
      socket.destroy();
      resolve(BSON.deserialize(data.subarray(21)));
    });
    socket.write(bytes);
  });
}

async function isWell(): Promise<void> {
  const { insertedId } = await client.db('bad').collection('well').insertOne({});
  expect(await client.db('bad').collection('well').countDocuments({ _id: insertedId })).toBe(1);
}

const hello = { hello: 1, $db: 'admin' };
const zeroes = Buffer.alloc(5);
const endings: [string, Buffer][] = [
  ['an unknown operation', message(command(hello), { operation: 1234 })],
  ['a message that is too long', message(command(hello), { length: 48_000_001 })],
  ['a message of negative length', message(command(hello), { length: -1 })],
  ['a message shorter than its header', message(command(hello), { length: 15 })],
  ['an unknown required flag', message(Buffer.concat([Buffer.from([4, 0, 0, 0, 0]), BSON.serialize(hello)]))],
  [
    'an unknown kind of section',
    message(Buffer.concat([Buffer.from([0, 0, 0, 0, 9]), BSON.serialize(hello)])),
  ],
  ['no body', message(Buffer.alloc(10))],
  ['a section that claims too much', message(Buffer.concat([zeroes, Buffer.from([255, 255, 0, 0, 0])]))],
  [
    'a wrong checksum',
    message(Buffer.concat([Buffer.from([1, 0, 0, 0, 0]), BSON.serialize(hello), Buffer.alloc(4)])),
  ],
];

for (const [what, bytes] of endings)
  test(`${what} ends that connection alone`, async () => {
    expect(await reply(await dial(), bytes)).toBe('ended');
    await isWell();
  });

test('a malformed document is an error, and the connection goes on', async () => {
  const broken = BSON.serialize({ ping: 1, $db: 'admin', inner: { a: 1 } });
  broken[broken.length - 2] = 1;
  expect(await reply(await dial(), message(command(Buffer.from(broken))))).toMatchObject({ ok: 0, code: 22 });
  await isWell();
});

test('a document that nests too deep is refused', async () => {
  let bytes = Buffer.from(BSON.serialize({}));
  for (let depth = 0; depth < 2000; depth++) {
    const outer = Buffer.alloc(bytes.length + 8);
    outer.writeInt32LE(outer.length, 0);
    outer.write('\u0003a\u0000', 4, 'latin1');
    bytes.copy(outer, 7);
    bytes = outer;
  }
  expect(await reply(await dial(), message(command(bytes)))).toMatchObject({ ok: 0, code: 15 });
  await isWell();
});

test('half a message, and then nobody, leaves nothing behind', async () => {
  const insert = message(command({ insert: 'half', $db: 'bad', documents: [{ _id: 1 }] }));
  for (const size of [3, 10, 16, 40]) {
    const socket = await dial();
    socket.write(insert.subarray(0, size));
    await new Promise((resolve) => setTimeout(resolve, 20));
    socket.destroy();
  }
  await isWell();
  expect(await client.db('bad').collection('half').countDocuments()).toBe(0);
});

test('a message that comes byte by byte is understood', async () => {
  const socket = await dial();
  const bytes = message(command({ ping: 1, $db: 'admin' }));
  for (const byte of bytes.subarray(0, -1)) {
    socket.write(Buffer.from([byte]));
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await reply(socket, bytes.subarray(-1))).toMatchObject({ ok: 1 });
});

test('a client that asks for everything at once gets batch after batch', async () => {
  const things = client.db('bad').collection('streamed');
  await things.insertMany(Array.from({ length: 25 }, (_, n) => ({ n })));
  const { cursor } = await client
    .db('bad')
    .command({ find: 'streamed', batchSize: 5 }, { promoteLongs: false });
  const getMore = command({ getMore: cursor.id, collection: 'streamed', batchSize: 5, $db: 'bad' });
  getMore.writeUInt32LE(1 << 16, 0);
  const socket = await dial();
  let bytes = Buffer.alloc(0);
  const answers: { more: boolean; documents: number }[] = [];
  await new Promise<void>((resolve) => {
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      for (let size = bytes.readInt32LE(0); bytes.length >= size; size = bytes.readInt32LE(0)) {
        const { cursor: next } = BSON.deserialize(bytes.subarray(21, size));
        answers.push({ more: bytes.readUInt32LE(16) === 2, documents: next.nextBatch.length });
        bytes = bytes.subarray(size);
        if (bytes.length === 0) break;
      }
      if (answers.at(-1)?.more === false) resolve();
    });
    socket.write(message(getMore));
  });
  socket.destroy();
  expect(answers.every(({ more }, at) => more === at < answers.length - 1)).toBe(true);
  expect(answers.reduce((sum, { documents }) => sum + documents, 0)).toBe(20);
});

test('a client that vanishes while it reads harms nobody', async () => {
  const things = client.db('bad').collection('many');
  await things.insertMany(Array.from({ length: 2000 }, (_, n) => ({ n, text: 'x'.repeat(1000) })));
  for (let turn = 0; turn < 5; turn++) {
    const socket = await dial();
    socket.write(message(command({ find: 'many', $db: 'bad', batchSize: 2000 })));
    socket.destroy();
  }
  await isWell();
});

test('thousands of cursors left open do not stop others', async () => {
  const database = client.db('bad');
  await database.collection('well').insertOne({});
  const before = Number((await database.command({ serverStatus: 1 })).metrics.cursor.open.total);
  await Promise.all(Array.from({ length: 2000 }, () => database.command({ find: 'well', batchSize: 0 })));
  await isWell();
  const { metrics } = await database.command({ serverStatus: 1 });
  expect(Number(metrics.cursor.open.total)).toBeGreaterThanOrEqual(before + 2000);
}, 240_000);

test('of too many cursors the one unused for longest is closed, and those that nobody asks expire', () => {
  let now = 0;
  const cursors = new Cursors(() => now);
  const none = [][Symbol.iterator]();
  const first = cursors.add('a.b', none, false, undefined);
  const second = cursors.add('a.b', none, true, undefined);
  for (let more = 0; more < 10_000 - 2; more++) cursors.add('a.b', none, false, undefined);
  cursors.get(first.id);
  cursors.add('a.b', none, false, undefined);
  expect(() => cursors.get(second.id)).toThrow('not found');
  now += idleLimit + 1;
  const kept = cursors.add('a.b', none, false, undefined);
  cursors.expire();
  expect(cursors.size).toBe(1);
  expect(cursors.get(kept.id)).toBe(kept);
});

test('JavaScript and documents over 16 MiB are refused', async () => {
  const things = client.db('bad').collection<{ _id: number }>('large');
  await expect(things.find({ $where: 'true' }).toArray()).rejects.toMatchObject({ code: 2 });
  await things.insertOne({ _id: 1, text: 'x'.repeat(16_000_000) } as never);
  await expect(
    things.updateOne({ _id: 1 }, [{ $set: { more: 'x'.repeat(1_000_000) } }]),
  ).rejects.toMatchObject({ code: 10334 });
  expect(await things.countDocuments({ more: { $exists: true } })).toBe(0);
}, 240_000);
