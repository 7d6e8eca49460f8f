import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { type Document, MongoClient } from 'mongodb';
import { startEngine } from '../../storage/documents/embedded/start.ts';

const closing: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(testCommands: boolean): Promise<MongoClient> {
  const folder = mkdtempSync(join(tmpdir(), 'documents-test-commands-'));
  closing.push(() => rmSync(folder, { recursive: true }));
  const engine = await startEngine({ file: join(folder, 'documents.sqlite'), testCommands });
  closing.push(() => engine.close());
  const client = await MongoClient.connect(engine.url, { retryReads: false, appName: 'suite' });
  closing.push(() => client.close());
  return client;
}

function fail(client: MongoClient, mode: unknown, data: Document): Promise<Document> {
  return client.db('admin').command({ configureFailPoint: 'failCommand', mode, data });
}

test('a fault that a test suite asks for befalls the commands that it names, as often as it says', async () => {
  const client = await open(true);
  const things = client.db('a').collection('b');
  await fail(client, { times: 1 }, { failCommands: ['find'], errorCode: 8, errorLabels: ['Mine'] });
  await things.insertOne({});
  const failure = await things.findOne().catch((error) => error);
  expect([failure.code, failure.hasErrorLabel('Mine')]).toEqual([8, true]);
  expect(await things.findOne()).not.toBeNull();

  await fail(client, { skip: 1 }, { failCommands: ['find'], closeConnection: true, appName: 'suite' });
  expect(await things.findOne()).not.toBeNull();
  await expect(things.findOne()).rejects.toMatchObject({ name: 'MongoNetworkError' });
  await fail(client, 'off', {});
  expect(await things.findOne()).not.toBeNull();
});

test('a fault of the confirmation leaves what was written', async () => {
  const client = await open(true);
  const things = client.db('a').collection<{ _id: number }>('b');
  await fail(
    client,
    { times: 1 },
    { failCommands: ['insert'], writeConcernError: { code: 100, errmsg: 'late' } },
  );
  await expect(things.insertOne({ _id: 1 })).rejects.toMatchObject({ code: 100 });
  expect(await things.countDocuments()).toBe(1);
});

test('nobody can ask for faults otherwise', async () => {
  const client = await open(false);
  await expect(fail(client, 'alwaysOn', { failCommands: ['find'], errorCode: 8 })).rejects.toMatchObject({
    code: 59,
  });
});
