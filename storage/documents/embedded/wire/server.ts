import { createServer, type Server, type Socket } from 'node:net';
import type { Doc } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import {
  headerSize,
  longestMessage,
  ProtocolError,
  type Request,
  readMessage,
  writeReply,
} from './message.ts';

/** One connection. */
export interface Client {
  id: number;
  /** It has shown that it knows the credential. */
  authenticated: boolean;
  closed: boolean;
  /** The name by which its application goes. */
  application: string | undefined;
  /** Ends the connection without another word. */
  hangUp(): void;
}

export interface Handler {
  /** Answers a command; never rejects. */
  answer(command: Doc, client: Client): Promise<Doc>;
  /** The answer to a message whose documents are malformed. */
  failure(error: unknown): Doc;
}

type Log = (message: string) => void;

let lastClient = 0;

/** Collects the bytes of a connection into messages. */
class Framing {
  private chunks: Buffer[] = [];
  private size = 0;

  add(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
  }

  /** The next whole message. @throws ProtocolError when its length is impossible */
  next(): Buffer | undefined {
    if (this.size < headerSize) return undefined;
    let head = this.chunks[0] as Buffer;
    if (head.length < 4) head = this.join();
    const length = head.readInt32LE(0);
    if (length < headerSize || length > longestMessage)
      throw new ProtocolError(`Message of wrong length ${length}`);
    if (this.size < length) return undefined;
    if (head.length < length) head = this.join();
    const message = head.subarray(0, length);
    this.size -= length;
    if (head.length === length) this.chunks.shift();
    else this.chunks[0] = head.subarray(length);
    return message;
  }

  private join(): Buffer {
    const joined = Buffer.concat(this.chunks);
    this.chunks = [joined];
    return joined;
  }
}

function serve(socket: Socket, handler: Handler, log: Log): void {
  const client: Client = {
    id: ++lastClient,
    authenticated: false,
    closed: false,
    application: undefined,
    hangUp: () => {
      client.closed = true;
      socket.destroy();
    },
  };
  const framing = new Framing();
  let busy = false;
  socket.setNoDelay(true);

  const answer = async (bytes: Buffer): Promise<void> => {
    let request: Request;
    try {
      request = readMessage(bytes);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      socket.write(writeReply({ id: bytes.readInt32LE(4), legacy: false }, handler.failure(error)));
      return;
    }
    const reply = await handler.answer(request.command, client);
    if (request.silent || client.closed) return;
    if (request.exhausts) await exhaust(request, reply);
    else socket.write(writeReply(request, reply));
  };

  /** Sends batch after batch until the cursor is exhausted, each as the answer to the one before it. */
  const exhaust = async ({ id, command, legacy }: Request, first: Doc): Promise<void> => {
    let request = { id, legacy };
    for (let reply = first; !client.closed; reply = await handler.answer(command, client)) {
      const more = isOpen(reply);
      const message = writeReply(request, reply, more);
      socket.write(message);
      if (!more) return;
      request = { id: message.readInt32LE(4), legacy };
      if (socket.writableNeedDrain) await drained(socket);
    }
  };

  const work = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    try {
      for (let message = framing.next(); message && !client.closed; message = framing.next()) {
        await answer(message);
        if (socket.writableNeedDrain && !client.closed) await drained(socket);
      }
    } catch (error) {
      log(`Connection ${client.id} ended: ${(error as Error).message}`);
      socket.destroy();
    }
    busy = false;
  };

  socket.on('data', (chunk) => {
    framing.add(chunk);
    void work();
  });
  socket.on('error', (error) => log(`Connection ${client.id}: ${error.message}`));
  socket.on('close', () => {
    client.closed = true;
  });
}

/** Whether a reply leaves its cursor open. */
function isOpen(reply: Doc): boolean {
  const cursor = reply.get('cursor');
  return cursor instanceof Map && typeof cursor.get('id') === 'bigint' && cursor.get('id') !== 0n;
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done);
      socket.off('close', done);
      resolve();
    };
    socket.on('drain', done);
    socket.on('close', done);
  });
}

export interface Listening {
  server: Server;
  /** Ends all connections and stops listening. */
  close(): Promise<void>;
}

/** Listens on a socket path or a loopback port. */
export async function listen(
  where: { path: string } | { port: number; host: string },
  handler: Handler,
  log: Log,
): Promise<Listening> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serve(socket, handler, log);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, resolve);
  });
  server.on('error', (error) => log(`Listening: ${error.message}`));
  return {
    server,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
