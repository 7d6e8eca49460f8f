import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const faults = [
  '500',
  '503',
  'damaged', // a byte of what is sent becomes another one on the way
  'truncated',
  'stalled',
  'reset-after',
  'error-in-200',
] as const;

/** Stands before an S3 server and spoils a share of the answers. */
export interface FaultyProxy {
  address: string;
  injected: number;
  /** Share of requests that go wrong. */
  share: number;
  close(): void;
}

export async function startFaultyProxy(target: string, share: number): Promise<FaultyProxy> {
  const { hostname, port } = new URL(target);
  const server = createServer((req, res) => {
    const fault = Math.random() < proxy.share ? faults[Math.floor(Math.random() * faults.length)] : undefined;
    answer(req, res, fault);
  });

  function answer(req: IncomingMessage, res: ServerResponse, fault: (typeof faults)[number] | undefined) {
    const isCompletion = req.method === 'POST' && /[?&]uploadId=/.test(req.url ?? '');
    if (fault === '500') return refuse(req, res, 500, 'InternalError');
    if (fault === '503') return refuse(req, res, 503, 'SlowDown');
    if (fault === 'stalled') return hold(req);
    if (fault === 'error-in-200' && isCompletion) return refuse(req, res, 200, 'InternalError');
    const onward = request(
      { hostname, port, method: req.method, path: req.url, headers: req.headers },
      (reply) => {
        if (fault === 'reset-after') {
          proxy.injected++;
          reply.resume().once('end', () => res.destroy());
          return;
        }
        res.writeHead(reply.statusCode ?? 500, reply.headers);
        if (fault !== 'truncated' || req.method !== 'GET') return void reply.pipe(res);
        proxy.injected++;
        let left = Number(reply.headers['content-length'] ?? 0) / 2;
        reply.on('data', (chunk: Buffer) => {
          res.write(chunk.subarray(0, Math.max(0, left)));
          left -= chunk.length;
          if (left <= 0) setTimeout(() => res.destroy(), 5);
        });
      },
    );
    onward.on('error', () => res.destroy());
    if (fault === 'damaged' && req.method === 'PUT') req.once('data', damage);
    req.pipe(onward);
  }

  function damage(chunk: Buffer): void {
    proxy.injected++;
    chunk[0] = (chunk[0] ?? 0) ^ 1;
  }

  function hold(req: IncomingMessage): void {
    proxy.injected++;
    req.resume();
  }

  function refuse(req: IncomingMessage, res: ServerResponse, status: number, code: string): void {
    proxy.injected++;
    req.resume();
    const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>injected</Message></Error>`;
    res.writeHead(status, { 'Content-Type': 'application/xml', 'Content-Length': body.length }).end(body);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: FaultyProxy = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    injected: 0,
    share,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return proxy;
}
