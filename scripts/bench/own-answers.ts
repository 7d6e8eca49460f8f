import { ClientRequest, type IncomingMessage } from 'node:http';

/**
 * How long our adapter waits for Meilisearch, each time from the end of its request to the end of the answer, once where
 * it waits for several. What a search takes beyond that is what we add.
 */
export class OwnAnswers {
  #waited = 0;
  #waiting = 0;
  #since = 0;
  #requests = 0;
  #bytes = 0;

  constructor(origin: string) {
    const { end } = ClientRequest.prototype;
    const follow = (request: ClientRequest) => this.#follow(request);
    ClientRequest.prototype.end = function (this: ClientRequest, ...args: unknown[]) {
      if (`${this.protocol}//${this.getHeader('host')}` === origin) follow(this);
      return Reflect.apply(end, this, args);
    };
  }

  /** Milliseconds of a question of ours and of the engine's answers to it, and what it asked for. */
  async during(question: () => Promise<unknown>) {
    [this.#waited, this.#requests, this.#bytes] = [0, 0, 0];
    const begun = performance.now();
    await question();
    const ours = performance.now() - begun;
    return { ours, own: this.#waited, requests: this.#requests, bytes: this.#bytes };
  }

  #follow(request: ClientRequest): void {
    if (this.#waiting++ === 0) this.#since = performance.now();
    this.#requests++;
    request.once('response', (answer: IncomingMessage) => {
      answer.on('data', (chunk: Buffer) => {
        this.#bytes += chunk.length;
      });
      // Before the adapter reads what has come.
      answer.prependOnceListener('end', () => {
        if (--this.#waiting === 0) this.#waited += performance.now() - this.#since;
      });
    });
  }
}
