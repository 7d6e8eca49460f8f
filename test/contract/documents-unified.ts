import { BSON, type CommandStartedEvent, MongoClient, MongoServerError } from 'mongodb';
import { type Fields, mismatch } from './documents-matching.ts';

const { EJSON } = BSON;

/** What became of one test of a specification file. */
export interface Outcome {
  test: string;
  result: 'passed' | 'failed' | 'not applicable';
  reason?: string;
}

/** The server that tests run against. */
export interface ServerUnderTest {
  url: string;
  /** As in `8.0.0`. */
  version: string;
  topology: 'single' | 'replicaset' | 'sharded';
  /** Whether it lets tests ask for faults. */
  testCommands: boolean;
}

interface Entities {
  clients: Map<string, { client: MongoClient; events: CommandStartedEvent[] }>;
  others: Map<string, unknown>;
}

interface Operation {
  name: string;
  object: string;
  arguments?: Fields;
  expectResult?: unknown;
  expectError?: Fields;
  ignoreResultAndError?: boolean;
  saveResultAsEntity?: string;
}

/** Compares dotted versions: negative, zero or positive. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [a, b].map((version) => version.split('.').map(Number)) as [number[], number[]];
  for (let at = 0; at < 3; at++) {
    const difference = (x[at] ?? 0) - (y[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Why none of the requirements is met; undefined when one is, or there are none. */
export function unmetRequirement(requirements: unknown, server: ServerUnderTest): string | undefined {
  if (!Array.isArray(requirements)) return undefined;
  const reasons = (requirements as Fields[]).map((requirement) => {
    const { minServerVersion, maxServerVersion, topologies, auth, serverless, csfle } = requirement;
    if (typeof minServerVersion === 'string' && compareVersions(server.version, minServerVersion) < 0)
      return `needs server ${minServerVersion}`;
    if (typeof maxServerVersion === 'string' && compareVersions(server.version, maxServerVersion) > 0)
      return `is for servers up to ${maxServerVersion}`;
    if (Array.isArray(topologies) && !topologies.includes(server.topology))
      return `is for ${topologies.join(', ')}`;
    if (auth === true) return 'needs authentication';
    if (serverless === 'require') return 'is for serverless';
    if (csfle === true) return 'needs client-side encryption';
    return undefined;
  });
  return reasons.includes(undefined) ? undefined : reasons.join('; ');
}

async function createEntities(specs: unknown, server: ServerUnderTest): Promise<Entities> {
  const entities: Entities = { clients: new Map(), others: new Map() };
  for (const entry of (specs ?? []) as Record<string, Fields>[]) {
    const [kind = '', spec = {}] = Object.entries(entry)[0] ?? [];
    const id = String(spec.id);
    if (kind === 'client') {
      const client = new MongoClient(server.url, {
        monitorCommands: true,
        ...(spec.uriOptions as object),
      });
      const events: CommandStartedEvent[] = [];
      const ignored = ['hello', 'endSessions', 'configureFailPoint'];
      client.on('commandStarted', (event) => {
        if (!ignored.includes(event.commandName)) events.push(event);
      });
      await client.connect();
      entities.clients.set(id, { client, events });
    } else if (kind === 'database') {
      const options = spec.databaseOptions as object | undefined;
      entities.others.set(
        id,
        entities.clients.get(String(spec.client))?.client.db(String(spec.databaseName), options),
      );
    } else if (kind === 'collection') {
      const database = entities.others.get(String(spec.database)) as ReturnType<MongoClient['db']>;
      entities.others.set(
        id,
        database.collection(String(spec.collectionName), spec.collectionOptions as object),
      );
    } else throw new NotApplicable(`uses the entity ${kind}`);
  }
  return entities;
}

class NotApplicable extends Error {}

function bulkOperations(requests: unknown): unknown[] {
  return requests as unknown[];
}

function clientBulkModels(models: unknown): unknown[] {
  return (models as Record<string, Fields>[]).map((model) => {
    const [name, fields] = Object.entries(model)[0] as [string, Fields];
    return { name, ...fields };
  });
}

type Anything = Record<string, (...values: unknown[]) => unknown>;

async function perform(
  { name, object, arguments: given = {} }: Operation,
  entities: Entities,
  server: ServerUnderTest,
): Promise<unknown> {
  if (object === 'testRunner' && name === 'failPoint' && server.testCommands)
    return entities.clients
      .get(String(given.client))
      ?.client.db('admin')
      .command(given.failPoint as Fields);
  if (object === 'testRunner') throw new NotApplicable(`uses the test runner's ${name}`);
  const target = (entities.clients.get(object)?.client ?? entities.others.get(object)) as
    | Anything
    | undefined;
  if (!target) throw new NotApplicable(`uses the object ${object}`);
  if ('returnDocument' in given) given.returnDocument = String(given.returnDocument).toLowerCase();
  const {
    filter = {},
    document,
    documents,
    update,
    replacement,
    pipeline,
    requests,
    fieldName,
    models,
    ...options
  } = given;
  const run = (method: string, ...values: unknown[]) =>
    (target[method] as (...all: unknown[]) => unknown).apply(target, values);
  switch (name) {
    case 'find':
    case 'aggregate':
      return (
        run(name, name === 'find' ? filter : pipeline, options) as { toArray(): Promise<unknown[]> }
      ).toArray();
    case 'findOne':
    case 'deleteOne':
    case 'deleteMany':
    case 'countDocuments':
    case 'count':
    case 'findOneAndDelete':
      return run(name, filter, options);
    case 'estimatedDocumentCount':
      return run(name, options);
    case 'distinct':
      return run(name, fieldName, filter, options);
    case 'insertOne':
      return run(name, document, options);
    case 'insertMany':
      return run(name, documents, options);
    case 'updateOne':
    case 'updateMany':
    case 'findOneAndUpdate':
      return run(name, filter, update, options);
    case 'replaceOne':
    case 'findOneAndReplace':
      return run(name, filter, replacement, options);
    case 'bulkWrite':
      return run(name, bulkOperations(requests), options);
    case 'clientBulkWrite':
      return run('bulkWrite', clientBulkModels(models), options);
    case 'createIndex': {
      const { keys, ...rest } = given;
      return run(name, keys, rest);
    }
    case 'dropCollection':
      return run(name, given.collection);
    case 'createCollection':
      return run(name, given.collection, pipeline ? { ...options, pipeline } : options);
    case 'modifyCollection':
      return run('command', { collMod: given.collection, ...options });
  }
  throw new NotApplicable(`uses the operation ${name}`);
}

function errorMismatch(expected: Fields, thrown: Error & Fields): string | undefined {
  // What ends a bulk write over several collections comes as the cause of the driver's own error.
  const error = (thrown.cause instanceof MongoServerError ? thrown.cause : thrown) as Error & Fields;
  const server = error instanceof MongoServerError;
  if (expected.isClientError === true && server) return `a client error was expected, not ${error.message}`;
  if (expected.isClientError === false && !server && !('errorResponse' in error) && !('writeErrors' in error))
    return `a server error was expected, not ${error.message}`;
  if (expected.errorCode !== undefined && Number(expected.errorCode) !== error.code)
    return `error code ${String(error.code)} instead of ${String(expected.errorCode)} (${error.message})`;
  if (expected.errorCodeName !== undefined && expected.errorCodeName !== error.codeName)
    return `error name ${String(error.codeName)} instead of ${String(expected.errorCodeName)}`;
  if (
    typeof expected.errorContains === 'string' &&
    !error.message.toLowerCase().includes(expected.errorContains.toLowerCase())
  )
    return `"${error.message}" lacks "${expected.errorContains}"`;
  if (expected.errorResponse !== undefined) {
    const difference = mismatch(expected.errorResponse, error.errorResponse ?? error, 'error response');
    if (difference) return difference;
  }
  if (expected.expectResult !== undefined)
    return mismatch(
      expected.expectResult,
      'partialResult' in thrown ? thrown.partialResult : (thrown.result ?? {}),
      'error result',
    );
  return undefined;
}

async function check(
  operation: Operation,
  entities: Entities,
  server: ServerUnderTest,
): Promise<string | undefined> {
  let result: unknown;
  try {
    result = await perform(operation, entities, server);
  } catch (error) {
    if (error instanceof NotApplicable) throw error;
    if (operation.ignoreResultAndError) return undefined;
    if (!operation.expectError) return `${operation.name}: ${(error as Error).message}`;
    const difference = errorMismatch(operation.expectError, error as Error & Fields);
    return difference && `${operation.name}: ${difference}`;
  }
  if (operation.ignoreResultAndError) return undefined;
  if (operation.expectError) return `${operation.name}: an error was expected`;
  if (operation.expectResult === undefined) return undefined;
  const difference = mismatch(operation.expectResult, result ?? null, 'result');
  return difference && `${operation.name}: ${difference}`;
}

function eventMismatch(expected: unknown, entities: Entities): string | undefined {
  for (const { client, events, eventType } of (expected ?? []) as {
    client: string;
    events: Record<string, Fields>[];
    eventType?: string;
  }[]) {
    if (eventType && eventType !== 'command') continue;
    const wanted = events.flatMap((event) => (event.commandStartedEvent ? [event.commandStartedEvent] : []));
    const seen = entities.clients.get(client)?.events ?? [];
    if (wanted.length !== seen.length) return `${seen.length} commands instead of ${wanted.length}`;
    for (const [at, { command, commandName }] of wanted.entries()) {
      const event = seen[at] as CommandStartedEvent;
      if (commandName && commandName !== event.commandName)
        return `command ${event.commandName} instead of ${String(commandName)}`;
      const difference = command ? mismatch(command, event.command, 'command') : undefined;
      if (difference) return difference;
    }
  }
  return undefined;
}

async function outcomeMismatch(expected: unknown, admin: MongoClient): Promise<string | undefined> {
  for (const { databaseName, collectionName, documents } of (expected ?? []) as {
    databaseName: string;
    collectionName: string;
    documents: unknown[];
  }[]) {
    const found = await admin
      .db(databaseName)
      .collection(collectionName)
      .find({}, { sort: { _id: 1 } })
      .toArray();
    const difference = mismatch(documents, found, `${collectionName} afterwards`, false);
    if (difference) return difference;
  }
  return undefined;
}

async function prepare(data: unknown, admin: MongoClient): Promise<void> {
  for (const { databaseName, collectionName, documents, createOptions } of (data ?? []) as {
    databaseName: string;
    collectionName: string;
    documents: Fields[];
    createOptions?: object;
  }[]) {
    const database = admin.db(databaseName);
    await database.dropCollection(collectionName);
    if (documents.length === 0 || createOptions)
      await database.createCollection(collectionName, createOptions);
    if (documents.length > 0) await database.collection(collectionName).insertMany(documents);
  }
}

async function runTest(
  file: Fields,
  test: Fields,
  server: ServerUnderTest,
  admin: MongoClient,
): Promise<string | undefined> {
  await prepare(file.initialData, admin);
  const entities = await createEntities(file.createEntities, server);
  try {
    for (const operation of test.operations as Operation[]) {
      const difference = await check(operation, entities, server);
      if (difference) return difference;
    }
    return eventMismatch(test.expectEvents, entities) ?? (await outcomeMismatch(test.outcome, admin));
  } finally {
    for (const { client } of entities.clients.values()) await client.close();
    if (server.testCommands)
      await admin.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' });
  }
}

/** Runs all tests of one file of the unified test format. */
export async function runFile(
  text: string,
  server: ServerUnderTest,
  inapplicable: (test: string) => string | undefined,
): Promise<Outcome[]> {
  const file = EJSON.parse(text) as Fields;
  const admin = await MongoClient.connect(server.url);
  const outcomes: Outcome[] = [];
  for (const test of file.tests as Fields[]) {
    const name = `${String(file.description)}: ${String(test.description)}`;
    const unmet =
      inapplicable(name) ??
      (typeof test.skipReason === 'string' ? test.skipReason : undefined) ??
      unmetRequirement(file.runOnRequirements, server) ??
      unmetRequirement(test.runOnRequirements, server);
    if (unmet) {
      outcomes.push({ test: name, result: 'not applicable', reason: unmet });
      continue;
    }
    try {
      const reason = await runTest(file, test, server, admin);
      outcomes.push(reason ? { test: name, result: 'failed', reason } : { test: name, result: 'passed' });
    } catch (error) {
      const result = error instanceof NotApplicable ? 'not applicable' : 'failed';
      outcomes.push({ test: name, result, reason: (error as Error).message });
    }
  }
  await admin.close();
  return outcomes;
}
