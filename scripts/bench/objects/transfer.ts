import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';

export const mebibyte = 1024 * 1024;
const chunk = randomBytes(mebibyte);

export interface Answer {
  status: number;
  /** by name in small letters */
  headers: ReadonlyMap<string, string>;
  /** Bytes of the body. */
  received: number;
  /** The beginning of the body. */
  text: string;
}

/**
 * Sends a request with a body of so many MiB, the first of them unlike any before, between two texts. By a bare socket
 * that reads into one buffer: whoever asks shares the processor with the server, and is to cost as little as can be.
 */
export function send(
  url: string,
  method: string,
  headers: Readonly<Record<string, string | number>>,
  chunks = 0,
  [before, after]: readonly [string, string] = ['', ''],
): Promise<Answer> {
  const { hostname, port, pathname, host } = new URL(url);
  const lines = Object.entries({ Host: host, Connection: 'close', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return new Promise((resolve, reject) => {
    let head = '';
    let text = '';
    let received = 0;
    const take = (length: number, buffer: Uint8Array): boolean => {
      if (received > 0) {
        received += length;
        return true;
      }
      head += Buffer.from(buffer.buffer, buffer.byteOffset, length).toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      if (end === -1) return true;
      text = head.slice(end + 4);
      head = head.slice(0, end);
      received = text.length;
      return true;
    };
    const socket = connect({
      host: hostname,
      port: Number(port),
      onread: { buffer: Buffer.alloc(mebibyte), callback: take },
    });
    socket.on('error', reject);
    socket.on('close', () => {
      const [first = '', ...fields] = head.split('\r\n');
      const pairs = fields.map((field): [string, string] => {
        const colon = field.indexOf(':');
        return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
      });
      resolve({ status: Number(first.split(' ')[1]), headers: new Map(pairs), received, text });
    });
    socket.write(`${method} ${pathname} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${before}`);
    let left = chunks;
    const next = () => {
      while (left > 0) {
        const bytes = left === chunks ? Buffer.concat([randomBytes(4096), chunk.subarray(4096)]) : chunk;
        left--;
        if (!socket.write(bytes)) return void socket.once('drain', next);
      }
      if (after !== '') socket.write(after);
    };
    next();
  });
}
