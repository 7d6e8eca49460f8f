import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';

export interface Listening {
  readonly port: number;
  /** Lets running requests end for two seconds, then cuts them off. */
  close(): Promise<void>;
}

/** Milliseconds that a connection rests: longer than at any proxy, or the one sends what the other hangs up on. */
const keepAliveTimeout = 65_000;
/** As long as a large file takes on a slow line; who sends nothing for so many milliseconds is hung up on. */
const requestTimeout = 0;
const silentFor = 300_000;

/** Answers requests at a port; 0 takes a free one. @throws when the port is taken or not allowed */
export async function listen(app: Express, port: number, host: string): Promise<Listening> {
  const server = createServer({ keepAliveTimeout, requestTimeout, ...messagesOf(app) }, app);
  server.setTimeout(silentFor);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

/**
 * Requests and responses that are made as Express has them. It would give each another prototype when it comes, and
 * from then on every property of it would be looked up the slow way, also by Node.js itself.
 */
function messagesOf(app: Express) {
  class AppRequest extends IncomingMessage {}
  class AppResponse extends ServerResponse<AppRequest> {}
  app.request = Object.setPrototypeOf(AppRequest.prototype, app.request);
  app.response = Object.setPrototypeOf(AppResponse.prototype, app.response);
  return { IncomingMessage: AppRequest, ServerResponse: AppResponse };
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), 2_000);
  await closed;
  clearTimeout(cut);
}
