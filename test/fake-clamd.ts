import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

/** The test file of all virus scanners, put together here so that no scanner finds this source. */
export const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS', '-TEST-FILE!$H+H*'].join(
  '',
);

export interface FakeClamd {
  port: number;
  /** Streams that have been judged. */
  seen: Buffer[];
  /** From now on, instead of judging. */
  behave(how: Behaviour): void;
  close(): Promise<void>;
}

type Behaviour = 'judge' | 'close' | 'nonsense' | 'stall';

/** A scanner that speaks clamd's INSTREAM over TCP and knows one virus. `limit` is its StreamMaxLength. */
export async function startFakeClamd({ limit = 10_000_000, port = 0 } = {}): Promise<FakeClamd> {
  let behaviour: Behaviour = 'judge';
  const seen: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {}); // the product hangs up when it knows enough
    if (behaviour === 'close') return socket.destroy();
    let bytes = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (behaviour === 'stall') return;
      const stream = streamIn(bytes);
      if (stream.size > limit) return socket.end('INSTREAM size limit exceeded. ERROR\0');
      if (!stream.isComplete) return;
      seen.push(stream.content);
      if (behaviour === 'nonsense') return socket.end('UNKNOWN COMMAND\0');
      socket.end(stream.content.includes(eicar) ? 'stream: Eicar-Signature FOUND\0' : 'stream: OK\0');
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    behave: (how) => {
      behaviour = how;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** What has come of a stream. @throws when it is not the protocol */
function streamIn(bytes: Buffer): { content: Buffer; size: number; isComplete: boolean } {
  const command = 'zINSTREAM\0';
  if (bytes.subarray(0, command.length).toString() !== command) throw new Error('Not INSTREAM');
  const chunks: Buffer[] = [];
  let size = 0;
  for (let at = command.length; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (length === 0) return { content: Buffer.concat(chunks), size, isComplete: true };
    chunks.push(bytes.subarray(at + 4, at + 4 + length));
    size += length;
    at += 4 + length;
  }
  return { content: Buffer.concat(chunks), size, isComplete: false };
}
