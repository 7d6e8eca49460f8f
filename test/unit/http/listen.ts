import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from '@jest/globals';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { errorHandler, openLog } from '../../../server/http/index.ts';

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

/** Serves handlers on a free port until the tests of the file are over; gives the address. */
export async function listen(...handlers: (RequestHandler | ErrorRequestHandler)[]): Promise<string> {
  const app = express();
  app.use(...handlers);
  app.use((_req, res) => void res.json({ reached: true }));
  app.use(errorHandler(openLog({ LOG_LEVEL: 'silent' })));
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
