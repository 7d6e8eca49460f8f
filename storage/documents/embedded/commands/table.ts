import { collMod, renameCollection } from './alter.ts';
import { bulkWrite } from './bulk-write.ts';
import { create, drop, dropDatabase, listCollections, listDatabases } from './collections.ts';
import type { Command } from './command.ts';
import { explain } from './explain.ts';
import { createIndexes, dropIndexes, listIndexes } from './indexes.ts';
import { count, distinct, find, getMore, killCursors } from './read.ts';
import {
  buildInfo,
  connectionStatus,
  endSessions,
  getCmdLineOpts,
  getLog,
  getParameter,
  hello,
  hostInfo,
  noReplication,
  noTransactions,
  ping,
  profile,
  serverStatus,
  usersInfo,
  whatsMyUri,
} from './server.ts';
import { collStats, dbStats, validate } from './statistics.ts';
import { aggregateOverViews, countOverViews, notOnViews, overViews } from './views.ts';
import { findAndModify, insert, remove, update } from './write.ts';

/** Every command that the engine knows, as MongoDB writes its name, with the other spellings that it accepts. */
export const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['hello', hello],
  ['isMaster', hello],
  ['ismaster', hello],
  ['ping', ping],
  ['buildInfo', buildInfo],
  ['buildinfo', buildInfo],
  ['serverStatus', serverStatus],
  ['connectionStatus', connectionStatus],
  ['whatsmyuri', whatsMyUri],
  ['hostInfo', hostInfo],
  ['getLog', getLog],
  ['profile', profile],
  ['usersInfo', usersInfo],
  ['getParameter', getParameter],
  ['getCmdLineOpts', getCmdLineOpts],
  ['endSessions', endSessions],
  ['killSessions', endSessions],
  ['refreshSessions', ping],
  ['killAllSessions', ping],
  ['listDatabases', listDatabases],
  ['listCollections', listCollections],
  ['create', create],
  ['collMod', collMod],
  ['renameCollection', renameCollection],
  ['drop', drop],
  ['dropDatabase', dropDatabase],
  ['createIndexes', notOnViews(createIndexes)],
  ['listIndexes', notOnViews(listIndexes)],
  ['dropIndexes', dropIndexes],
  ['deleteIndexes', dropIndexes],
  ['insert', notOnViews(insert)],
  ['find', overViews(find)],
  ['getMore', getMore],
  ['killCursors', killCursors],
  ['update', notOnViews(update)],
  ['delete', notOnViews(remove)],
  ['findAndModify', notOnViews(findAndModify)],
  ['findandmodify', notOnViews(findAndModify)],
  ['bulkWrite', bulkWrite],
  ['aggregate', aggregateOverViews],
  ['count', countOverViews(count)],
  ['distinct', notOnViews(distinct)],
  ['explain', explain],
  ['collStats', notOnViews(collStats)],
  ['collstats', collStats],
  ['dbStats', dbStats],
  ['dbstats', dbStats],
  ['validate', notOnViews(validate)],
  ['replSetGetStatus', noReplication],
  ['commitTransaction', noTransactions],
  ['abortTransaction', noTransactions],
]);
