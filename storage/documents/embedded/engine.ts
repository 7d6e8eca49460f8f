import { Int32 } from 'bson';
import { isNumeric, toDouble } from './bson/numbers.ts';
import { type Doc, doc, type Value } from './bson/values.ts';
import type { Command } from './commands/command.ts';
import { FailPoints } from './commands/fail-points.ts';
import { ok } from './commands/reply.ts';
import { type Credential, Scram } from './commands/sasl.ts';
import { commands } from './commands/table.ts';
import { Cursors } from './cursors.ts';
import { CommandError } from './errors.ts';
import { Expiry } from './expiry.ts';
import { isDiskFull, Store } from './store/store.ts';
import { WriteQueue } from './store/write-queue.ts';
import type { Client, Handler } from './wire/server.ts';

type Log = (message: string) => void;

/** Milliseconds between two looks for what has expired, as in MongoDB. */
const expiryInterval = 60_000;

/** Commands that a client may send before it has shown who it is. */
const open = new Set([
  'hello',
  'isMaster',
  'ismaster',
  'saslStart',
  'saslContinue',
  'ping',
  'buildInfo',
  'buildinfo',
  'endSessions',
]);

/**
 * @throws CommandError for what a standalone MongoDB refuses: transactions, snapshots, and confirmation by other
 * members
 */
function assertStandalone(command: Doc): void {
  if (command.has('txnNumber') || command.has('startTransaction') || command.has('autocommit'))
    throw new CommandError(
      'IllegalOperation',
      'Transaction numbers are only allowed on a replica set member or mongos',
    );
  const reading = command.get('readConcern');
  if (reading instanceof Map && reading.get('level') === 'snapshot')
    throw new CommandError(
      'NotAReplicaSet',
      'node needs to be a replica set member to use readConcern: snapshot',
    );
  const concern = command.get('writeConcern');
  const w = concern instanceof Map ? concern.get('w') : undefined;
  if (isNumeric(w) && toDouble(w) > 1)
    throw new CommandError('BadValue', "cannot use 'w' > 1 when a host is not replicated");
  if (typeof w === 'string' && w !== 'majority')
    throw new CommandError(
      'BadValue',
      `cannot use non-majority 'w' mode "${w}" when a host is not a member of a replica set`,
    );
}

export interface EngineSettings {
  /** What clients must know; without it all are let in. */
  credential?: Credential | undefined;
  /** Lets test suites ask for faults. */
  testCommands?: boolean | undefined;
}

/** Answers commands over one store. */
export class Engine implements Handler {
  private readonly store: Store;
  private readonly writes: WriteQueue;
  private readonly cursors = new Cursors();
  private readonly log: Log;
  private readonly timer: NodeJS.Timeout;
  private readonly scram: Scram | undefined;
  private readonly failPoints: FailPoints | undefined;

  /** @throws CannotOpen */
  constructor(path: string, log: Log, { credential, testCommands }: EngineSettings = {}) {
    this.failPoints = testCommands ? new FailPoints() : undefined;
    this.scram = credential && new Scram(credential);
    this.store = new Store(path);
    this.writes = new WriteQueue(this.store);
    this.log = log;
    this.keepReserve();
    const expiry = new Expiry(this.store, this.writes);
    this.timer = setInterval(() => {
      this.keepReserve();
      this.cursors.expire();
      expiry.run().catch((error: Error) => log(`Expired documents could not be removed: ${error.message}`));
    }, expiryInterval);
    this.timer.unref();
  }

  private keepReserve(): void {
    try {
      this.store.reserve.keep();
    } catch (error) {
      this.log(`No room could be set aside for a full disk: ${(error as Error).message}`);
    }
  }

  async answer(command: Doc, client: Client): Promise<Doc> {
    try {
      return await this.run(command, client);
    } catch (error) {
      return this.failure(error);
    }
  }

  private run(command: Doc, client: Client): Doc | Promise<Doc> {
    const name = command.keys().next().value;
    const db = command.get('$db');
    if (name === undefined) throw new CommandError('CommandNotFound', "no such command: ''");
    if (typeof db !== 'string') throw new CommandError('InvalidNamespace', 'Invalid or missing $db');
    const handler = this.special(name) ?? commands.get(name);
    if (!handler) throw new CommandError('CommandNotFound', `no such command: '${name}'`);
    if (this.scram && !client.authenticated && !open.has(name))
      throw new CommandError('Unauthorized', `command ${name} requires authentication`);
    assertStandalone(command);
    const { store, cursors, writes } = this;
    const call = { store, cursors, writes, client, db, name, command };
    return this.failPoints ? this.failPoints.around(call, handler) : handler(call);
  }

  /** Commands that depend on how the engine was started. */
  private special(name: string): Command | undefined {
    const { scram, failPoints } = this;
    if (scram && name === 'saslStart') return (call) => scram.start(call);
    if (scram && name === 'saslContinue') return (call) => scram.continue(call);
    if (failPoints && name === 'configureFailPoint') return (call) => failPoints.configure(call);
    if (failPoints && name === 'getCmdLineOpts') return withTestCommands;
    return undefined;
  }

  failure(error: unknown): Doc {
    if (error instanceof CommandError) return errorReply(error);
    const { code, message, stack } = error as Error & { code?: string };
    if (isDiskFull(error))
      return errorReply(new CommandError('OutOfDiskSpace', 'The disk is full; nothing was written.'));
    if (/no such table: [dx]\d+/.test(message))
      return errorReply(
        new CommandError('QueryPlanKilled', 'query plan killed :: the collection or index was dropped'),
      );
    this.log(`Unexpected: ${stack ?? message}`);
    const what = code?.startsWith('SQLITE_')
      ? `The store failed (${code}): ${message}`
      : `Unexpected failure: ${message}`;
    return errorReply(new CommandError('InternalError', what));
  }

  /** Writes a copy of all documents as they are at this moment into a new file. */
  copyTo(path: string): void {
    this.store.copyTo(path);
  }

  close(): void {
    clearInterval(this.timer);
    this.store.close();
  }
}

/** How a MongoDB that was started with test commands says so. */
function withTestCommands(): Doc {
  return ok({
    argv: ['mongod', '--setParameter', 'enableTestCommands=1'],
    parsed: doc({ setParameter: doc({ enableTestCommands: '1' }) }),
  });
}

function errorReply(error: CommandError): Doc {
  const reply = doc({ ok: 0, errmsg: error.message, code: new Int32(error.code), codeName: error.codeName });
  for (const [name, value] of error.details ?? []) reply.set(name, value as Value);
  return reply;
}
