import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { startEngine } from '../../storage/documents/embedded/start.ts';
import { mismatch } from './documents-matching.ts';
import { type Outcome, runFile, type ServerUnderTest, unmetRequirement } from './documents-unified.ts';

/** Tests that ask something of a driver that the one used here does differently, whatever the server. */
const ofOtherDrivers: [RegExp, string][] = [
  [
    /^bypassDocumentValidation: .* passes bypassDocumentValidation: false$/,
    'the Node.js driver leaves the default out',
  ],
  [/: partialResult is unset when /, 'the Node.js driver always gives a partial result'],
  [/^create-null-ids: /, 'the Node.js driver replaces an _id of null'],
];

function inapplicable(name: string): string | undefined {
  return ofOtherDrivers.find(([pattern]) => pattern.test(name))?.[1];
}

const checkout = process.env.MONGODB_SPECIFICATIONS;
const folder = checkout && join(checkout, 'source/crud/tests/unified');

async function describeServer(url: string): Promise<ServerUnderTest> {
  const client = await MongoClient.connect(url);
  const { version } = await client.db('admin').command({ buildInfo: 1 });
  const hello = await client.db('admin').command({ hello: 1 });
  const { parsed } = await client.db('admin').command({ getCmdLineOpts: 1 });
  await client.close();
  return {
    url,
    version,
    topology: hello.setName ? 'replicaset' : hello.msg === 'isdbgrid' ? 'sharded' : 'single',
    testCommands: parsed.setParameter?.enableTestCommands === '1',
  };
}

function report(engine: string, outcomes: Outcome[]): string {
  const count = (result: Outcome['result']) => outcomes.filter((outcome) => outcome.result === result).length;
  const lines = [
    `${engine}: ${count('passed')} passed, ${count('failed')} failed, ${count('not applicable')} not applicable`,
  ];
  for (const { test: name, result, reason } of outcomes)
    if (result !== 'passed') lines.push(`  ${result}: ${name} (${reason})`);
  return lines.join('\n');
}

async function runAll(engine: string, url: string): Promise<void> {
  const server = await describeServer(url);
  const outcomes: Outcome[] = [];
  for (const name of readdirSync(folder as string).filter((file) => file.endsWith('.json')))
    outcomes.push(
      ...(await runFile(readFileSync(join(folder as string, name), 'utf8'), server, inapplicable)),
    );
  process.stdout.write(`${report(engine, outcomes)}\n`);
  const failed = outcomes.filter(({ result }) => result === 'failed').map(({ test: name }) => name);
  expect(failed).toEqual([]);
}

test('the matcher of the specification tests tells equal from different, and applicable from not', () => {
  expect(mismatch({ a: 1 }, { a: 1, b: 2 })).toBeUndefined();
  expect(mismatch({ a: { b: 1 } }, { a: { b: 1, c: 2 } })).toBe('.a.c is not expected');
  expect(mismatch({ a: { $$unsetOrMatches: 1 } }, {})).toBeUndefined();
  expect(mismatch({ a: { $$exists: false } }, { a: 1 })).toBe('.a: exists is true');
  const server: ServerUnderTest = { url: '', version: '8.0.0', topology: 'single', testCommands: false };
  expect(unmetRequirement([{ minServerVersion: '4.4' }], server)).toBeUndefined();
  expect(unmetRequirement([{ topologies: ['replicaset'] }], server)).toBe('is for replicaset');
});

if (folder && existsSync(folder)) {
  test('the embedded engine passes the CRUD specification tests', async () => {
    const data = mkdtempSync(join(tmpdir(), 'conformance-'));
    const engine = await startEngine({ file: join(data, 'documents.sqlite'), testCommands: true });
    try {
      await runAll('embedded', engine.url);
    } finally {
      await engine.close();
      rmSync(data, { recursive: true });
    }
  }, 300_000);

  const mongodb = process.env.MONGODB_URL;
  if (mongodb) test('MongoDB passes the CRUD specification tests', () => runAll('MongoDB', mongodb), 300_000);
} else
  process.stdout.write(
    'CRUD specification tests: not run, MONGODB_SPECIFICATIONS names no checkout of mongodb/specifications.\n',
  );
