import { aggregate } from './aggregate.ts';
import {
  create,
  createIndexes,
  drop,
  dropDatabase,
  dropIndexes,
  listCollections,
  listDatabases,
  listIndexes,
} from './collections.ts';
import type { Command } from './command.ts';
import { count, distinct, find, getMore, killCursors } from './read.ts';
import { buildInfo, endSessions, hello, ping } from './server.ts';
import { findAndModify, insert, remove, update } from './write.ts';

/** Every command that the engine knows, by its name in small letters. */
export const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['hello', hello],
  ['ismaster', hello],
  ['ping', ping],
  ['buildinfo', buildInfo],
  ['endsessions', endSessions],
  ['killsessions', endSessions],
  ['refreshsessions', endSessions],
  ['listdatabases', listDatabases],
  ['listcollections', listCollections],
  ['create', create],
  ['drop', drop],
  ['dropdatabase', dropDatabase],
  ['createindexes', createIndexes],
  ['listindexes', listIndexes],
  ['dropindexes', dropIndexes],
  ['insert', insert],
  ['find', find],
  ['getmore', getMore],
  ['killcursors', killCursors],
  ['update', update],
  ['delete', remove],
  ['findandmodify', findAndModify],
  ['aggregate', aggregate],
  ['count', count],
  ['distinct', distinct],
]);
