import { Int32 } from 'bson';
import { type Doc, doc } from '../bson/values.ts';
import type { Call } from './command.ts';
import { ok } from './reply.ts';

/** The version of MongoDB whose answers the engine gives. */
export const version = [8, 0, 0] as const;
const wireVersion = 25;

export function hello(call: Call): Doc {
  const legacy = call.name.toLowerCase() === 'ismaster';
  const reply = doc({
    [legacy ? 'ismaster' : 'isWritablePrimary']: true,
    helloOk: true,
    maxBsonObjectSize: new Int32(16_777_216),
    maxMessageSizeBytes: new Int32(48_000_000),
    maxWriteBatchSize: new Int32(100_000),
    localTime: new Date(),
    logicalSessionTimeoutMinutes: new Int32(30),
    connectionId: new Int32(call.client.id),
    minWireVersion: new Int32(0),
    maxWireVersion: new Int32(wireVersion),
    readOnly: false,
  });
  reply.set('ok', 1);
  return reply;
}

export const ping = (): Doc => ok();

export function buildInfo(): Doc {
  return ok({
    version: version.join('.'),
    gitVersion: 'courseyard-embedded',
    versionArray: [...version, 0].map((part) => new Int32(part)),
    javascriptEngine: 'none',
    bits: new Int32(64),
    debug: false,
    maxBsonObjectSize: new Int32(16_777_216),
    storageEngines: ['sqlite'],
    modules: [],
  });
}

export function endSessions(call: Call): Doc {
  return call.name === 'startSession' ? ok() : ok();
}
