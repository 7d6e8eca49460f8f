import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createProbe } from 'node:net';
import type { Express } from 'express';
import type { Config } from './config.ts';
import { refuseMalformed } from './http/index.ts';
import { CannotStart } from './why-not-started.ts';

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
  refuseMalformed(server);
  server.setTimeout(silentFor);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

/** Finds out, before anything is opened, whether the ports can be had. @throws CannotStart */
export async function assertCanListen(config: Pick<Config, 'HOST' | 'PORT' | 'CONTENT_PORT'>): Promise<void> {
  for (const name of ['PORT', 'CONTENT_PORT'] as const) {
    const probe = createProbe();
    await new Promise<void>((resolve, reject) => {
      probe.once('error', (error: NodeJS.ErrnoException) =>
        reject(new CannotStart(whyNot(name, config[name], config.HOST, error))),
      );
      probe.listen(config[name], config.HOST, resolve);
    });
    await new Promise((resolve) => probe.close(resolve));
  }
}

function whyNot(name: string, port: number, host: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE')
    return `${name}: another program, perhaps Courseyard itself, listens on ${port} already. Stop it, or set another port.`;
  if (code === 'EACCES') return `${name}: this user may not listen on ${port}. Set one above 1023.`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EADDRNOTAVAIL')
    return `HOST: ${host} is no address of this machine. Leave it out to listen on all of them.`;
  return `${name}: nobody can listen on ${port} of ${host} (${message}). Set another port or HOST.`;
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
