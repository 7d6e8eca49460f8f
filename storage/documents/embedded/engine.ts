import { Int32 } from 'bson';
import { type Doc, doc, type Value } from './bson/values.ts';
import { commands } from './commands/table.ts';
import { Cursors } from './cursors.ts';
import { CommandError } from './errors.ts';
import { Store } from './store/store.ts';
import { WriteQueue } from './store/write-queue.ts';
import type { Client, Handler } from './wire/server.ts';

type Log = (message: string) => void;

/** Answers commands over one store. */
export class Engine implements Handler {
  private readonly store: Store;
  private readonly writes: WriteQueue;
  private readonly cursors = new Cursors();
  private readonly log: Log;

  /** @throws CannotOpen */
  constructor(path: string, log: Log) {
    this.store = new Store(path);
    this.writes = new WriteQueue(this.store);
    this.log = log;
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
    const handler = commands.get(name.toLowerCase());
    if (!handler) throw new CommandError('CommandNotFound', `no such command: '${name}'`);
    return handler({
      store: this.store,
      cursors: this.cursors,
      writes: this.writes,
      client,
      db,
      name,
      command,
    });
  }

  failure(error: unknown): Doc {
    if (error instanceof CommandError) return errorReply(error);
    const { code, message } = error as Error & { code?: string };
    if (code === 'SQLITE_FULL')
      return errorReply(new CommandError('OutOfDiskSpace', 'The disk is full; nothing was written.'));
    this.log(`Unexpected: ${(error as Error).stack ?? message}`);
    const what = code?.startsWith('SQLITE_')
      ? `The store failed (${code}): ${message}`
      : `Unexpected failure: ${message}`;
    return errorReply(new CommandError('InternalError', what));
  }

  left(_client: Client): void {}

  close(): void {
    this.store.close();
  }
}

function errorReply(error: CommandError): Doc {
  const reply = doc({ ok: 0, errmsg: error.message, code: new Int32(error.code), codeName: error.codeName });
  for (const [name, value] of error.details ?? []) reply.set(name, value as Value);
  return reply;
}
