import { connect, type Socket } from 'node:net';

export type Verdict = { scan: 'clean' | 'too-large' } | { scan: 'infected'; threat: string };

/** The scanner could not be asked; asking again later may work. */
export class ScannerUnavailable extends Error {
  override readonly name = 'ScannerUnavailable';
}

/** Milliseconds without any progress, thinking included. */
const patience = 10 * 60_000;
const connectTime = 5_000;
const chunkSize = 256 * 1024;

/**
 * Asks clamd for its verdict on bytes (INSTREAM of its protocol: chunks, each after its length in four bytes, ended by
 * a length of zero).
 * @throws ScannerUnavailable; the source's own error
 */
export async function askClamd(
  { host, port }: { host: string; port: number },
  bytes: AsyncIterable<Uint8Array>,
): Promise<Verdict> {
  const socket = connect({ host, port });
  socket.setTimeout(connectTime, () => socket.destroy(new Error('it does not answer')));
  socket.once('connect', () => socket.setTimeout(patience));
  const answering = answerOf(socket);
  answering.catch(() => {}); // its error is thrown below, once the sending has ended
  try {
    await send(socket, bytes);
    return verdictIn(
      await answering.catch((error: Error) => {
        throw new ScannerUnavailable(`The virus scanner cannot be used: ${error.message}`, { cause: error });
      }),
    );
  } finally {
    socket.destroy();
  }
}

/** Sends everything, or until the scanner hangs up: one that has seen enough answers before the end. */
async function send(socket: Socket, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  socket.write('zINSTREAM\0');
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += chunkSize) {
      const piece = chunk.subarray(at, at + chunkSize);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(piece.length);
      socket.write(length);
      if (!socket.write(piece)) await drained(socket);
      if (socket.destroyed) return;
    }
  }
  socket.write(Buffer.alloc(4));
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      socket.off('drain', go).off('close', go);
      resolve();
    };
    socket.on('drain', go).on('close', go);
    if (socket.destroyed) go();
  });
}

function answerOf(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\0')) resolve(text.slice(0, text.indexOf('\0')));
    });
    socket.on('error', reject);
    socket.once('close', () => reject(new Error('it closed the connection')));
  });
}

function verdictIn(answer: string): Verdict {
  if (/^stream: OK$/.test(answer)) return { scan: 'clean' };
  const [, threat] = /^stream: (.+) FOUND$/.exec(answer) ?? [];
  if (threat) return { scan: 'infected', threat };
  if (/size limit exceeded/i.test(answer)) return { scan: 'too-large' };
  throw new ScannerUnavailable(`The virus scanner says ${JSON.stringify(answer.slice(0, 200))}`);
}
