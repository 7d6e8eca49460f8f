import { type IncomingHttpHeaders, request } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** An answer as it came over the wire: `fetch` would ask for compression by itself and undo it unseen. */
export interface OnTheWire {
  status: number;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
}

/** Asks with exactly these headers. */
export function onTheWire(
  url: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<OnTheWire> {
  return new Promise((resolve, reject) => {
    request(url, { method, headers }, (answer) => {
      buffer(answer).then(
        (bytes) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes }),
        reject,
      );
    })
      .once('error', reject)
      .end();
  });
}
