import { Int32 } from 'bson';
import { encodeDocument } from '../bson/encode.ts';
import { type Doc, doc } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { type Call, docField } from './command.ts';
import { ok } from './reply.ts';

/** The version of MongoDB whose answers the engine gives. */
export const version = [8, 0, 0] as const;
const wireVersion = 25;

/** Writes that a driver may send at once: others wait until a batch is over, so it is a tenth of MongoDB's number. */
const largestBatch = 10_000;

/** The name that a client gives its application when it introduces itself. */
function applicationOf(call: Call): string | undefined {
  const application = docField(call, 'client')?.get('application');
  const name = application instanceof Map ? application.get('name') : undefined;
  return typeof name === 'string' ? name : undefined;
}

export function hello(call: Call): Doc {
  call.client.application ??= applicationOf(call);
  const legacy = call.name.toLowerCase() === 'ismaster';
  return ok({
    [legacy ? 'ismaster' : 'isWritablePrimary']: true,
    helloOk: true,
    maxBsonObjectSize: new Int32(16_777_216),
    maxMessageSizeBytes: new Int32(48_000_000),
    maxWriteBatchSize: new Int32(largestBatch),
    localTime: new Date(),
    logicalSessionTimeoutMinutes: new Int32(30),
    connectionId: new Int32(call.client.id),
    minWireVersion: new Int32(0),
    maxWireVersion: new Int32(wireVersion),
    readOnly: false,
  });
}

export const ping = (): Doc => ok();

export function buildInfo(): Doc {
  return ok({
    version: version.join('.'),
    gitVersion: 'embedded',
    versionArray: [...version, 0].map((part) => new Int32(part)),
    javascriptEngine: 'none',
    bits: new Int32(64),
    debug: false,
    maxBsonObjectSize: new Int32(16_777_216),
    storageEngines: ['sqlite'],
    modules: [],
  });
}

/** Closes the cursors of sessions that end. */
export function endSessions(call: Call): Doc {
  const sessions = call.command.get(call.name);
  for (const session of Array.isArray(sessions) ? sessions : []) {
    const id = session instanceof Map ? session.get('id') : undefined;
    if (id !== undefined) call.cursors.closeSession(encodeDocument([['id', id]]).toString('base64'));
  }
  return ok();
}

export function connectionStatus(): Doc {
  return ok({ authInfo: doc({ authenticatedUsers: [], authenticatedUserRoles: [] }) });
}

/** Few of MongoDB's figures: those that tools ask for at the start. */
export function serverStatus(call: Call): Doc {
  const uptime = process.uptime();
  return ok({
    host: 'localhost',
    version: version.join('.'),
    process: 'embedded',
    pid: BigInt(process.pid),
    uptime,
    uptimeMillis: BigInt(Math.round(uptime * 1000)),
    localTime: new Date(),
    metrics: doc({
      cursor: doc({ open: doc({ total: BigInt(call.cursors.size), noTimeout: 0n, pinned: 0n }) }),
    }),
    storageEngine: doc({ name: 'sqlite', supportsCommittedReads: true, persistent: true, readOnly: false }),
    mem: doc({ bits: new Int32(64), resident: new Int32(Math.round(process.memoryUsage().rss / 1_048_576)) }),
  });
}

export function whatsMyUri(): Doc {
  return ok({ you: 'localhost:0' });
}

export function hostInfo(): Doc {
  return ok({
    system: doc({
      currentTime: new Date(),
      hostname: 'localhost',
      cpuAddrSize: new Int32(64),
      numCores: new Int32(1),
    }),
    os: doc({ type: process.platform }),
  });
}

export function getLog(): Doc {
  return ok({ totalLinesWritten: new Int32(0), log: [] });
}

/** The few parameters that tools ask for, with the values of a standalone MongoDB. */
const parameters: Doc = doc({
  authenticationMechanisms: ['SCRAM-SHA-256'],
  enableTestCommands: false,
  featureCompatibilityVersion: doc({ version: '8.0' }),
  requireApiVersion: false,
});

export function getParameter(call: Call): Doc {
  const wanted = call.command.get('getParameter');
  const all = wanted === '*' || (wanted instanceof Map && wanted.get('allParameters') === true);
  const found = [...parameters].filter(([name]) => all || call.command.has(name));
  if (found.length === 0) throw new CommandError('InvalidOptions', 'no option found to get');
  return ok(Object.fromEntries(found));
}

export function getCmdLineOpts(): Doc {
  return ok({ argv: [], parsed: new Map() });
}

/** The answer of a standalone MongoDB to commands of replica sets. */
export function noReplication(): Doc {
  throw new CommandError(76, 'not running with --replSet');
}

/** The answer of a standalone MongoDB to the end of a transaction that it cannot have begun. */
export function noTransactions(): Doc {
  throw new CommandError(
    'IllegalOperation',
    'Transaction numbers are only allowed on a replica set member or mongos',
  );
}

/** No profile is ever taken. */
export function profile(call: Call): Doc {
  if (call.command.get(call.name) instanceof Int32 && (call.command.get(call.name) as Int32).value > 0)
    throw new CommandError('NotImplemented', 'The embedded engine has no profiler');
  return ok({ was: new Int32(0), slowms: new Int32(100), sampleRate: 1 });
}

/** There are no users: whoever reaches the private socket is let in. */
export function usersInfo(): Doc {
  return ok({ users: [] });
}
