import { ClientRequest, type IncomingMessage, type Server } from 'node:http';

/** What a question of ours asked the engine for. */
export interface OwnAnswer {
  /** Milliseconds. */
  waited: number;
  requests: number;
  bytes: number;
}

/**
 * How long our adapter waits for Meilisearch, each time from the end of its request to the end of the answer, once where
 * it waits for several. What a search takes beyond that is what we add. For questions that come one after the other.
 */
export class OwnAnswers {
  /** Of each question since the start, in their order. */
  readonly all: OwnAnswer[] = [];
  #waiting = 0;
  #since = 0;

  constructor(origin: string, server: Server) {
    server.prependListener('request', () => this.all.push({ waited: 0, requests: 0, bytes: 0 }));
    const { end } = ClientRequest.prototype;
    const follow = (request: ClientRequest) => this.#follow(request);
    ClientRequest.prototype.end = function (this: ClientRequest, ...args: unknown[]) {
      if (`${this.protocol}//${this.getHeader('host')}` === origin) follow(this);
      return Reflect.apply(end, this, args);
    };
  }

  #follow(request: ClientRequest): void {
    const own = this.all.at(-1);
    if (own === undefined) return;
    if (this.#waiting++ === 0) this.#since = performance.now();
    own.requests++;
    request.once('response', (answer: IncomingMessage) => {
      answer.on('data', (chunk: Buffer) => {
        own.bytes += chunk.length;
      });
      // Before the adapter reads what has come.
      answer.prependOnceListener('end', () => {
        if (--this.#waiting === 0) own.waited += performance.now() - this.#since;
      });
    });
  }
}
